"""The service as an operator runs it: what it says, what it refuses, what survives a kill."""

import asyncio
import re
import signal
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from storage import Store
from tally.event import Event, EventKind, Level, Proof, Tier
from tally.evidence import Evidence
from tests.e2e.conftest import ROOT, started, tallywire
from tests.emulator import Emulator

RACE = "istanbul-2019-06-23"
IN_FLIGHT = 3  # calls to Telegram at a time

pytestmark = pytest.mark.timeout(240)


def a_race(folder: Path, text: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "harbour.toml").write_text(text or _GOOD, encoding="utf-8")
    return folder


_GOOD = """\
id = "harbour"
title = "Port Harbour — Mayor"
date = 2019-05-05
timezone = "Europe/Lisbon"

[[candidates]]
id = "rivera"
name = "Ana Rivera"

[[candidates]]
id = "stone"
name = "Paul Stone"
"""

_BAD = (
    _GOOD.replace("Europe/Lisbon", "Europe/Lisbonn").replace('id = "stone"', 'id = "rivera"')
    + """
[[sources]]
name = "gazette"
url = "ftp://gazette.example/live"
kind = "artcle"
"""
)


async def test_a_wrong_race_file_starts_nothing_and_tells_everything_at_once(tmp_path: Path) -> None:
    races = a_race(tmp_path / "races", _BAD)
    done = await tallywire("run", "--races", str(races), "--data", str(tmp_path / "data"))
    assert done.code == 2
    for line, word in ((4, "Lisbonn"), (11, "rivera"), (16, "ftp"), (17, "artcle")):
        assert re.search(rf"harbour\.toml:{line}: .*{word}", done.err), done.err
    assert 'did you mean "article"?' in done.err
    assert not (tmp_path / "data").exists()


async def test_without_a_token_it_runs_says_how_to_add_one_and_stops_when_told(tmp_path: Path) -> None:
    races = a_race(tmp_path / "races")
    service = await started("run", "--races", str(races), "--data", str(tmp_path / "data"))
    said = await _until(service, "TELEGRAM_TOKEN")
    assert "@BotFather" in said
    second = await tallywire("run", "--races", str(races), "--data", str(tmp_path / "data"))
    assert second.code == 1
    assert len(second.err.strip().splitlines()) == 1
    assert "in use by another tallywire" in second.err
    service.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(service.wait(), 10) == 0


async def test_a_wrong_token_is_told_in_a_sentence_and_the_watching_goes_on(tmp_path: Path) -> None:
    races = a_race(tmp_path / "races")
    async with Emulator() as telegram:
        given = {"TELEGRAM_TOKEN": "1:wrong-token-of-some-length", "TELEGRAM_API_URL": telegram.url}
        service = await started("run", "--races", str(races), "--data", str(tmp_path / "d"), given=given)
        said = await _until(service, "The watching goes on")
        assert "check TELEGRAM_TOKEN" in said
        assert "wrong-token" not in said
        assert service.returncode is None
        service.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(service.wait(), 10) == 0


_SOURCE = """
[[sources]]
name = "board"
url = "{url}"
kind = "table"
rank = "official"
cadence = "1s"
"""


def _table(rivera: int, stone: int) -> str:
    rows = f"<tr><td>Ana Rivera</td><td>{rivera:,}</td></tr><tr><td>Paul Stone</td><td>{stone:,}</td></tr>"
    head = "<tr><th>Candidate</th><th>Votes</th></tr>"
    return f"<html><body><h1>Port Harbour, mayor</h1><table>{head}{rows}</table></body></html>"


async def test_a_page_of_the_operators_own_network_is_watched_only_if_allowed(tmp_path: Path) -> None:
    """The count on it turns, and the alert says so; without leave the address is never asked.

    The second time the night is recorded, from where it stands, and replays although it was killed.
    """
    now = {"page": _table(1_200, 1_100)}
    asked = []

    async def page(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(text=now["page"], content_type="text/html")

    app = web.Application()
    app.router.add_get("/{any:.*}", page)
    async with TestServer(app) as server:
        good = _GOOD.replace("2019-05-05", f"{datetime.now(UTC):%Y-%m-%d}")
        races = a_race(tmp_path / "races", good + _SOURCE.format(url=server.make_url("/results")))
        command = ("run", "--races", str(races), "--data", str(tmp_path / "data"))
        refused = await started(*command)
        await _until(refused, "SOURCE LOST")
        said = await _until(refused, "TALLYWIRE_ALLOW_HOSTS")
        assert "not a public address" in said
        refused.send_signal(signal.SIGTERM)
        await refused.wait()
        assert asked == []

        record = ("--record", str(tmp_path / "rec"))
        service = await started(*command, *record, given={"TALLYWIRE_ALLOW_HOSTS": "127.0.0.1"})
        await _until(service, "FIRST RESULTS")
        now["page"] = _table(1_300, 1_350)
        await _until(service, "LEAD CHANGE")
        assert "Paul Stone is ahead of Ana Rivera" in await _until(service, "Margin")
        service.kill()
        await service.wait()
    replayed = await tallywire("replay", "--json", str(tmp_path / "rec"), "--races", str(races))
    with Store(tmp_path / "data" / "tallywire.db", readonly=True) as store:
        stored = store.events("harbour")
    kinds = [line["kind"] for line in replayed.lines]
    assert kinds == ["source_back", "first_results", "lead_change"]
    assert [line["key"] for line in replayed.lines] == [event.key for event in stored[-3:]]


@pytest.mark.slow
async def test_a_kill_in_the_middle_of_a_fan_out_loses_nobody(tmp_path: Path) -> None:
    """Whoever was being told at that moment may hear it twice, and nobody else."""
    async with Emulator() as telegram:
        readers = [telegram.person(f"Reader {n}", started=True) for n in range(200)]
        data = tmp_path / "data"
        data.mkdir()
        with Store(data / "tallywire.db") as store:
            chats = [store.add_chat("telegram", str(reader.chat.id)).id for reader in readers]
            assert store.hand_over(_event(), chats) == len(chats)
        given = {"TELEGRAM_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url}
        command = ("run", "--races", str(ROOT / "races"), "--data", str(data))
        for enough in (40, 110):
            service = await started(*command, given=given)
            await telegram.until(lambda wanted=enough: len(telegram.sent()) >= wanted, patience=30)
            service.kill()
            await service.wait()
        service = await started(*command, given=given)
        await telegram.until(lambda: all(reader.chat.told for reader in readers), patience=30)
        service.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(service.wait(), 10) == 0
        times = Counter(len(reader.chat.told) for reader in readers)
    assert sum(times.values()) == len(readers)
    assert set(times) <= {1, 2}
    assert times[2] <= 2 * IN_FLIGHT


async def test_health_says_whether_pages_are_polled(tmp_path: Path) -> None:
    done = await tallywire("health", "--data", str(tmp_path))
    assert done.code == 1
    assert "no good poll" in done.err


def _event() -> Event:
    now = datetime.now(UTC)
    proof = Proof("meridian", now, Evidence("Yıldırım has conceded.", "post 7", "test"))
    return Event(
        key=f"{RACE}/concession/yildirim/1",
        kind=EventKind.CONCESSION,
        race=RACE,
        at=now,
        tier=Tier.FLASH,
        level=Level.URGENT,
        origin="meridian",
        proofs=(proof,),
        after="firm",
        candidate="yildirim",
    )


async def _until(service: asyncio.subprocess.Process, word: str) -> str:
    """What it said up to and with a word."""
    assert service.stderr is not None
    said = ""
    async with asyncio.timeout(90):
        while word not in said:
            line = await service.stderr.readline()
            assert line, f"it ended before it said {word!r}: {said}"
            said += line.decode()
    return said
