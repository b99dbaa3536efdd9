"""What an operator hears of a source: once when it is lost, once when it is back."""

import json

import pytest
from night_at_hand import at, race

from tally.capture import Outcome
from tally.event import Audience, EventKind
from tally.health import SILENT, UNASKED, SourceHealth, judge, stopped
from tally.wire import health_from_wire, health_to_wire


def _poll(*outcomes: Outcome, name: str = "north-page"):
    health, events = SourceHealth.start(), []
    for minute, outcome in enumerate(outcomes):
        health, told = judge(health, race(), name, outcome, at(minute), f"why {minute}")
        events.extend(told)
    return health, events


def test_nothing_before_anything_was_read_is_no_loss():
    health, events = _poll(Outcome.NOTHING, Outcome.NOTHING)
    assert (health.outcome, health.last_good, events) == (Outcome.NOTHING, at(1), [])


def test_nothing_where_something_was_is_a_loss_told_at_once_and_once():
    health, events = _poll(Outcome.READ, Outcome.NOTHING, Outcome.NOTHING, Outcome.LOST)
    assert health.outcome is Outcome.LOST
    assert [event.kind for event in events] == [EventKind.SOURCE_LOST]
    assert events[0].kind.audience is Audience.OPERATORS
    assert events[0].details["source"] == "north-page"
    assert events[0].proofs[0].evidence.quote == "why 1"
    assert (health.failures, health.failing_since, health.last_good) == (3, at(1), at(0))


def test_a_source_that_is_read_again_is_back():
    health, events = _poll(Outcome.READ, Outcome.CHALLENGE, Outcome.UNCHANGED, Outcome.READ)
    assert [event.kind for event in events] == [EventKind.SOURCE_LOST, EventKind.SOURCE_BACK]
    assert events[1].corrects == events[0].key
    assert events[1].details["minutes"] == 2
    assert (health.lost, health.failures, health.reason) == (None, 0, None)


def test_an_unchanged_challenge_page_is_still_a_challenge():
    health, events = _poll(Outcome.CHALLENGE, Outcome.UNCHANGED, Outcome.UNCHANGED)
    assert health.failures == 3
    assert health.outcome is Outcome.UNCHANGED
    assert len(events) == 1


@pytest.mark.parametrize(
    ("outcome", "patience"),
    [(Outcome.FAILED, 3), (Outcome.ERROR_PAGE, 2), (Outcome.UNREADABLE, 2), (Outcome.CHALLENGE, 1)],
)
def test_the_network_has_hiccups_a_page_has_none(outcome, patience):
    _, before = _poll(Outcome.READ, *[outcome] * (patience - 1))
    _, after = _poll(Outcome.READ, *[outcome] * patience)
    assert (len(before), len(after)) == (0, 1)


def test_a_page_that_did_not_change_through_an_outage_is_back():
    _, events = _poll(Outcome.READ, *[Outcome.FAILED] * 3, Outcome.UNCHANGED)
    assert [event.kind.value for event in events] == ["source_lost", "source_back"]


def test_an_unchanged_page_at_the_start_is_sound():
    health, events = _poll(Outcome.UNCHANGED)
    assert (health.last_good, health.last_read, events) == (at(0), None, [])


def test_every_loss_has_its_own_key():
    _, events = _poll(Outcome.READ, Outcome.LOST, Outcome.READ, Outcome.LOST, Outcome.READ)
    keys = [event.key for event in events]
    assert len(set(keys)) == 4


def test_a_source_the_race_does_not_know_is_named_as_it_is():
    _, events = _poll(Outcome.LOST, name="elsewhere")
    assert events[0].origin == "elsewhere"


def test_health_survives_the_wire():
    health, _ = _poll(Outcome.READ, Outcome.LOST, Outcome.FAILED)
    assert health_from_wire(json.loads(json.dumps(health_to_wire(health)))) == health
    assert health_from_wire({}) == SourceHealth.start()


def _read(health: SourceHealth, minute: int, outcome: Outcome = Outcome.READ):
    return judge(health, race(), "north-page", outcome, at(minute))


def test_a_page_that_stands_still_is_told_once_and_only_a_reading_brings_it_back():
    health, _ = _poll(Outcome.READ, Outcome.READ, Outcome.UNCHANGED)
    health, told = stopped(health, race(), "north-page", SILENT, at(60))
    assert [(event.kind, event.after) for event in told] == [(EventKind.SOURCE_LOST, "silent")]
    assert told[0].details["since"] == at(1).isoformat()
    assert stopped(health, race(), "north-page", SILENT, at(61)) == (health, ())
    health, told = _read(health, 62, Outcome.UNCHANGED)
    assert (told, health.last_good) == ((), at(62))
    health, told = _read(health, 63)
    assert [event.kind for event in told] == [EventKind.SOURCE_BACK]
    assert told[0].details["minutes"] == 3
    assert (health.silent, health.lost, health.reads) == (False, None, 3)


def test_what_stood_still_and_then_cannot_be_had_is_told_again():
    health, _ = _poll(Outcome.READ)
    health, first = stopped(health, race(), "north-page", SILENT, at(60))
    health, second = _read(health, 61, Outcome.CHALLENGE)
    assert [event.after for event in (*first, *second)] == ["silent", "challenge"]
    assert first[0].key != second[0].key
    health, back = _read(health, 62, Outcome.UNCHANGED)
    health, back = _read(health, 63)
    assert back[0].corrects == second[0].key


def test_a_source_whose_polls_never_end_is_back_with_any_sound_poll():
    health, _ = _poll(Outcome.READ)
    health, told = stopped(health, race(), "north-page", UNASKED, at(30))
    assert told[0].after == "unasked"
    _, told = _read(health, 31, Outcome.UNCHANGED)
    assert [event.kind for event in told] == [EventKind.SOURCE_BACK]


def test_a_lost_source_is_not_told_as_still():
    health, _ = _poll(Outcome.READ, Outcome.CHALLENGE)
    assert stopped(health, race(), "north-page", SILENT, at(60)) == (health, ())


def test_a_page_that_every_other_poll_walls_off_does_not_ring_all_night():
    _, events = _poll(*[Outcome.READ, Outcome.CHALLENGE] * 200)
    told = [event for event in events if event.kind is EventKind.SOURCE_LOST]
    assert 2 <= len(told) <= 2 * (400 // 30 + 1)
    assert len(events) == 2 * len(told) - (events[-1].kind is EventKind.SOURCE_LOST)


def test_what_is_unsteady_and_then_away_for_good_is_told():
    _, events = _poll(*[Outcome.READ, Outcome.CHALLENGE] * 20, *[Outcome.CHALLENGE] * 40)
    assert events[-1].kind is EventKind.SOURCE_LOST
    assert events[-1].at < at(40 + 33)


def test_long_after_its_last_loss_a_source_is_told_at_once_again():
    health, _ = _poll(Outcome.READ, *[Outcome.CHALLENGE, Outcome.READ] * 4)
    _, told = judge(health, race(), "north-page", Outcome.CHALLENGE, at(90), "a wall")
    assert [event.kind for event in told] == [EventKind.SOURCE_LOST]
