"""The main job, end to end: the bundled night through the whole service, as a reader lives it."""

import re
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.e2e.conftest import Done, tallywire
from tests.emulator import Emulator, Person

MARCH, JUNE = "istanbul-2019-03-31", "istanbul-2019-06-23"

# What a reader of 2019 would want to have been told, in this order. None stands for "whatever".
THE_NIGHTS = [
    (MARCH, "first_results", None, "yildirim", "anadolu"),
    (MARCH, "victory_claim", None, "yildirim", None),
    (MARCH, "stale", None, None, "anadolu"),
    (MARCH, "victory_claim", None, "imamoglu", None),
    (MARCH, "lead_change", "yildirim", "imamoglu", "ysk"),
    (MARCH, "recount", None, None, None),
    (MARCH, "revised", None, None, "ysk"),
    (MARCH, "annulled", None, None, None),
    (JUNE, "first_results", None, "imamoglu", "anadolu"),
    (JUNE, "concession", None, "soft", None),
    (JUNE, "concession", "soft", "firm", None),
    (JUNE, "disagreement", None, None, None),
    (JUNE, "declared", None, "imamoglu", "ysk"),
]


class Shown:
    """Two showings of the night: one with Telegram and two readers, one without."""

    def __init__(self, telegram: Emulator, record: Path) -> None:
        self.telegram, self.record = telegram, record
        self.march_reader = telegram.person("Anna")
        self.june_reader = telegram.person("Berk", language="tr")
        self.with_telegram: Done
        self.alone: Done

    async def show(self) -> None:
        """Both, one after the other."""
        self.march_reader.sends(f"/start {MARCH}")
        self.june_reader.sends("/start")
        self.june_reader.sends(f"/follow {JUNE}")
        given = {"TELEGRAM_TOKEN": self.telegram.token, "TELEGRAM_API_URL": self.telegram.url}
        self.with_telegram = await tallywire("rehearse", "--json", "--speed", "4", given=given)
        self.alone = await tallywire("rehearse", "--json", "--speed", "4", "--record", str(self.record))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shown(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shown]:
    async with Emulator() as telegram:
        both = Shown(telegram, tmp_path_factory.mktemp("recording"))
        await both.show()
        yield both


pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(240), pytest.mark.slow]


async def test_it_ends_well_and_says_what_it_came_to(shown: Shown) -> None:
    assert shown.alone.code == 0, shown.alone.err
    assert re.search(r"[\d,]+ pages polled, [\d,]+ unchanged", shown.alone.err)
    assert re.search(r"page served → alert: \d+ ms p50, \d+ ms p95", shown.alone.err)


async def test_two_showings_give_the_same_news_in_the_same_order(shown: Shown) -> None:
    assert _sequence(shown.alone) == _sequence(shown.with_telegram)
    assert len(_sequence(shown.alone)) > len(THE_NIGHTS)


async def test_the_recording_of_a_night_replays_to_the_same_events_at_the_same_moments(shown: Shown) -> None:
    replayed = await tallywire("replay", "--json", str(shown.record))
    assert replayed.code == 0, replayed.err
    about = ("at", "key", "race", "kind", "from", "to", "candidate", "tier", "origin")
    live, again = (
        [[line[name] for name in about] for line in done.lines] for done in (shown.alone, replayed)
    )
    assert again == live


async def test_the_nights_are_told_as_they_were(shown: Shown) -> None:
    told = iter(_sequence(shown.alone, with_origin=True))
    for expected in THE_NIGHTS:
        assert any(_like(event, expected) for event in told), f"not told, or not in this place: {expected}"


async def test_the_lead_changes_once_by_the_boards_count_of_april(shown: Shown) -> None:
    changes = [line for line in shown.alone.lines if line["kind"] == "lead_change"]
    assert [(line["race"], line["from"], line["to"], line["origin"]) for line in changes] == [
        (MARCH, "yildirim", "imamoglu", "ysk")
    ]
    results = {result["candidate"]: result["votes"] for result in changes[0]["headline"]["results"]}
    assert results == {"imamoglu": 4_157_114, "yildirim": 4_129_892}


async def test_only_the_man_who_conceded_concedes(shown: Shown) -> None:
    conceded = [line for line in shown.alone.lines if line["kind"] == "concession"]
    assert {(line["race"], line["candidate"]) for line in conceded} == {(JUNE, "yildirim")}
    assert [line["to"] for line in conceded] == ["soft", "firm"]
    assert all(line["proofs"][0]["quote"] for line in conceded)


async def test_the_official_result_stands_in_the_end(shown: Shown) -> None:
    declared = next(e for e in shown.alone.lines if (e["race"], e["kind"]) == (JUNE, "declared"))
    results = {result["candidate"]: result for result in declared["headline"]["results"]}
    assert (results["imamoglu"]["share"], results["yildirim"]["share"]) == (54.21, 44.99)


async def test_no_number_of_the_clutter_becomes_news(shown: Shown) -> None:
    """13,000 votes in March, 25 of 39 districts, 31 % of GDP, 15 million people, 18 days."""
    for line in shown.alone.lines:
        for headline in [line["headline"] or {}, *line["others"]]:
            for result in headline.get("results", ()):
                assert result["votes"] not in {13_000, 15_000_000, 25, 39, 18}
                assert result["share"] not in {31.0, 25.0, 18.0}


async def test_no_event_is_told_twice(shown: Shown) -> None:
    keys = [line["key"] for line in shown.alone.lines]
    assert len(keys) == len(set(keys))


async def test_each_reader_gets_the_alerts_of_their_race_in_order_and_once(shown: Shown) -> None:
    for reader, race in ((shown.march_reader, MARCH), (shown.june_reader, JUNE)):
        wanted = [
            line
            for line in shown.with_telegram.lines
            if line["race"] == race and line["audience"] == "followers"
        ]
        alerts = _alerts(reader)
        assert len(alerts) == len(wanted), [text.split("\n")[0] for text in alerts]
        stamps = [line["at"] for line in wanted]
        assert all(earlier <= later for earlier, later in pairwise(stamps))


async def test_readers_get_the_night_in_their_own_language(shown: Shown) -> None:
    assert any("votes counted so far" in text for text in _alerts(shown.march_reader))
    assert not any("votes counted so far" in text for text in _alerts(shown.june_reader))


def _alerts(reader: Person) -> list[str]:
    """What the reader was told without having asked: every message of the bot with buttons of an alert."""
    return [seen.text for seen in reader.chat.told if _is_alert(seen)]


def _is_alert(seen: Any) -> bool:
    return "·" in seen.text.split("\n")[0]


def _sequence(done: Done, *, with_origin: bool = False) -> list[tuple[Any, ...]]:
    names = ("race", "kind", "from", "to", *(("origin",) if with_origin else ("candidate",)))
    return [tuple(line[name] for name in names) for line in done.lines]


def _like(event: tuple[Any, ...], expected: tuple[Any, ...]) -> bool:
    return all(wanted in (None, found) for wanted, found in zip(expected, event, strict=True))
