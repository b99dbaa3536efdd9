"""Pages are let go by age and by size; what was read from them and the news stay."""

import random
from datetime import datetime, timedelta

import pytest
from night_facts import NOON, RACE, capture, reading

from storage import Store
from storage.retention import outlived
from tally.capture import Outcome

NOISE = random.Random(1)  # noqa: S311 - pages that no compression makes small


def page(store: Store, hour: int, body: bytes | None = None, source: str = "board") -> str:
    made = capture(body or NOISE.randbytes(20_000), minute=60 * hour)
    read = [reading(501 + hour, 499, hour)]
    store.take_in(RACE, source, made, Outcome.READ, read, [], NOON + timedelta(hours=hour))
    return made.body_hash


def rest(store: Store, before: datetime | None = None, most: int | None = None) -> int:
    store.flush()
    found = outlived(store.path, before, most)
    return store.let_go(found.hashes, found.seen)


def test_nothing_goes_unless_it_is_asked_for(store: Store) -> None:
    page(store, 0)
    page(store, 1)
    assert rest(store) == 0


def test_what_is_older_goes_and_what_was_read_from_it_stays(store: Store) -> None:
    hashes = [page(store, hour) for hour in range(120)]
    assert rest(store, NOON + timedelta(hours=100)) == 100
    assert [store.body(each) is not None for each in hashes] == [False] * 100 + [True] * 20
    assert len(store.readings(RACE.id)) == 120
    assert store.counts()["captures"] == 120


def test_a_page_that_was_seen_again_is_as_young_as_its_last_sight(store: Store) -> None:
    first = page(store, 0, b"the same again")
    page(store, 1)
    page(store, 2, b"the same again")
    page(store, 3)
    rest(store, NOON + timedelta(hours=2))
    assert store.body(first) is not None


def test_the_last_page_of_each_source_stays_however_old(store: Store) -> None:
    board, agency = page(store, 0), page(store, 1, source="agency")
    assert rest(store, NOON + timedelta(days=1), 0) == 0
    assert store.body(board) is not None
    assert store.body(agency) is not None


def test_by_size_the_oldest_go_until_it_fits(store: Store) -> None:
    hashes = [page(store, hour) for hour in range(10)]
    each = store.pages_size() // 10
    rest(store, most=each * 4)
    assert store.pages_size() <= each * 4
    assert [store.body(one) is not None for one in hashes] == [False] * 6 + [True] * 4


@pytest.mark.parametrize("most", [0, 1])
def test_no_room_at_all_leaves_the_last_page(store: Store, most: int) -> None:
    hashes = [page(store, hour) for hour in range(5)]
    rest(store, most=most)
    assert [store.body(one) is not None for one in hashes] == [False] * 4 + [True]


def test_a_page_that_comes_again_while_the_old_ones_are_looked_for_stays(store: Store) -> None:
    again = page(store, 0, b"comes again")
    gone = page(store, 1)
    page(store, 2)
    found = outlived(store.path, NOON + timedelta(days=1), None)
    assert set(found.hashes) == {again, gone}
    page(store, 3, b"comes again")
    assert store.let_go(found.hashes, found.seen) == 1
    assert store.body(again) is not None
