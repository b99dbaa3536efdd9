"""A total that falls waits for the next poll, also where that poll finds the page unchanged."""

from datetime import timedelta

from night_facts import NOON, RACE, capture, reading

from storage import Store
from tally.capture import Outcome
from tally.event import EventKind


def test_a_fall_that_still_stands_on_an_unchanged_page_is_told_as_a_revision(store: Store) -> None:
    """Held for the next poll, and the next poll is a 304: the parser never sees those numbers again."""

    def read(ash: int, birch: int, minute: int) -> list[EventKind]:
        page = capture(f"{ash} {birch}".encode(), minute)
        now = NOON + timedelta(minutes=minute)
        intake = store.take_in(RACE, "board", page, Outcome.READ, [reading(ash, birch, minute)], [], now)
        return [event.kind for event in intake.events]

    def unchanged(minute: int) -> list[EventKind]:
        now = NOON + timedelta(minutes=minute)
        intake = store.take_in(RACE, "board", None, Outcome.UNCHANGED, [], [], now)
        return [event.kind for event in intake.events]

    read(50_000, 40_000, 0)
    read(55_000, 47_000, 5)
    assert EventKind.LEAD_CHANGE not in read(45_000, 47_100, 10)
    told = unchanged(11)
    assert EventKind.REVISED in told
    assert store.standing(RACE).leader == "birch"
    assert unchanged(12) == []
