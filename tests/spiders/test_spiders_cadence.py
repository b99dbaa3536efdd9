"""How often a source is asked: by the night, by its page, by its server, and within the operator's bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.spiders.cadence import Bounds, Facts, interval, jittered
from scrapers.spiders.freshness import seconds_fresh
from scrapers.spiders.spacing import Spacing
from tally.race import Source
from tally.stage import Stage

BOARD = Source("board", "https://board.example/", "table", "board", cadence=30.0)
USUAL = Bounds.of(BOARD)
COUNTING = Stage.COUNTING


@pytest.mark.parametrize(
    ("stage", "seconds"),
    [(Stage.BEFORE, 300), (COUNTING, 30), (Stage.CALLED, 60), (Stage.DECLARED, 180), (Stage.SETTLED, 600)],
)
def test_slow_before_the_count_fast_while_it_goes_on_and_slower_the_more_is_said(
    stage: Stage, seconds: float
) -> None:
    assert interval(USUAL, stage, Facts()) == seconds


def test_one_poll_is_made_as_the_polls_close() -> None:
    assert interval(USUAL, Stage.BEFORE, Facts(), until_counting=3600) == 300
    assert interval(USUAL, Stage.BEFORE, Facts(), until_counting=100) == 100
    assert interval(USUAL, Stage.BEFORE, Facts(), until_counting=0.5) == 15, "but not in a burst"


@pytest.mark.parametrize(
    ("moved", "seconds"), [(0, 15), (149, 15), (151, 30), (600, 30), (900, 45), (1200, 60), (99_999, 120)]
)
def test_a_page_that_just_changed_is_asked_more_often_and_one_that_stands_still_less(
    moved: float, seconds: float
) -> None:
    assert interval(USUAL, COUNTING, Facts(moved=moved)) == seconds


def test_a_page_that_was_never_seen_to_change_is_asked_less_too_but_not_for_what_was_before_the_count() -> (
    None
):
    assert interval(USUAL, COUNTING, Facts(known=599), until_counting=-9999) == 30
    assert interval(USUAL, COUNTING, Facts(known=1200), until_counting=-9999) == 60
    assert interval(USUAL, COUNTING, Facts(known=36_000), until_counting=-1) == 30
    assert interval(USUAL, COUNTING, Facts(moved=36_000), until_counting=-900) == 45


def test_down_to_five_seconds_only_where_the_operator_says_so() -> None:
    just_now = Facts(moved=1)
    fast = Source("board", "https://board.example/", "table", "board", cadence=20.0, fastest=5.0)
    assert interval(Bounds.of(fast), COUNTING, just_now) == 5
    assert interval(USUAL, COUNTING, just_now) == 15
    brisk = Source("board", "https://board.example/", "table", "board", cadence=5.0)
    assert interval(Bounds.of(brisk), COUNTING, just_now) == 5


def test_a_servers_word_on_how_long_its_page_holds_is_kept_within_the_bounds() -> None:
    assert interval(USUAL, COUNTING, Facts(fresh=50)) == 50
    assert interval(USUAL, COUNTING, Facts(fresh=86_400)) == 120, "a mistaken day must not blind the night"
    own = Source("board", "https://board.example/", "table", "board", cadence=30.0, slowest=30.0)
    assert interval(Bounds.of(own), COUNTING, Facts(fresh=86_400)) == 30


def test_who_asks_to_be_left_alone_is_beyond_every_bound() -> None:
    assert interval(USUAL, COUNTING, Facts(moved=0, held=3600)) == 3600
    assert interval(USUAL, Stage.BEFORE, Facts(held=900), until_counting=60) == 900


spans = st.floats(0, 1e6)


@given(
    st.floats(1, 86_400),
    st.floats(0.01, 1),
    st.floats(1, 100),
    st.sampled_from(Stage),
    st.none() | spans,
    spans,
    st.floats(-1e6, 1e6),
)
def test_the_operators_bounds_hold_whatever_the_page_and_the_hour(
    cadence: float,
    part: float,
    times: float,
    stage: Stage,
    moved: float | None,
    fresh: float,
    until: float,
) -> None:
    fastest, slowest = cadence * part, cadence * times
    bounds = Bounds(cadence, fastest, slowest)
    seconds = interval(bounds, stage, Facts(moved, fresh), until)
    assert min(fastest, slowest) <= seconds <= max(fastest, slowest)
    by_default = interval(
        Bounds.of(Source("x", "http://x.example/", "text", "x", cadence=cadence)),
        stage,
        Facts(moved, fresh),
        until,
    )
    assert min(cadence, 15) <= by_default <= max(4 * cadence, 900)


@given(st.floats(0, 1e4), st.floats(0, 1e4), st.floats(1, 3600))
def test_the_longer_a_page_stands_still_the_less_it_is_asked(
    one: float, other: float, cadence: float
) -> None:
    bounds = Bounds(cadence, cadence / 2, None)
    sooner, later = sorted((one, other))
    assert interval(bounds, COUNTING, Facts(moved=sooner)) <= interval(bounds, COUNTING, Facts(moved=later))


@given(st.floats(0, 1e5), st.floats(0, 1))
def test_jitter_is_a_twentieth_either_way(seconds: float, chance: float) -> None:
    assert 0.949 * seconds <= jittered(seconds, chance) <= 1.051 * seconds


@given(st.lists(st.tuples(st.floats(0, 100), st.booleans()), max_size=40), st.floats(0.01, 1))
def test_moments_of_one_host_are_kept_apart_and_never_come_earlier(
    wishes: list[tuple[float, bool]], gap: float
) -> None:
    spacing, taken = Spacing(), []
    for wanted, keep in wishes:
        moment = spacing.take(wanted, gap)
        assert moment >= wanted
        assert all(abs(moment - other) >= gap * 0.999 for other in taken)
        if keep:
            taken.append(moment)
        else:
            spacing.free(moment)
    assert len(spacing) == len(taken)


def test_a_moment_is_put_off_no_further_than_those_in_its_way() -> None:
    spacing = Spacing()
    assert [spacing.take(10.0, 1.0) for _ in range(3)] == [10.0, 11.0, 12.0]
    spacing.free(11.0)
    assert spacing.take(10.0, 1.0) == 11.0
    assert spacing.take(8.5, 1.0) == 8.5
    spacing.free(99.0)


@pytest.mark.parametrize(
    ("control", "age", "seconds"),
    [
        (None, None, 0),
        (b"max-age=60", None, 60),
        (b"public, MAX-AGE = 60, s-maxage=3600", b"20", 40),
        (b'max-age="30"', b"", 30),
        (b"max-age=60", b"90", 0),
        (b"no-cache, max-age=60", None, 0),
        (b"max-age=60, no-store", None, 0),
        (b"s-maxage=60", None, 0),
        (b"x-max-age=60", None, 0),
        (b"max-age=soon", None, 0),
        (b"max-age=99999999999999999999", b"what", 999_999_999),
    ],
)
def test_a_servers_cache_control_is_read_in_seconds(control, age, seconds: float) -> None:
    assert seconds_fresh(control, age) == seconds
