"""The recorded clock: forward only, and never past the next step."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nights.clock import NightClock

START = datetime(2019, 3, 31, 19, 0, tzinfo=UTC)


class Stopwatch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_it_stands_at_the_start_until_the_night_begins() -> None:
    watch = Stopwatch()
    clock = NightClock(START, watch)
    watch.seconds = 30
    assert clock() == START


def test_it_runs_in_real_seconds_within_a_step() -> None:
    watch = Stopwatch()
    clock = NightClock(START, watch)
    clock.leap(at(0), at(600))
    watch.seconds = 2.5
    assert clock() == at(2.5)


def test_it_stops_a_second_before_the_next_step_however_slow_the_machine_is() -> None:
    watch = Stopwatch()
    clock = NightClock(START, watch)
    clock.leap(at(0), at(20))
    watch.seconds = 500
    assert clock() == at(19)


def test_a_step_that_lies_in_the_past_does_not_turn_it_back() -> None:
    watch = Stopwatch()
    clock = NightClock(START, watch)
    clock.leap(at(100), at(200))
    watch.seconds = 10
    clock.leap(at(50), at(60))
    assert clock() == at(110)


@given(st.lists(st.tuples(st.floats(0, 5000), st.floats(0, 5000), st.floats(0, 300))))
def test_it_never_goes_back(moves: list[tuple[float, float, float]]) -> None:
    watch = Stopwatch()
    clock = NightClock(START, watch)
    told = [clock()]
    for to, until, passed in moves:
        clock.leap(at(to), at(until))
        told.append(clock())
        watch.seconds += passed
        told.append(clock())
    assert told == sorted(told)
