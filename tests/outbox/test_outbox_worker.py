"""The outbox at work, on a real database, with a channel that does what the test says."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from night_facts import RACE, event, states, tell

from bot.channels import Channel
from bot.outbox import Outbox, backoff
from bot.outcome import Gone, Moved, NotSent, Outcome, Rejected, Sent, Uncertain
from bot.pacer import UNPACED, Budget, Pace, Pacer
from storage import Chat, Delivery, Store
from tally.event import Event, EventKind, Level, Tier
from tally.race import Race

Answer = Outcome | Exception | Callable[[], Awaitable[Outcome]] | None


class Scripted(Channel):
    """Answers each call with the next of ``answers``, then with Sent; keeps what it was asked to send."""

    NAME = "telegram"
    WORKERS = 3

    def __init__(self, *answers: Answer, pace: Pace = UNPACED) -> None:
        self.answers = list(answers)
        self.PACE = pace
        self.calls: list[tuple[str, str]] = []
        self.replies: list[tuple[str | None, str | None]] = []
        self.flying = 0
        self.most_flying = 0

    async def send(
        self, chat: Chat, event: Event, race: Race, *, edit_of: str | None = None, reply_to: str | None = None
    ) -> Outcome:
        assert race.id == event.race
        self.calls.append((chat.address, event.key))
        self.replies.append((edit_of, reply_to))
        self.flying += 1
        self.most_flying = max(self.most_flying, self.flying)
        try:
            answer = self.answers.pop(0) if self.answers else Sent(f"m{len(self.calls)}")
            if isinstance(answer, Exception):
                raise answer
            await asyncio.sleep(0)
            return await answer() if callable(answer) else answer  # type: ignore[return-value]
        finally:
            self.flying -= 1


def followers(store: Store, *addresses: str, **about: str) -> list[Chat]:
    chats = [store.add_chat("telegram", address, **about) for address in addresses]  # type: ignore[arg-type]
    for chat in chats:
        store.follow(chat.id, "*")
    return chats


def outbox(store: Store, channel: Channel, **more: object) -> Outbox:
    return Outbox(store, [channel], lambda race: RACE if race == RACE.id else None, **more)  # type: ignore[arg-type]


@asynccontextmanager
async def running(box: Outbox) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(box.run())
    try:
        yield task
    finally:
        await box.stop()
        await task


async def all_sent(store: Store, channel: Channel) -> None:
    box = outbox(store, channel)
    async with running(box), asyncio.timeout(20):
        await box.drained()


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries and rests within milliseconds."""
    monkeypatch.setattr("bot.outbox._STORE_REST", 0.01)
    monkeypatch.setattr("bot.outbox.backoff", lambda attempts: 0.001 * attempts)


async def test_everybody_is_told_once_each_with_few_calls_at_a_time(store: Store) -> None:
    followers(store, *map(str, range(50)))
    tell(store, event("a"), event("b"))
    channel = Scripted()
    await all_sent(store, channel)
    assert sorted(channel.calls) == sorted((str(n), key) for n in range(50) for key in "ab")
    assert set(states(store).values()) == {"sent"}
    assert channel.most_flying == 3


async def test_an_idle_outbox_sends_what_comes_when_it_is_woken(store: Store) -> None:
    followers(store, "1")
    channel = Scripted()
    box = outbox(store, channel)
    async with running(box), asyncio.timeout(10):
        await box.drained()
        for key in "abc":
            tell(store, event(key))
            box.wake()
            await box.drained()
    assert channel.calls == [("1", "a"), ("1", "b"), ("1", "c")]


async def test_an_urgent_alert_overtakes_the_backlog(store: Store) -> None:
    followers(store, *map(str, range(30)))
    tell(store, event("milestone", EventKind.MILESTONE, level=Level.ROUTINE))
    channel = Scripted()

    async def news_breaks() -> Outcome:
        tell(store, event("word", EventKind.CONCESSION, level=Level.URGENT))
        return Sent()

    channel.answers = [Sent()] * 9 + [news_breaks]
    await all_sent(store, channel)
    order = [key for _, key in channel.calls]
    assert order.index("word") <= 10 + channel.WORKERS
    first = order.index("word")
    others = order[first : first + 30]
    assert others.count("milestone") <= channel.WORKERS


FATES: list[tuple[Answer, Level, int, str]] = [
    (NotSent(why="502"), Level.ROUTINE, 2, "sent"),
    (NotSent(retry_after=0.01), Level.ROUTINE, 2, "sent"),
    (Uncertain("late"), Level.ROUTINE, 1, "uncertain"),
    (Uncertain("late"), Level.IMPORTANT, 2, "sent"),
    (Uncertain("late"), Level.URGENT, 2, "sent"),
    (RuntimeError("a mistake in the wording"), Level.ROUTINE, 1, "uncertain"),
    (TimeoutError(), Level.URGENT, 2, "sent"),
    (Gone("bot was blocked"), Level.URGENT, 1, "failed"),
    (Rejected("message is too long"), Level.URGENT, 1, "failed"),
    (Moved("-1001"), Level.URGENT, 2, "sent"),
    (None, Level.ROUTINE, 1, "uncertain"),
    (NotSent(retry_after=-5.0), Level.ROUTINE, 2, "sent"),
    (NotSent(retry_after=float("nan")), Level.ROUTINE, 2, "sent"),
]


@pytest.mark.parametrize(("answer", "level", "calls", "state"), FATES)
async def test_each_outcome_has_its_consequence_and_the_worker_goes_on(
    store: Store, answer: Answer, level: Level, calls: int, state: str
) -> None:
    followers(store, "1")
    tell(store, event("a", level=level))
    channel = Scripted(answer)
    await all_sent(store, channel)
    assert (len(channel.calls), list(states(store).values())) == (calls, [state])
    followers(store, "2")
    tell(store, event("b"))
    await all_sent(store, channel)
    assert ("2", "b") in channel.calls


async def test_a_chat_that_is_gone_is_put_to_rest_with_all_that_waits_for_it(store: Store) -> None:
    (chat,) = followers(store, "1")
    tell(store, event("a"), event("b"))
    await all_sent(store, Scripted(Gone("bot was blocked by the user")))
    assert store.chats() == []
    resting = store.chat_by_id(chat.id)
    assert resting is not None
    assert resting.why == "bot was blocked by the user"
    assert set(states(store).values()) == {"failed"}


async def test_a_group_that_moved_is_told_at_its_new_address(store: Store) -> None:
    followers(store, "-1", kind="group")
    tell(store, event("a"), event("b"))
    channel = Scripted(Moved("-1001"))
    await all_sent(store, channel)
    assert channel.calls == [("-1", "a"), ("-1001", "a"), ("-1001", "b")]


async def test_a_group_that_is_said_to_move_on_and_on_ends_no_worker(store: Store) -> None:
    followers(store, "-1")
    tell(store, event("a"))
    channel = Scripted(*(Moved(f"-{n % 2}") for n in range(6)))
    await all_sent(store, channel)
    assert len(channel.calls) == 7


async def test_a_refused_chat_waits_and_the_others_do_not(store: Store) -> None:
    followers(store, "1", "2", "3")
    tell(store, event("a"), event("b"))
    channel = Scripted(NotSent(retry_after=0.3, why="Too Many Requests"))
    await all_sent(store, channel)
    refused = channel.calls[0][0]
    assert [address for address, _ in channel.calls[1:5] if address == refused] == []
    assert [key for address, key in channel.calls if address == refused] == ["a", "a", "b"]


async def test_a_confirmation_edits_and_a_correction_replies(store: Store) -> None:
    followers(store, "1")
    tell(store, event("flash"))
    channel = Scripted(Sent("message 5"))
    await all_sent(store, channel)
    tell(store, event("sure", tier=Tier.CONFIRMED, updates="flash"))
    tell(store, event("sorry", EventKind.CONCESSION_WITHDRAWN, corrects="flash"))
    await all_sent(store, channel)
    assert dict(zip((key for _, key in channel.calls), channel.replies, strict=True)) == {
        "flash": (None, None),
        "sure": ("message 5", None),
        "sorry": (None, "message 5"),
    }


async def test_a_call_that_hangs_is_given_up_and_is_in_doubt(store: Store) -> None:
    followers(store, "1")
    tell(store, event("a", level=Level.ROUTINE))

    async def hang() -> Outcome:
        await asyncio.sleep(3600)
        return Sent()

    box = outbox(store, Scripted(hang), lease=timedelta(milliseconds=20))
    async with running(box), asyncio.timeout(10):
        await box.drained()
    assert list(states(store).values()) == ["uncertain"]
    assert store.troubles()[0].why.startswith("no answer")


async def test_an_alert_of_a_race_that_was_taken_away_is_set_aside(store: Store) -> None:
    followers(store, "1")
    hills = replace(RACE, id="hills")
    tell(store, event("there", race="hills"), race=hills)
    await all_sent(store, Scripted())
    assert [t.why for t in store.troubles()] == ["the race hills is not configured any more"]


async def test_calls_under_way_are_waited_for_at_the_end_and_nothing_new_is_begun(store: Store) -> None:
    followers(store, *map(str, range(9)))
    tell(store, event("a"))
    started, finish = asyncio.Event(), asyncio.Event()

    async def slow() -> Outcome:
        started.set()
        await finish.wait()
        return Sent("slow")

    channel = Scripted(slow, slow, slow)
    box = outbox(store, channel)
    task = asyncio.create_task(box.run())
    await started.wait()
    stopping = asyncio.create_task(box.stop())
    await asyncio.sleep(0)
    finish.set()
    await asyncio.gather(stopping, task)
    assert len(channel.calls) == 3
    assert sorted(states(store).values()) == ["pending"] * 6 + ["sent"] * 3


async def test_a_call_that_outlasts_the_patience_is_in_doubt_at_the_next_start(
    store: Store,
) -> None:
    followers(store, "1")
    tell(store, event("a"))
    started = asyncio.Event()

    async def hang() -> Outcome:
        started.set()
        await asyncio.sleep(3600)
        return Sent()

    box = outbox(store, Scripted(hang))
    task = asyncio.create_task(box.run())
    await started.wait()
    await box.stop(patience=0.01)
    await task
    assert list(states(store).values()) == ["sending"]
    again = Scripted()
    await all_sent(store, again)
    assert again.calls == [("1", "a")]


async def test_stopping_an_outbox_that_never_ran_is_nothing(store: Store) -> None:
    await outbox(store, Scripted()).stop()


async def test_what_was_sent_while_the_file_was_locked_is_written_down_later_and_not_sent_again(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    store.db.rows("pragma busy_timeout = 1")
    followers(store, *map(str, range(9)))
    tell(store, event("a"))
    other = sqlite3.connect(store.path, isolation_level=None)

    async def lock() -> Outcome:
        other.execute("begin immediate")
        asyncio.get_running_loop().call_later(0.1, other.execute, "rollback")
        return Sent("while locked")

    channel = Scripted(lock)
    with caplog.at_level(logging.ERROR):
        await all_sent(store, channel)
    other.close()
    assert sorted(channel.calls) == [(str(n), "a") for n in range(9)]
    assert set(states(store).values()) == {"sent"}
    assert "waits for its database" in caplog.text


async def test_a_mistake_in_the_outbox_itself_does_not_end_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    followers(store, "1")
    tell(store, event("a"))
    whole, failures = store.claim, [ZeroDivisionError(), ZeroDivisionError()]

    def sometimes(*args: object) -> object:
        if failures:
            raise failures.pop()
        return whole(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "claim", sometimes)
    channel = Scripted()
    await all_sent(store, channel)
    assert channel.calls == [("1", "a")]


async def test_a_wait_until_the_end_of_the_world_is_a_day(store: Store) -> None:
    followers(store, "1", "2")
    tell(store, event("a"))
    box = outbox(store, Scripted(NotSent(retry_after=1e300), NotSent(retry_after=float("inf"))))
    async with running(box), asyncio.timeout(10):
        while len(store.db.rows("select 1 from deliveries where due_at is not null")) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0)
    due = store.next_due("telegram", store.clock())
    assert due is not None
    assert due - store.clock() <= timedelta(days=1)


async def test_one_outcome_that_cannot_be_written_keeps_no_other_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    followers(store, *map(str, range(5)))
    tell(store, event("a"))
    whole = store.sent

    def not_the_first(delivery: Delivery, *rest: object) -> bool:
        if delivery.chat.address == "0":
            raise ZeroDivisionError
        return whole(delivery, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "sent", not_the_first)
    box = outbox(store, Scripted())
    async with running(box), asyncio.timeout(10):
        while store.waiting("telegram") > 1:  # noqa: ASYNC110
            await asyncio.sleep(0)
    assert sorted(states(store).values()) == ["sending"] + ["sent"] * 4


async def test_the_pace_of_a_channel_is_kept(store: Store) -> None:
    followers(store, *map(str, range(9)))
    tell(store, event("a"), event("b"))
    hour, times = [100.0], []

    async def sleep(seconds: float) -> None:
        hour[0] += seconds
        await asyncio.sleep(0)

    class Timed(Scripted):
        async def send(self, *args: object, **kwargs: object) -> Outcome:
            times.append(hour[0])
            return await super().send(*args, **kwargs)  # type: ignore[arg-type]

    channel = Timed()
    pacer = Pacer(Pace(everybody=Budget(2, 5.0)), lambda: hour[0], sleep)
    box = outbox(store, channel, pacers={"telegram": pacer})
    async with running(box), asyncio.timeout(20):
        await box.drained()
    assert len(times) == 18
    assert all(third - first >= 5.0 for first, third in zip(times, times[2:], strict=False))


async def test_a_chat_is_left_in_peace_for_as_long_as_its_budget_says(store: Store) -> None:
    followers(store, "1", "2")
    tell(store, event("a"), event("b"))
    ends: dict[str, float] = {}
    pauses: list[float] = []

    class Timed(Scripted):
        async def send(self, chat: Chat, *args: object, **kwargs: object) -> Outcome:
            clock = asyncio.get_running_loop().time
            pauses.append(clock() - ends.get(chat.address, clock() - 1))
            outcome = await super().send(chat, *args, **kwargs)  # type: ignore[arg-type]
            ends[chat.address] = clock()
            return outcome

    await all_sent(store, Timed(pace=Pace(chat=Budget(1, 0.1))))
    assert len(pauses) == 4
    assert min(pauses) >= 0.1


async def test_what_becomes_due_while_a_worker_looks_is_not_slept_through(store: Store) -> None:
    """A retry of a millisecond was due after the claim and before the question when the next one is."""
    followers(store, "1")
    tell(store, event("a"))
    (delivery,) = store.claim("telegram", store.clock())
    due = store.clock() + timedelta(seconds=5)
    store.retry(delivery, due, "502")
    start, just_before = store.clock(), due - timedelta(milliseconds=1)
    hours = iter([start, just_before])  # then it is past
    channel = Scripted()
    channel.WORKERS = 1
    box = outbox(store, channel, clock=lambda: next(hours, due + timedelta(milliseconds=1)))
    async with running(box), asyncio.timeout(10):
        await box.drained()
    assert channel.calls == [("1", "a")]


def test_the_wait_between_attempts_grows_to_a_minute_and_is_spread() -> None:
    assert 0.8 <= backoff(1) <= 1.2
    assert 12.8 <= backoff(5) <= 19.2
    assert 48 <= backoff(50) <= 72
    assert len({backoff(3) for _ in range(10)}) > 1
