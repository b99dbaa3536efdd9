"""A full disk, a locked file: nothing half-written, and it goes on when it can."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from night_facts import NOON, RACE, Hand, capture, event, reading, tell

from storage import Store
from storage.chat import Chat
from tally.capture import Outcome
from tally.errors import Damaged, StorageError

pytestmark = pytest.mark.usefixtures("flipping")


@pytest.fixture
def chat(store: Store) -> Chat:
    made = store.add_chat("telegram", "1")
    store.follow(made.id, "*")
    return made


@contextmanager
def full_disk(store: Store) -> Iterator[None]:
    """The file may not grow by a page."""
    store.db.rows(f"pragma max_page_count = {store.db.rows('pragma page_count')[0][0]}")
    yield
    store.db.rows("pragma max_page_count = 1000000")


@contextmanager
def locked(store: Store) -> Iterator[None]:
    """Another program is in the middle of writing."""
    store.db.rows("pragma busy_timeout = 20")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("begin immediate")
    yield
    other.execute("rollback")
    other.close()


@contextmanager
def read_only(store: Store) -> Iterator[None]:
    """Nothing may be written."""
    store.db.rows("pragma query_only = on")
    yield
    store.db.rows("pragma query_only = off")


def everything(store: Store) -> list[str]:
    """The whole database as text."""
    copy = sqlite3.connect(store.path)
    dump = list(copy.iterdump())
    copy.close()
    return dump


NOISE = random.Random(1).randbytes(200_000)  # noqa: S311 - what no compression makes small


@pytest.mark.parametrize(
    ("fault", "words"),
    [(full_disk, "disk is full"), (locked, "holds the file locked"), (read_only, "can't be written")],
)
def test_a_poll_that_cannot_be_written_leaves_no_trace_and_is_taken_in_later(
    store: Store, chat: Chat, fault: Callable[[Store], AbstractContextManager[None]], words: str
) -> None:
    def poll() -> list[str]:
        page = capture(NOISE)
        intake = store.take_in(RACE, "board", page, Outcome.READ, [reading(501, 499)], [], NOON)
        return [e.key for e in intake.events]

    before = everything(store)
    with fault(store):
        with pytest.raises(StorageError, match=words):
            poll()
        assert store.health("harbour", "board").polls == 0
        assert everything(store) == before
    assert poll() == ["lead ash 12:00:00"]
    assert store.waiting("telegram") == 1


def test_what_was_only_seen_is_not_forgotten_when_it_cannot_be_written(store: Store, clock: Hand) -> None:
    clock.on(minutes=1)
    with locked(store), pytest.raises(StorageError):
        store.take_in(RACE, "board", None, Outcome.UNCHANGED, [], [], NOON)
    store.flush()
    with Store(store.path, readonly=True) as reader:
        assert reader.health("harbour", "board").polls == 1


def test_a_claim_that_cannot_be_marked_is_not_handed_out(store: Store, chat: Chat, clock: Hand) -> None:
    tell(store, event("a"))
    with locked(store), pytest.raises(StorageError, match="locked"):
        store.claim("telegram", clock())
    assert [d.event.key for d in store.claim("telegram", clock())] == ["a"]


def test_several_writings_can_be_made_one(store: Store) -> None:
    with pytest.raises(RuntimeError), store.db.writing():
        store.follow(store.add_chat("telegram", "1").id)
        raise RuntimeError
    with store.db.writing():
        with pytest.raises(StorageError):
            store.follow(99)
        store.add_chat("telegram", "2")
    assert [c.address for c in store.chats()] == ["2"]


def test_readers_are_not_locked_out_by_a_writer(store: Store, chat: Chat) -> None:
    tell(store, event("a"))
    with locked(store), Store(store.path, readonly=True) as reader:
        assert [e.key for e in reader.events()] == ["a"]


def test_a_file_that_became_damaged_is_told_and_no_step_of_it_is_half_done(store: Store, chat: Chat) -> None:
    tell(store, event("a"))
    with store.db.writing():
        store.db.run("pragma writable_schema = on")
        store.db.run("update sqlite_schema set rootpage = 99999 where name = 'events'")
    store.close()
    with pytest.raises(Damaged, match="damaged"), Store(store.path) as again:
        tell(again, event("b"))
