"""The pacer: budgets for all and for each, measured on a clock that tests turn."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pacer import TELEGRAM, UNPACED, Budget, Pace, Pacer


class Time:
    """A clock on which sleeping takes no time."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


class Ticking(Time):
    """A clock for many who sleep at once: it goes on by itself, the same for all of them."""

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        while self.now < until:  # noqa: ASYNC110 - this is the clock
            await asyncio.sleep(0)

    async def run(self) -> None:
        while True:
            self.now += 0.005
            await asyncio.sleep(0)


@pytest.fixture
def time() -> Time:
    return Time()


def pacer(time: Time, pace: Pace = TELEGRAM) -> Pacer:
    return Pacer(pace, time, time.sleep)


def most_within(times: Sequence[float], seconds: float) -> int:
    """The most calls in any window of so many seconds, its end left out."""
    return max(sum(1 for other in times if start <= other < start + seconds) for start in times)


@given(gaps=st.lists(st.floats(0, 0.3), min_size=1, max_size=120))
async def test_no_second_ever_sees_more_than_thirty_calls(gaps: list[float]) -> None:
    time = Time()
    paced, times = pacer(time), []
    for gap in gaps:
        await paced.turn()
        times.append(time())
        time.now += gap
    assert most_within(times, 1.0) <= 30


async def test_a_long_fan_out_takes_hardly_longer_than_the_limit_makes_it(time: Time) -> None:
    paced, start = pacer(time), time()
    for _ in range(3000):
        await paced.turn()
    assert 99.0 < time() - start < 100 * 1.05


async def test_a_machine_that_wakes_ten_milliseconds_late_is_hardly_slower(time: Time) -> None:
    """Ten thousand chats once took 7.5 % longer than they must: each fifth of a second was late."""

    async def oversleep(seconds: float) -> None:
        await time.sleep(seconds + 0.01)

    paced, start = Pacer(TELEGRAM, time, oversleep), time()
    for _ in range(3000):
        await paced.turn()
        paced.begin()
    assert time() - start < 100 * 1.05


async def test_the_budget_is_spent_in_parts_so_that_an_urgent_alert_waits_no_second(
    time: Time,
) -> None:
    paced = pacer(time)
    for _ in range(30):
        await paced.turn()
    before = time()
    await paced.turn()
    assert time() - before < 0.25


async def test_a_turn_that_was_not_used_is_had_again(time: Time) -> None:
    paced, start = pacer(time), time()
    for _ in range(500):
        await paced.turn()
        paced.give_back()
    assert time() == start


async def test_a_channel_without_budgets_never_waits(time: Time) -> None:
    paced, start = pacer(time, UNPACED), time()
    for number in range(500):
        await paced.turn()
        paced.called(str(number % 3))
        paced.give_back()
    assert (time(), paced.held(), paced.next_free()) == (start, frozenset(), None)


async def test_a_chat_is_held_for_a_second_after_its_call_and_no_other(time: Time) -> None:
    paced = pacer(time)
    paced.called("1")
    assert paced.held() == {"1"}
    assert paced.next_free() == pytest.approx(1.005)
    time.now += 0.9
    assert paced.held() == {"1"}
    time.now += 0.2
    assert paced.held() == frozenset()


async def test_a_group_gets_twenty_a_minute_and_a_private_chat_sixty(time: Time) -> None:
    for group, most in ((True, 20), (False, 60)):
        times: list[float] = []
        paced = pacer(time)
        while len(times) < 65:
            if "-1" in paced.held():
                wait = paced.next_free()
                assert wait is not None
                time.now += wait + 1e-6
            else:
                times.append(time())
                paced.called("-1", group=group)
        assert most_within(times, 60.0) <= most
        assert most_within(times, 1.0) == 1
        assert times[-1] - times[0] < 65 / most * 60 * 1.05


async def test_a_refusal_holds_that_chat_for_as_long_as_it_says_and_nobody_else(time: Time) -> None:
    paced, start = pacer(time), time()
    paced.refused("1", 30.0)
    paced.called("1")
    await paced.turn()
    assert (time(), set(paced.held())) == (start, {"1"})
    time.now += 29.9
    assert paced.held() == {"1"}
    time.now += 0.2
    assert paced.held() == frozenset()


async def test_refusals_in_the_same_chat_again_and_again_do_not_stop_the_others(time: Time) -> None:
    paced = pacer(time)
    for _ in range(10):
        paced.refused("1", 1.0)
    before = time()
    await paced.turn()
    assert time() == before


async def test_refusals_in_many_chats_at_once_mean_everybody_for_a_while(time: Time) -> None:
    paced = pacer(time)
    for chat in ("1", "2", "3"):
        paced.refused(chat, 7.0)
    before = time()
    await paced.turn()
    assert time() - before == pytest.approx(7.0)
    slow = [time()]
    while time() < before + 60:
        await paced.turn()
        slow.append(time())
    assert most_within(slow, 2.0) <= 30
    time.now += 60
    fast = []
    for _ in range(60):
        await paced.turn()
        fast.append(time())
    assert fast[-1] - fast[0] < 2.1


async def test_refusals_that_are_far_apart_mean_each_its_own_chat(time: Time) -> None:
    paced = pacer(time)
    for chat in ("1", "2", "3", "4"):
        paced.refused(chat, 1.0)
        time.now += 11
    before = time()
    await paced.turn()
    assert time() == before


async def test_turns_are_given_in_the_order_in_which_they_were_asked_for(time: Time) -> None:
    paced, order = pacer(time, Pace(everybody=Budget(1, 1.0))), []

    async def ask(name: int) -> None:
        await paced.turn()
        order.append(name)

    await asyncio.gather(*(ask(n) for n in range(5)))
    assert order == [0, 1, 2, 3, 4]


async def test_chats_that_are_free_again_are_forgotten(time: Time) -> None:
    paced = pacer(time)
    for number in range(10_000):
        paced.called(str(number), group=number % 2 == 0)
        time.now += 0.03
    assert len(paced.held()) < 40
    assert len(paced._chats) < 3000
    time.now += 100
    for _ in range(2000):
        paced.called("1")
    assert (set(paced.held()), len(paced._chats)) == ({"1"}, 1)


async def test_alerts_and_answers_together_keep_to_the_limit(time: Time) -> None:
    paced, times = pacer(time), []
    for number in range(300):
        await (paced.answer() if number % 3 else paced.turn())
        times.append(time())
    assert most_within(times, 1.0) <= 30


async def test_answers_leave_most_of_the_budget_to_alerts_that_wait() -> None:
    time = Ticking()
    paced, told = pacer(time), []

    async def many(turn: str) -> None:
        while time() < 1010:
            await getattr(paced, turn)()
            told.append(turn)

    # As many answers at a time as there are, and the three workers of the outbox.
    crowd = [*(many("answer") for _ in range(8)), *(many("turn") for _ in range(3))]
    clock = asyncio.create_task(time.run())
    await asyncio.gather(*crowd)
    clock.cancel()
    assert told.count("turn") > 0.75 * len(told)
    assert told.count("answer") > 0.1 * len(told)


async def test_answers_have_all_of_it_while_no_alert_waits(time: Time) -> None:
    paced, start = pacer(time), time()
    for _ in range(300):
        await paced.answer()
    assert time() - start < 10 * 1.05


async def test_an_unpaced_channel_answers_at_once(time: Time) -> None:
    paced, start = pacer(time, UNPACED), time()
    for _ in range(100):
        await paced.answer()
    assert time() == start


async def test_a_call_that_was_late_on_its_way_counts_from_when_it_may_have_arrived(time: Time) -> None:
    """The call thirty after it once reached the server within the same second: 429."""
    paced = pacer(time)

    async def call(took: float) -> float:
        await paced.turn()
        began = paced.begin()
        time.now += took
        paced.called(f"chat {began}", began=began)
        return began

    await call(0.01)
    first = await call(0.31)  # three tenths late
    rest = [await call(0.01) for _ in range(30)]
    assert rest[-1] >= first + 0.3 + 1.0


async def test_calls_that_all_take_longer_are_not_slower_for_it(time: Time) -> None:
    paced = pacer(time)
    for took in [0.06] * 100 + [0.09] * 100:
        await paced.turn()
        began = paced.begin()
        paced.called(f"chat {began}", began=began - took)
    start = time()
    for _ in range(300):
        await paced.turn()
        began = paced.begin()
        paced.called(f"chat {began}", began=began - 0.09)
    assert time() - start < 10 * 1.05
