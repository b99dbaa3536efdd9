"""Copies on time and old pages let go, beside a service; what stands in the way is told once."""

import asyncio
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from night_facts import NOON, RACE, Hand, capture, event, reading, tell

from storage import Backups, Store
from storage.upkeep import Upkeep
from tally.capture import Outcome

SOON = timedelta(seconds=0.01)


@contextmanager
def no_descriptors() -> Iterator[None]:
    """Not one more file may be opened."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@contextmanager
def no_room() -> Iterator[None]:
    """No file may grow beyond a page."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def upkeep(store: Store, folder: Path, told: Callable[[str], object], **wishes: object) -> Upkeep:
    return Upkeep(store, Backups(folder, 3), clock=store.clock, tell=told, **wishes)  # type: ignore[arg-type]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*"))


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - files have no event
            await asyncio.sleep(0.01)


async def test_copies_are_made_again_and_again_and_each_is_sound(
    store: Store, folder: Path, clock: Hand
) -> None:
    told: list[str] = []
    kept = upkeep(store, folder, told.append, every=SOON)
    task = asyncio.create_task(kept.copying())
    for number in range(5):
        clock.on(minutes=1)
        tell(store, event(f"event {number}"))
        await until(lambda: any(b.at == clock() for b in Backups(folder, 3).all()))
    await until(lambda: len(Backups(folder, 3).all()) == 3)  # the oldest go once the newest is there
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    made = Backups(folder, 3).all()
    with Store(made[-1].path) as copy:
        assert len(copy.events()) == 5
    assert told == []
    assert os.stat(folder).st_mode & 0o007 == 0  # noqa: PTH116


async def test_without_a_wish_nothing_is_copied_or_let_go(store: Store, folder: Path) -> None:
    kept = upkeep(store, folder, list)
    await asyncio.wait_for(asyncio.gather(kept.copying(), kept.sweeping()), 5)
    assert names(folder) == []


@pytest.mark.parametrize("fault", [no_descriptors, no_room])
async def test_a_copy_that_fails_is_told_once_leaves_nothing_and_the_store_goes_on(
    store: Store, folder: Path, clock: Hand, fault: Callable[[], object]
) -> None:
    told: list[str] = []
    kept = upkeep(store, folder, told.append)
    with fault():  # type: ignore[attr-defined]
        for _ in range(2):
            await kept.copy()
    assert len(told) == 1
    assert told[0].startswith("No backup could be made: ")
    assert names(folder) == []
    tell(store, event("still at work"))
    await kept.copy()
    assert told[1:] == ["Backups are made again."]
    with Store(Backups(folder, 3).all()[-1].path, readonly=True) as copy:
        assert [each.key for each in copy.events()] == ["still at work"]


@pytest.mark.parametrize("fault", [no_descriptors, no_room])
def test_a_poll_under_the_fault_is_taken_in_whole_or_not_at_all(
    store: Store, fault: Callable[[], object], flipping: None
) -> None:
    def poll() -> None:
        page = capture(os.urandom(200_000))
        store.take_in(RACE, "board", page, Outcome.READ, [reading(501, 499)], [], NOON)

    failed = False
    with fault():  # type: ignore[attr-defined]
        try:
            poll()
        except Exception as error:
            failed = True
            assert type(error).__name__ == "StorageError", error
    assert store.counts()["events"] == (0 if failed else 1)
    if failed:
        poll()
    assert store.counts()["events"] == 1
    assert store.check() == []


async def test_old_pages_are_let_go_beside_the_service(store: Store, folder: Path, clock: Hand) -> None:
    for number in range(120):
        store.take_in(
            RACE,
            "board",
            capture(f"{number}".encode(), number),
            Outcome.READ,
            [reading(number + 1, 0, number)],
            [],
            NOON,
        )
    clock.on(hours=3)
    kept = upkeep(store, folder, list, age=timedelta(hours=2), sweep_every=SOON)
    task = asyncio.create_task(kept.sweeping())
    await until(lambda: store.db.rows("select count(*) from bodies")[0][0] == 60)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
