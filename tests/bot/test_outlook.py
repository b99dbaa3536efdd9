"""When the phone rings, whose hours an alert shows, and what it says of what is still to come."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.wording import alert
from tally.event import EventKind, Level, Proof
from tally.evidence import Evidence
from tally.reading import Counted, Qualifier
from tests.bot.conftest import NOW, make_event, make_headline, make_race
from tests.emulator.entities import parse

RACE = make_race()


def said(kind: EventKind = EventKind.LEAD_CHANGE, language: str = "en", **changes: Any) -> str:
    return alert(make_event(kind, **changes), RACE, language).plain


def quoting(words: str, origin: str = "agency") -> tuple[Proof, ...]:
    return (Proof(origin, NOW, Evidence(words, "paragraph 2"), "wire", "https://wire.example/live"),)


@pytest.mark.parametrize(
    ("kind", "level", "silent"),
    [
        (EventKind.CONCESSION, Level.URGENT, False),
        (EventKind.LEAD_CHANGE, Level.URGENT, False),
        (EventKind.LEAD_CHANGE, Level.IMPORTANT, False),
        (EventKind.LEAD_CHANGE, Level.ROUTINE, True),
        (EventKind.FIRST_RESULTS, Level.IMPORTANT, True),
        (EventKind.STALE, Level.IMPORTANT, True),
        (EventKind.MILESTONE, Level.ROUTINE, True),
        (EventKind.SOURCE_LOST, Level.IMPORTANT, False),
    ],
)
def test_the_phone_rings_for_what_is_urgent_and_for_another_lead(
    kind: EventKind, level: Level, silent: bool
) -> None:
    assert alert(make_event(kind, level=level), RACE).silent is silent


def test_what_takes_an_alert_back_rings() -> None:
    withdrawn = make_event(EventKind.VICTORY_CLAIM, level=Level.IMPORTANT, after="withdrawn", corrects="x")
    assert not alert(withdrawn, RACE).silent
    assert alert(replace(withdrawn, corrects=None), RACE).silent


def test_an_hour_is_marked_as_a_moment_that_each_phone_shows_in_its_own_hours() -> None:
    _, entities = parse(alert(make_event(), RACE).html, "HTML")
    moments = [entity for entity in entities if entity["type"] == "date_time"]
    assert [(m["unix_time"], m["date_time_format"]) for m in moments] == [(NOW.timestamp(), "t")]


def test_an_hour_of_another_day_is_marked_with_its_day() -> None:
    before = replace(make_headline(), as_of=NOW - timedelta(days=1))
    told = alert(make_event(EventKind.STALE, headline=before), RACE)
    assert "Jun 1, 23:41" in told.plain
    assert 'format="dt">Jun 1, 23:41<' in told.html


def counted_so_far(counted: Counted | None, language: str = "en") -> str:
    return said(EventKind.MILESTONE, language, headline=replace(make_headline(), counted=counted))


@pytest.mark.parametrize(
    ("counted", "left"),
    [
        (Counted(94.9), "Left to count: 5.1%\nNext news: at 95% counted;"),
        (Counted(60, Qualifier.ABOUT, "ballot boxes"), "Left to count: about 40% of ballot boxes\n"),
        (Counted(60, Qualifier.AT_LEAST, "precincts"), "Left to count: at most 40% of polling stations\n"),
        (Counted(60, Qualifier.AT_MOST), "Left to count: at least 40%\n"),
        (Counted(99.3), "Left to count: 0.7%\nNext news: when the lead changes,"),
    ],
)
def test_what_is_left_to_count_is_said_as_exactly_as_the_count_was_given(counted: Counted, left: str) -> None:
    assert left in counted_so_far(counted)


@pytest.mark.parametrize("counted", [None, Counted(100), Counted(99.999)])
def test_nothing_is_said_of_what_is_left_where_nobody_knows_or_nothing_is(counted: Counted | None) -> None:
    assert "Left to count" not in counted_so_far(counted)


def test_the_next_mark_is_one_that_the_race_file_sets() -> None:
    race = replace(RACE, rules={"milestone": {"marks": [80.0]}})
    assert "at 80% counted" in alert(make_event(), race).plain


def test_what_is_left_is_folded_away_under_the_numbers() -> None:
    _, entities = parse(alert(make_event(), RACE).html, "HTML")
    assert [entity["type"] for entity in entities].count("expandable_blockquote") == 1


def test_somebodys_word_says_nothing_of_what_is_left_to_count() -> None:
    assert "Left to count" not in said(EventKind.CONCESSION, candidate="roe")


def test_a_long_quote_is_folded_and_a_short_one_is_not() -> None:
    short_one, long_one = (
        alert(make_event(EventKind.CONCESSION, candidate="roe", proofs=quoting(words)), RACE).html
        for words in ("It is over.", "It is over, " * 20)
    )
    assert "<blockquote>“It is over.”" in short_one
    assert "<blockquote expandable>“It is over, It" in long_one
