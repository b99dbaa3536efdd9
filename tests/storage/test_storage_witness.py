"""What a recorder is told: everything that changed something, and nothing that did not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from night_facts import NOON, RACE, capture, event, reading, tell

from storage import Store
from tally.capture import Outcome
from tally.decide import approve


class Notes:
    """A witness that keeps a line of each thing it is told."""

    def __init__(self) -> None:
        self.lines: list[tuple[object, ...]] = []

    def polled(self, race, source, capture, outcome, reason, now) -> None:  # type: ignore[no-untyped-def]
        self.lines.append((source, outcome, capture is not None))

    def stopped(self, race, source, how, now) -> None:  # type: ignore[no-untyped-def]
        self.lines.append((source, how))

    def passed(self, race, now) -> None:  # type: ignore[no-untyped-def]
        self.lines.append(("time",))

    def decided(self, standing, events, now) -> None:  # type: ignore[no-untyped-def]
        self.lines.append(("person", len(events)))


@pytest.fixture
def notes(store: Store) -> Notes:
    store.witness = Notes()
    return store.witness


def poll(store: Store, minute: int, outcome: Outcome, *counts: tuple[int, int]) -> None:
    readings = [reading(*count, minute) for count in counts]
    page = None if outcome in (Outcome.UNCHANGED, Outcome.FAILED) else capture(f"{counts}".encode(), minute)
    store.take_in(RACE, "board", page, outcome, readings, [], NOON + timedelta(minutes=minute))


def test_a_changed_page_is_told_and_one_that_stands_is_not(store: Store, notes: Notes) -> None:
    poll(store, 0, Outcome.READ, (50, 40))
    poll(store, 1, Outcome.UNCHANGED)
    poll(store, 2, Outcome.READ, (60, 50))
    poll(store, 3, Outcome.UNCHANGED)
    assert notes.lines == [("board", Outcome.READ, True)] * 2


def test_an_unchanged_page_is_told_where_it_confirms_what_was_held(store: Store, notes: Notes) -> None:
    poll(store, 0, Outcome.READ, (50_000, 40_000))
    poll(store, 5, Outcome.READ, (45_000, 40_000))
    assert store.standing(RACE).quarantine
    poll(store, 6, Outcome.UNCHANGED)
    assert notes.lines[-1] == ("board", Outcome.UNCHANGED, False)
    poll(store, 7, Outcome.UNCHANGED)
    assert len(notes.lines) == 3


def test_every_failure_is_told_and_the_first_answer_after_it(store: Store, notes: Notes) -> None:
    poll(store, 0, Outcome.READ, (50, 40))
    for minute in (1, 2, 3):
        poll(store, minute, Outcome.FAILED)
    for minute in (4, 5):
        poll(store, minute, Outcome.UNCHANGED)
    failed, back = ("board", Outcome.FAILED, False), ("board", Outcome.UNCHANGED, False)
    assert notes.lines[1:] == [failed, failed, failed, back]


def test_of_a_wall_that_differs_with_every_answer_one_page_is_enough(store: Store, notes: Notes) -> None:
    for minute in (0, 1):
        page = capture(f"wall {minute}".encode(), minute)
        store.take_in(RACE, "board", page, Outcome.CHALLENGE, [], [], NOON + timedelta(minutes=minute))
    assert notes.lines == [("board", Outcome.CHALLENGE, True), ("board", Outcome.CHALLENGE, False)]


def test_time_is_told_only_where_something_was_due(store: Store, notes: Notes) -> None:
    counting = replace(RACE, polls_close=NOON)
    for minute in range(6):
        page, count = capture(b"%d" % minute, minute), reading(500 + minute, 400, minute)
        now = NOON + timedelta(minutes=minute)
        store.take_in(counting, "board", page, Outcome.READ, [count], [], now)
    for minute in (6, 7, 200, 201):
        store.tick(counting, NOON + timedelta(minutes=minute))
    assert notes.lines[6:] == [("time",)]


def test_a_persons_decision_is_told_with_its_news(store: Store, notes: Notes) -> None:
    poll(store, 0, Outcome.READ, (50_000, 40_000))
    poll(store, 5, Outcome.READ, (45_000, 40_000))
    item, now = store.standing(RACE).quarantine[0], NOON + timedelta(minutes=6)
    told = store.change(RACE, lambda standing: approve(standing, item.id, now), now)
    assert notes.lines[-1] == ("person", len(told))


def test_news_without_a_change_of_belief_is_no_persons_decision(store: Store, notes: Notes) -> None:
    tell(store, event("news"))
    assert notes.lines == []
