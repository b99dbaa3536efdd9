"""Who notices that nothing comes any more: once, and not before it is time."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from monitoring.monitor import Monitor
from monitoring.supervisor import Patience
from storage import Store
from tally.capture import Outcome
from tally.race import Race
from tests.monitoring.conftest import NOON, RACE, Seconds, poll


def look(monitor: Monitor, seconds: Seconds, race: Race = RACE) -> list[str]:
    events = monitor.supervisor.look([race], seconds())
    return [f"{event.details['source']} {event.after}" for event in events]


def test_a_poll_that_never_ends_is_told_once_and_its_end_says_that_it_is_back(
    store: Store, monitor: Monitor, seconds: Seconds
) -> None:
    for source in ("board", "gazette"):
        poll(store, monitor, source=source)
    assert look(monitor, seconds) == []
    seconds.on(minutes=9)
    poll(store, monitor, source="gazette")
    seconds.on(minutes=2)
    assert look(monitor, seconds) == ["board unasked"]
    assert look(monitor, seconds) == []
    assert store.waiting("telegram") == 1
    poll(store, monitor, Outcome.UNCHANGED)
    assert [event.kind.value for event in store.events()] == ["source_lost", "source_back"]


def test_a_slow_source_has_its_turns(store: Store, monitor: Monitor, seconds: Seconds) -> None:
    slow = replace(RACE, sources=(replace(RACE.sources[0], cadence=600.0),))
    monitor.supervisor.look([slow], seconds())
    seconds.on(minutes=99)
    assert look(monitor, seconds, slow) == []
    seconds.on(minutes=2)
    assert look(monitor, seconds, slow) == ["board unasked"]


def test_a_source_that_may_be_asked_slowly_has_its_time(
    store: Store, monitor: Monitor, seconds: Seconds
) -> None:
    slow = replace(RACE, sources=(replace(RACE.sources[0], slowest=1800.0),))
    monitor.supervisor.look([slow], seconds())
    seconds.on(minutes=145)
    assert look(monitor, seconds, slow) == []
    seconds.on(minutes=10)
    assert look(monitor, seconds, slow) == ["board unasked"]


def test_a_page_that_stands_still_while_another_moves_is_told(
    store: Store, monitor: Monitor, seconds: Seconds
) -> None:
    for source in ("board", "board", "gazette", "gazette"):
        poll(store, monitor, source=source)
    look(monitor, seconds)
    for _ in range(10):
        seconds.on(minutes=5)
        poll(store, monitor, Outcome.UNCHANGED, "board")
        poll(store, monitor, Outcome.READ, "gazette")
    assert look(monitor, seconds) == ["board silent"]
    poll(store, monitor, Outcome.UNCHANGED, "board")
    assert look(monitor, seconds) == []
    poll(store, monitor, Outcome.READ, "board")
    assert store.events()[-1].kind.value == "source_back"


def test_each_time_it_was_told_it_may_stand_still_twice_as_long(
    store: Store, monitor: Monitor, seconds: Seconds
) -> None:
    told = []
    look(monitor, seconds)
    for _ in range(3):
        for source in ("board", "board"):
            poll(store, monitor, Outcome.READ, source)
        minutes = 0
        while not look(monitor, seconds):
            seconds.on(minutes=5)
            minutes += 5
            poll(store, monitor, Outcome.UNCHANGED, "board")
            poll(store, monitor, Outcome.READ, "gazette")
        told.append(minutes)
    assert told == [50, 95, 185]


def test_a_finished_article_is_not_missed(store: Store, monitor: Monitor, seconds: Seconds) -> None:
    poll(store, monitor, Outcome.READ, "gazette")
    look(monitor, seconds)
    for _ in range(30):
        seconds.on(minutes=5)
        poll(store, monitor, Outcome.UNCHANGED, "gazette")
        poll(store, monitor, Outcome.READ, "board")
    assert look(monitor, seconds) == []


def test_where_nothing_moves_anywhere_the_operators_are_not_flooded(
    store: Store, monitor: Monitor, seconds: Seconds
) -> None:
    """The standing itself tells the followers then."""
    for source in ("board", "gazette"):
        poll(store, monitor, source=source)
        poll(store, monitor, source=source)
    look(monitor, seconds)
    for _ in range(30):
        seconds.on(minutes=5)
        poll(store, monitor, Outcome.UNCHANGED, "board")
        poll(store, monitor, Outcome.UNCHANGED, "gazette")
    assert look(monitor, seconds) == []


@pytest.mark.parametrize("close", [NOON + timedelta(hours=2), None])
def test_before_the_counting_nobody_waits(
    store: Store, monitor: Monitor, seconds: Seconds, close: object
) -> None:
    waiting = replace(RACE, date=RACE.date + timedelta(days=1), polls_close=close)
    monitor.supervisor.look([waiting], seconds())
    seconds.on(minutes=600)
    assert look(monitor, seconds, waiting) == []


def test_what_was_not_due_before_the_polls_closed_is_not_late_when_they_have(
    store: Store, monitor: Monitor, seconds: Seconds
) -> None:
    monitor.supervisor.polled(RACE, "board", Outcome.READ, seconds())
    seconds.on(minutes=600)
    assert look(monitor, seconds) == []
    seconds.on(minutes=4)
    assert look(monitor, seconds) == []


def test_a_race_that_is_taken_up_later_begins_then(store: Store, monitor: Monitor, seconds: Seconds) -> None:
    seconds.on(minutes=600)
    other = replace(RACE, id="hills")
    assert look(monitor, seconds, other) == []


def test_a_lost_source_is_not_lost_twice(store: Store, monitor: Monitor, seconds: Seconds) -> None:
    poll(store, monitor)
    look(monitor, seconds)
    assert poll(store, monitor, Outcome.CHALLENGE) is Outcome.CHALLENGE
    seconds.on(minutes=20)
    poll(store, monitor, Outcome.READ, "gazette")
    assert look(monitor, seconds) == []
    assert [event.after for event in store.events()] == ["challenge"]


async def test_the_running_monitor_looks_by_itself_and_rings_the_outbox(store: Store) -> None:
    rung: list[bool] = []
    store.on_waiting(lambda: rung.append(True))
    quick = Patience(unasked=0.05, turns=0.0, look=0.02)
    monitor = Monitor(store, lambda: [RACE], clock=lambda: NOON, patience=quick)
    await monitor.start()
    async with asyncio.timeout(20):
        while len(store.events()) < 2:  # noqa: ASYNC110 - the store has no event for it
            await asyncio.sleep(0.01)
    await monitor.stop()
    assert {event.details["source"] for event in store.events()} == {"board", "gazette"}
    assert rung
