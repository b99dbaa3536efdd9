"""A race that adds up others: its totals and its news, beside the standings they come from."""

from dataclasses import replace

from night_facts import NOON, OTHER, RACE, event

from storage import Store
from tally.capture import Outcome
from tally.claim import Claim, ClaimKind
from tally.evidence import Evidence
from tally.race import Race

COLLEGE = replace(RACE, id="college", sources=(), adds_up={"harbour": 3, "hills": 4}, majority=4)


def call(store: Store, race: Race, candidate: str) -> None:
    said = Claim(
        *(race.id, ClaimKind.CALLED, "wire", NOON, Evidence(f"wire calls {race.id}"), "wire", candidate)
    )
    store.take_in(race, "board", None, Outcome.READ, [], [said], NOON)


def test_the_news_of_a_sum_is_stored_once_with_whom_to_tell(store: Store) -> None:
    chat = store.add_chat("telegram", "1")
    store.follow(chat.id, "college")
    call(store, RACE, "ash")
    assert store.add_up(COLLEGE, [RACE, OTHER], NOON) == ()
    call(store, OTHER, "ash")
    (told,) = store.add_up(COLLEGE, [RACE, OTHER], NOON)
    assert (told.race, told.after, told.details["total"]) == ("college", "above", 7)
    assert store.event(told.key) == told
    assert store.counts()["deliveries.pending"] == 1
    assert store.add_up(COLLEGE, [RACE, OTHER], NOON) == ()


def test_a_sum_goes_on_where_it_was_after_a_restart(store: Store) -> None:
    call(store, RACE, "ash")
    call(store, OTHER, "ash")
    assert len(store.add_up(COLLEGE, [RACE, OTHER], NOON)) == 1
    store._standings.clear()
    assert store.add_up(COLLEGE, [RACE, OTHER], NOON) == ()
    assert event("other").key != store.events("college")[0].key
