"""The bundled night as news: the order in which it is told, and what is never told."""

import asyncio
from collections.abc import Sequence

import aiohttp
import pytest

from nights import Change, Newsroom, Night
from nights.replay import replay
from tally.capture import Capture
from tally.event import Audience, Event, EventKind
from tally.race import Race

MARCH, JUNE = "istanbul-2019-03-31", "istanbul-2019-06-23"
Told = tuple[str, str | None, str | None]


@pytest.fixture(scope="module")
def events(istanbul: Night, istanbul_races: tuple[Race, ...]) -> list[Event]:
    return list(replay(istanbul, istanbul_races))


def of(events: Sequence[Event], race: str, *kinds: EventKind) -> list[Event]:
    """What followers hear: not what only confirms an earlier event, nor what operators hear."""
    heard = [e for e in events if e.race == race and not e.updates and e.kind.audience is Audience.FOLLOWERS]
    return [event for event in heard if not kinds or event.kind in kinds]


def in_short(events: Sequence[Event]) -> list[Told]:
    return [(event.kind, event.after, event.candidate) for event in events]


def test_the_night_of_march_is_told_in_its_order(events: list[Event]) -> None:
    told = in_short(of(events, MARCH))
    story = [
        ("first_results", "yildirim", "yildirim"),
        ("victory_claim", "yildirim", "yildirim"),
        ("stale", "silent", "yildirim"),
        ("victory_claim", "imamoglu", "imamoglu"),
        ("lead_change", "imamoglu", "imamoglu"),
        ("resumed", "counting", "imamoglu"),
        ("recount", "recount", None),
        ("declared", "imamoglu", "imamoglu"),
        ("certified", "imamoglu", "imamoglu"),
        ("annulled", "annulled", None),
    ]
    assert [one for one in told if one in story] == story


def test_the_board_overrules_the_agency_with_its_own_numbers(events: list[Event]) -> None:
    (flip,) = of(events, MARCH, EventKind.LEAD_CHANGE)
    assert (flip.before, flip.after, flip.origin) == ("yildirim", "imamoglu", "ysk")
    assert flip.headline is not None
    assert [(r.candidate, r.votes) for r in flip.headline.results] == [
        ("imamoglu", 4157114),
        ("yildirim", 4129892),
    ]


def test_nobody_concedes_in_march(events: list[Event]) -> None:
    assert of(events, MARCH, EventKind.CONCESSION) == []


def test_the_night_of_june_is_told_in_its_order(events: list[Event]) -> None:
    told = in_short(of(events, JUNE))
    story = [
        ("first_results", "imamoglu", "imamoglu"),
        ("concession", "soft", "yildirim"),
        ("concession", "firm", "yildirim"),
        ("victory_claim", "imamoglu", "imamoglu"),
        ("declared", "imamoglu", "imamoglu"),
    ]
    assert [one for one in told if one in story] == story


def test_the_concession_is_soft_first_and_quoted(events: list[Event]) -> None:
    soft, firm = of(events, JUNE, EventKind.CONCESSION)
    assert (soft.after, firm.after) == ("soft", "firm")
    assert "önde" in soft.proofs[0].evidence.quote
    assert {soft.candidate, firm.candidate} == {"yildirim"}


def test_two_agencies_that_differ_are_told_and_flip_nothing(events: list[Event]) -> None:
    pairs = [
        {event.origin, *(other.origin for other in event.others)}
        for event in of(events, JUNE, EventKind.DISAGREEMENT)
    ]
    assert {"anadolu", "anka"} in pairs
    assert of(events, JUNE, EventKind.LEAD_CHANGE) == []


def test_no_numbers_are_told_before_the_embargo_lifts(
    events: list[Event], istanbul_races: tuple[Race, ...]
) -> None:
    gates = {race.id: race.embargo or race.polls_close for race in istanbul_races}
    for event in events:
        gate = gates[event.race]
        assert gate is not None
        assert event.at >= gate or event.kind.audience is Audience.OPERATORS


def test_march_is_history_in_june(events: list[Event]) -> None:
    kinds = {event.kind for event in of(events, JUNE)}
    assert not kinds & {EventKind.ANNULLED, EventKind.CERTIFIED, EventKind.RECOUNT, EventKind.CHALLENGED}
    for event in of(events, JUNE):
        if event.headline is not None:
            assert event.headline.leader == "imamoglu"
            assert event.headline.margin_votes not in (13000, 13729)


def test_the_official_result_ends_the_night(events: list[Event]) -> None:
    last = of(events, JUNE, EventKind.DECLARED)[-1]
    assert last.headline is not None
    numbers = [(r.candidate, r.votes, r.share) for r in last.headline.results]
    assert numbers == [("imamoglu", 4741868, 54.21), ("yildirim", 3935453, 44.99)]


def test_the_boards_trial_figures_are_the_operators_business(events: list[Event]) -> None:
    held = [event for event in events if event.kind is EventKind.QUARANTINED]
    assert {event.race for event in held} == {MARCH, JUNE}


def test_two_replays_are_the_same(
    events: list[Event], istanbul: Night, istanbul_races: tuple[Race, ...]
) -> None:
    assert list(replay(istanbul, istanbul_races)) == events


class Watcher:
    """Asks for every page again and again, as any watcher would, and keeps what was new."""

    def __init__(self, room: Newsroom, urls: Sequence[str]) -> None:
        self.room, self.urls, self.seen = room, urls, list[Capture]()

    async def watch(self) -> None:
        tags: dict[str, str] = {}
        async with aiohttp.ClientSession() as client:
            while True:
                for url in self.urls:
                    await self._look(client, url, tags)
                await asyncio.sleep(0.002)

    async def _look(self, client: aiohttp.ClientSession, url: str, tags: dict[str, str]) -> None:
        place = f"{self.room.base_url}/{url.removeprefix('https://')}"
        asked = {"If-None-Match": tags[url]} if url in tags else {}
        async with client.get(place, headers=asked) as answer:
            body = await answer.read()
            if answer.status == 200 and (not self.seen or self._is_new(url, body)):
                self.seen.append(Capture(url, url, self.room.clock(), 200, body))
            tags[url] = answer.headers.get("ETag", '""')

    def _is_new(self, url: str, body: bytes) -> bool:
        plain = _without_number(body)
        return next((_without_number(c.body) != plain for c in reversed(self.seen) if c.url == url), True)


def _without_number(body: bytes) -> bytes:
    before, mark, after = body.partition(b'var istek="')
    return before + after[8:] if mark else body


async def test_what_is_served_over_http_comes_in_the_nights_order(
    istanbul: Night, istanbul_races: tuple[Race, ...]
) -> None:
    urls = [source.url for race in istanbul_races for source in race.sources]
    async with Newsroom(istanbul, seconds=0.1) as room:
        watcher = Watcher(room, urls)
        watching = asyncio.create_task(watcher.watch())
        await room.run()
        watching.cancel()
    found, *later = istanbul.steps
    seen = [(capture.url, _without_number(capture.body)) for capture in watcher.seen]
    first = len(found.changes)
    assert set(seen[:first]) == {_sight(change) for change in found.changes}
    assert seen[first:] == [_sight(change) for step in later for change in step.changes]


def _sight(change: Change) -> tuple[str, bytes]:
    return change.url, _without_number(change.answer.body.replace(b"@@request@@", b"00000000"))
