"""The running service while its machine fails: what it says, and that the news is told when it can be."""

import asyncio
import os
import resource
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from click.testing import CliRunner

from storage import Backups
from tallywire import main
from tests.e2e.conftest import started, tallywire
from tests.e2e.test_service import _GOOD, _SOURCE, _table, _until, a_race

pytestmark = pytest.mark.timeout(240)

NIGHT = (_GOOD + _SOURCE).replace("2019-05-05", f"{datetime.now(UTC):%Y-%m-%d}")


class Board:
    """A results page whose lead is turned by hand."""

    def __init__(self) -> None:
        self.rivera = 1_100
        self.url = ""

    async def answer(self, _: web.Request) -> web.Response:
        page = web.Response(text=_table(self.rivera, 1_090), content_type="text/html")
        page.force_close()  # each poll needs a connection of its own
        return page

    def turn(self) -> None:
        self.rivera = 1_150 if self.rivera < 1_090 else 1_080


@pytest.fixture
async def board() -> AsyncIterator[Board]:
    made, app = Board(), web.Application()
    app.router.add_get("/{any:.*}", made.answer)
    async with TestServer(app) as server:
        made.url = str(server.make_url("/results"))
        yield made


@pytest.fixture
def command(tmp_path: Path, board: Board) -> tuple[str, ...]:
    races = a_race(tmp_path / "races", NIGHT.format(url=board.url))
    return ("run", "--races", str(races), "--data", str(tmp_path / "data"))


HERE = {"TALLYWIRE_ALLOW_HOSTS": "127.0.0.1"}


@contextmanager
def locked(pid: int, database: Path) -> Iterator[None]:
    """Another program is in the middle of writing."""
    other = sqlite3.connect(database, isolation_level=None, timeout=30)
    other.execute("begin immediate")
    yield
    other.execute("rollback")
    other.close()


@contextmanager
def limited(pid: int, what: int, most: int) -> Iterator[None]:
    """The process may have no more of something."""
    before = resource.prlimit(pid, what)
    resource.prlimit(pid, what, (most, before[1]))
    yield
    resource.prlimit(pid, what, before)


def no_room(pid: int, _: Path) -> AbstractContextManager[None]:
    return limited(pid, resource.RLIMIT_FSIZE, 1)


def no_descriptors(pid: int, _: Path) -> AbstractContextManager[None]:
    """None is left for another connection."""
    return limited(pid, resource.RLIMIT_NOFILE, 3)


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (locked, "another program holds the file locked"),
        (no_room, "the disk does not read or write"),
        (no_descriptors, "SOURCE LOST"),
    ],
)
async def test_the_lead_that_turned_meanwhile_is_told_when_it_is_over(
    tmp_path: Path, board: Board, command: tuple[str, ...], fault: object, says: str
) -> None:
    service = await started(*command, given=HERE)
    await _until(service, "FIRST RESULTS")
    with fault(service.pid, tmp_path / "data" / "tallywire.db"):  # type: ignore[operator]
        board.turn()
        await _until(service, says)
    assert "Paul Stone" in await _until(service, "is ahead of")
    service.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(service.wait(), 15) == 0


async def test_a_damaged_database_starts_nothing_and_the_last_copy_goes_on_where_it_was(
    tmp_path: Path, board: Board, command: tuple[str, ...]
) -> None:
    """From the first results to the lead change, over a file that was destroyed in between."""
    data = tmp_path / "data"
    service = await started(*command, given={**HERE, "TALLYWIRE_BACKUP_EVERY": "1s"})
    await _until(service, "FIRST RESULTS")
    copies = Backups(data / "backups", keep=24)
    made = len(copies.all())
    async with asyncio.timeout(90):
        while len(copies.all()) < made + 2:  # noqa: ASYNC110 - files have no event
            await asyncio.sleep(0.1)
    service.send_signal(signal.SIGTERM)
    await service.wait()
    database = data / "tallywire.db"
    content = bytearray(database.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    database.write_bytes(bytes(content))

    refused = await tallywire(*command, given=HERE)
    assert refused.code == 1
    assert len(refused.err.strip().splitlines()) == 1
    assert "the file is damaged" in refused.err
    assert "'tallywire restore'" in refused.err
    restored = CliRunner().invoke(main, ["restore", "--data", str(data)])
    assert restored.exit_code == 0, restored.stderr
    assert "what stood there:" in restored.stderr

    board.turn()
    service = await started(*command, given=HERE)
    said = await _until(service, "is ahead of")
    assert "FIRST RESULTS" not in said
    service.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(service.wait(), 15) == 0


async def test_metrics_and_readiness_of_the_running_service(
    tmp_path: Path, board: Board, command: tuple[str, ...]
) -> None:
    port = unused_port()
    given = {**HERE, "TALLYWIRE_LISTEN": f"127.0.0.1:{port}", "TALLYWIRE_LOG": "json"}
    service = await started(*command, given=given)
    assert '"message": "Watching 1 race on' in await _until(service, "Watching")
    await _until(service, "FIRST RESULTS")
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        async with session.get("/metrics") as answer:
            metrics = await answer.text()
        async with session.get("/readyz") as answer:
            assert (answer.status, (await answer.json())["well"]) == (200, True)
    for line in (
        'tallywire_polls_total{outcome="read",race="harbour",source="board"} 1.0',
        "tallywire_fetch_to_event_seconds_count 1.0",
        'tallywire_events_total{kind="first_results",race="harbour",tier="confirmed"} 1.0',
    ):
        assert line in metrics
    service.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(service.wait(), 15) == 0


def test_a_folder_that_cannot_be_written_is_named(command: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, [*command[:-1], "/proc/tallywire"])
    assert done.exit_code == 1
    assert "/proc/tallywire" in done.stderr
    assert "--data" in done.stderr
