"""The composition: from a page that changes to whoever is to hear of it, whatever breaks on the way."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web

from races import Renewed, Roster
from scheduler import Service, Tempo
from scrapers.spiders.heartbeat import beat, seconds_since_good
from scrapers.spiders.stats import Stats
from storage import Store
from tally.capture import Outcome
from tally.claim import Claim, ClaimKind
from tally.clock import system_clock
from tally.errors import StorageError
from tally.event import Event, EventKind
from tally.evidence import Evidence
from tally.race import Candidate, Race, Rank, Source

QUICK = Tempo(pace=0.001, tick=0.05)
NOW = datetime(2031, 5, 4, 20, tzinfo=UTC)


def table(alder: int, birch: int) -> str:
    rows = f"<tr><td>Ada Alder</td><td>{alder:,}</td></tr><tr><td>Ben Birch</td><td>{birch:,}</td></tr>"
    return f"<h1>Oak County</h1><table><tr><th>Candidate</th><th>Votes</th></tr>{rows}</table>"


class Board:
    """An election board's page on a real server."""

    def __init__(self) -> None:
        self.page = table(6000, 5900)
        self.asked = 0
        self.race = RACE

    async def answer(self, request: web.Request) -> web.Response:
        if request.path == "/robots.txt":
            return web.Response(status=404)
        self.asked += 1
        return web.Response(text=self.page, content_type="text/html")


RACE = Race(
    "oak-2031",
    "Oak County",
    date(2031, 5, 4),
    ZoneInfo("UTC"),
    (Candidate("alder", "Ada Alder"), Candidate("birch", "Ben Birch")),
    polls_close=system_clock() - timedelta(hours=1),
)


@pytest.fixture
async def board() -> AsyncIterator[Board]:
    board, app = Board(), web.Application()
    app.router.add_get("/{path:.*}", board.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/results"
    source = Source("board", url, "table", "board", Rank.OFFICIAL, cadence=30.0)
    board.race = replace(RACE, sources=(source,))
    yield board
    await runner.cleanup()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "night.db") as store:
        yield store


class Outbox:
    """Notes what it is asked to do."""

    def __init__(self, log: list[str]) -> None:
        self.log, self.fails = log, 0
        self._end = asyncio.Event()

    async def run(self) -> None:
        self.log.append("outbox runs")
        if self.fails:
            self.fails -= 1
            raise StorageError("disk I/O error")
        await self._end.wait()

    def wake(self) -> None:
        self.log.append("outbox woken")

    async def stop(self) -> None:
        self.log.append("outbox stopped")
        self._end.set()


class Bot:
    def __init__(self, log: list[str]) -> None:
        self.log = log

    async def start(self) -> None:
        self.log.append("bot started")

    async def stop(self) -> None:
        self.log.append("bot stopped")
        raise RuntimeError("Telegram is away")


class Night:
    """A service at work, and what is heard of it."""

    def __init__(self, races: Any, store: Store, **options: Any) -> None:
        self.log: list[str] = []
        self.heard: asyncio.Queue[Event] = asyncio.Queue()
        self.outbox = Outbox(self.log)
        options = {"tempo": QUICK, "hear": self._hear, "watching": {"allow_hosts": ["127.0.0.1"]}} | options
        options.setdefault("clock", system_clock)
        self.service = Service(races, store, self.outbox, bot=Bot(self.log), **options)

    def _hear(self, events: Any) -> None:
        self.log.append("heard")
        for event in events:
            self.heard.put_nowait(event)

    async def next(self, kind: EventKind) -> Event:
        async with asyncio.timeout(10):
            while (event := await self.heard.get()).kind is not kind:
                pass
        return event

    async def __aenter__(self) -> "Night":
        await self.service.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.service.stop()


async def test_a_page_that_changes_becomes_news_and_the_outbox_is_woken_at_once(board, store: Store) -> None:
    async with Night([board.race], store) as night:
        first = await night.next(EventKind.FIRST_RESULTS)
        assert first.headline is not None and first.headline.leader == "alder"
        assert night.log.index("outbox woken") < night.log.index("heard")
        board.page = table(6600, 6900)
        flip = await night.next(EventKind.LEAD_CHANGE)
        assert (flip.before, flip.after) == ("alder", "birch")
        await _until(lambda: night.service.stats.unchanged > 0)
    stats = night.service.stats
    assert stats.polls > stats.unchanged
    assert stats.readings >= 2 and stats.events >= 2 and stats.troubles == 0
    latency = stats.latency(50)
    assert latency is not None and 0 < latency < 5
    assert "lead_change" in {row["kind"] for row in store.db.rows("select kind from events")}


async def test_what_the_store_could_not_take_is_asked_for_again(board, store: Store, monkeypatch) -> None:
    real, fails = store.take_in, 3

    def take_in(*given: Any, **more: Any) -> Any:
        nonlocal fails
        fails -= 1
        if fails >= 0:
            raise StorageError("database or disk is full")
        return real(*given, **more)

    monkeypatch.setattr(store, "take_in", take_in)
    async with Night([board.race], store) as night:
        assert (await night.next(EventKind.FIRST_RESULTS)).race == "oak-2031"
    assert night.service.stats.troubles == 3


async def test_time_passes_for_the_others_when_one_race_fails(store: Store, monkeypatch, caplog) -> None:
    ticked: list[str] = []
    both = asyncio.Event()

    def tick(race: Race, now: datetime) -> tuple[Event, ...]:
        ticked.append(race.id)
        if ticked.count("second") > 1:
            both.set()
        if race.id == "first":
            raise StorageError("database is locked")
        return ()

    monkeypatch.setattr(store, "tick", tick)
    async with Night([replace(RACE, id="first"), replace(RACE, id="second")], store):
        await asyncio.wait_for(both.wait(), 5)
    assert "time could not pass for first" in caplog.text


async def test_a_race_that_adds_up_others_is_told_when_their_calls_cross_the_line(store: Store) -> None:
    told = asyncio.Event()
    parts = [replace(RACE, id="first"), replace(RACE, id="second")]
    college = replace(RACE, id="college", adds_up={"first": 3, "second": 4, "unknown": 9}, majority=5)
    for race in parts:
        words = Evidence(f"the wire calls {race.id}")
        said = Claim(race.id, ClaimKind.CALLED, "wire", system_clock(), words, "wire", "alder")
        store.take_in(race, "wire", None, Outcome.READ, [], [said], system_clock())
    hear = lambda events: told.set() if events[0].race == "college" else None  # noqa: E731
    async with Night([*parts, college], store, hear=hear):
        await asyncio.wait_for(told.wait(), 5)
    (event,) = store.events("college")
    assert (event.kind, event.candidate, event.details["total"]) == (EventKind.LINE_CHANGE, "alder", 7)


async def test_a_race_that_is_over_is_not_polled_which_is_no_illness(board, store, tmp_path: Path) -> None:
    over = replace(board.race, watch_until=system_clock() - timedelta(minutes=1))
    async with Night([over], store, heartbeat=tmp_path / "beat") as night:
        await _until((tmp_path / "beat").exists)
        await asyncio.sleep(0.2)
    assert board.asked == 0 and night.service.stats.polls == 0
    age = seconds_since_good(tmp_path / "beat", datetime.now(UTC))
    assert age is not None and age < 5


async def test_the_heartbeat_tells_when_a_poll_last_went_well(board, store, tmp_path: Path) -> None:
    async with Night([board.race], store, heartbeat=tmp_path / "beat") as night:
        await night.next(EventKind.FIRST_RESULTS)
    age = seconds_since_good(tmp_path / "beat", datetime.now(UTC))
    assert age is not None and 0 <= age < 5


async def test_all_is_stopped_in_the_order_of_the_flow_though_a_step_fails(board, store: Store) -> None:
    async with Night([board.race], store) as night:
        await night.next(EventKind.FIRST_RESULTS)
        assert night.log[0] == "bot started"
    asked = board.asked
    assert night.log[-2:] == ["outbox stopped", "bot stopped"]
    await asyncio.sleep(0.1)
    assert board.asked == asked


async def test_an_outbox_that_stumbles_begins_again(store: Store, monkeypatch) -> None:
    real_sleep = asyncio.sleep
    monkeypatch.setattr("scheduler.asyncio.sleep", lambda seconds: real_sleep(min(seconds, 0.01)))
    night = Night([RACE], store)
    night.outbox.fails = 2
    async with night:
        await _until(lambda: night.log.count("outbox runs") == 3)
    assert night.service.stats.troubles == 2


async def test_whoever_listens_and_stumbles_stops_no_news(board, store: Store) -> None:
    woken = []
    async with Night([board.race], store, hear=lambda events: woken.append(events) or 1 / 0) as night:
        await _until(lambda: bool(woken))
        board.page = table(6600, 6900)
        await _until(lambda: any(e.kind is EventKind.LEAD_CHANGE for events in woken for e in events))
    assert night.service.stats.troubles == 0


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_leaps_by_an_hour_loses_no_news_and_makes_none(board, store, hours: int) -> None:
    ahead = timedelta(0)
    async with Night([board.race], store, clock=lambda: system_clock() + ahead) as night:
        await night.next(EventKind.FIRST_RESULTS)
        ahead = timedelta(hours=hours)
        polls = night.service.stats.polls
        await _until(lambda: night.service.stats.polls > polls + 3)
        board.page = table(6600, 6900)
        flip = await night.next(EventKind.LEAD_CHANGE)
        assert (flip.before, flip.after) == ("alder", "birch")
    kinds = {row["kind"] for row in store.db.rows("select kind from events")}
    assert kinds == {"first_results", "lead_change"}


class Changes(Roster):
    """Race files that change when a test says so."""

    next: Renewed | None = None

    def look(self) -> Renewed | None:
        found, self.next = self.next, None
        return found


async def test_changed_races_are_taken_up_and_refused_ones_told_to_operators(board, store: Store) -> None:
    chief = store.add_chat("console", "chief", operator=True)
    changes = Changes([board.race])
    shared = changes.in_force
    async with Night(changes, store) as night:
        await night.next(EventKind.FIRST_RESULTS)
        changes.next = Renewed("The changed race files were refused.\nraces/oak.toml:3: no")
        await _until(lambda: changes.next is None and _told(store, chief.id) == 1)
        assert list(shared) == ["oak-2031"]
        elm = replace(board.race, id="elm-2031", title="Elm County")
        changes.next = Renewed("The race files were taken up; new: elm-2031.", (elm,))
        first = await night.next(EventKind.FIRST_RESULTS)
        assert first.race == "elm-2031" and list(shared) == ["elm-2031"]
        await _until(lambda: _told(store, chief.id) == 2)
        assert store.health("oak-2031", "board").polls > 0
        polls = store.health("oak-2031", "board").polls
        await asyncio.sleep(0.2)
        assert store.health("oak-2031", "board").polls == polls, "it is not watched any more"


async def test_a_race_whose_candidates_change_in_the_night_is_counted_on(board, store: Store, caplog) -> None:
    changes = Changes([board.race])
    async with Night(changes, store) as night:
        await night.next(EventKind.FIRST_RESULTS)
        board.page = table(6000, 5900) + "<p>corrected</p>"
        names = (Candidate("alder", "Ada Alder"), Candidate("cedar", "Cy Cedar", aliases=("Ben Birch",)))
        changes.next = Renewed("changed", (replace(board.race, candidates=names),))
        await _until(lambda: changes.next is None and changes.in_force["oak-2031"].candidates == names)
        board.page = table(6600, 6900)
        flip = await night.next(EventKind.LEAD_CHANGE)
        assert flip.after == "cedar"
    assert night.service.stats.troubles == 0 and "time could not pass" not in caplog.text


def _told(store: Store, chat: int) -> int:
    return len(list(store.db.rows("select 1 from notices where chat = ? and kind = 'word'", (chat,))))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_the_service_in_order(board, store: Store, number: signal.Signals) -> None:
    night = Night([board.race], store)
    running = asyncio.create_task(night.service.run())
    await night.next(EventKind.FIRST_RESULTS)
    os.kill(os.getpid(), number)
    await asyncio.wait_for(running, 5)
    assert night.log[-2:] == ["outbox stopped", "bot stopped"]


def test_percentiles_are_those_of_the_latest_latencies() -> None:
    stats = Stats()
    assert stats.latency(50) is None
    stats.latencies.extend(n / 100 for n in range(101))
    assert (stats.latency(0), stats.latency(50), stats.latency(95), stats.latency(100)) == (0, 0.5, 0.95, 1.0)


def test_only_a_poll_that_went_well_is_a_good_one() -> None:
    stats = Stats()
    for outcome in (Outcome.LOST, Outcome.FAILED, Outcome.CHALLENGE, Outcome.ERROR_PAGE, Outcome.UNREADABLE):
        stats.count(outcome, 0, 0, NOW)
    assert stats.last_good is None and stats.polls == 5
    stats.count(Outcome.READ, 2, 1, NOW)
    assert (stats.last_good, stats.readings, stats.claims) == (NOW, 2, 1)


def test_a_heartbeat_that_is_missing_broken_or_was_never_good_can_not_be_told(tmp_path: Path) -> None:
    path = tmp_path / "beat"
    assert seconds_since_good(path, NOW) is None
    path.write_text("{", encoding="utf-8")
    assert seconds_since_good(path, NOW) is None
    beat(path, NOW, None, watching=True)
    assert seconds_since_good(path, NOW) is None
    beat(path, NOW, NOW - timedelta(seconds=90), watching=True)
    assert seconds_since_good(path, NOW) == 90
    assert [p.name for p in tmp_path.iterdir()] == ["beat"]


def test_a_heartbeat_that_can_not_be_written_is_told_and_stops_nothing(tmp_path: Path, caplog) -> None:
    beat(tmp_path / "no such folder" / "beat", NOW, NOW, watching=True)
    assert "can't be written" in caplog.text


async def _until(condition: Any, seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)
