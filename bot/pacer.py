"""How fast a channel may be used: by everybody together, and chat by chat.

A pacer decides nothing about who goes first; it says when the next call may be
made at all (``turn``) and which chats must wait (``held``). The outbox then
takes the most urgent delivery whose chat is free, so that an urgent alert
waits behind the calls in flight and never behind the backlog.
"""

import asyncio
import time
from bisect import insort
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

# Clocks are not the same here and there.
_MARGIN = 1.005
# A server counts a call when it arrives, and calls do not all take the same time on the way: by so much as a
# call took longer than the quickest of the last ones it may have arrived later. A margin for all of them was
# too small on a busy machine (429 for the call that overtook another) and cost 2 % everywhere else.
_LATEST = 64
# A large budget is spent about a fifth at a time, so that an urgent alert never waits a whole second for
# its turn. A part holds a little more than its share, so that a call that is late on a busy machine is made
# up for within the second: when each fifth was late by itself, ten thousand chats took 7.5 % too long.
_PARTS = 5
_CATCH_UP = 1.2
_LARGE = 10
# A 429 names one chat. When so many chats get one within so many seconds, all are meant.
_CHATS_FOR_ALL = 3
_WITHIN = 10.0
# And then everybody goes at half the speed for so long.
_SLOW_FOR = 60.0
_LONGEST_PAUSE = 60.0
# Answers to commands are calls as well. While alerts wait they get this part of the budget: at a lead change
# a thousand readers tap "Chart" at once, and the next alert must not stand in line behind them.
_FOR_ANSWERS = 0.2
_LOOK_AGAIN = 0.05


@dataclass(frozen=True, slots=True)
class Budget:
    """At most ``calls`` in any ``seconds``."""

    calls: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Pace:
    """The budgets of a channel: for everybody together, for each chat, and for a group besides.

    None is unlimited.
    """

    everybody: Budget | None = None
    chat: Budget | None = None
    group: Budget | None = None


UNPACED = Pace()
# About 30 messages a second over all chats, 1 a second in one chat, 20 a minute in a group; edits count too.
TELEGRAM = Pace(everybody=Budget(30, 1.0), chat=Budget(1, 1.0), group=Budget(20, 60.0))


@dataclass(slots=True)
class Window:
    """The calls of the last seconds, measured against one budget."""

    budget: Budget
    calls: deque[float] = field(default_factory=deque)

    def free_at(self, now: float, factor: float = 1.0) -> float:
        """The moment from which one more call keeps to the budget (``factor`` times as slow)."""
        span = self.budget.seconds * factor * _MARGIN
        while self.calls and self.calls[0] + span <= now:
            self.calls.popleft()
        if len(self.calls) < self.budget.calls:
            return now
        return self.calls[-self.budget.calls] + span

    def idle(self, now: float) -> bool:
        """Whether no call counts against the budget any more."""
        self.free_at(now)
        return not self.calls

    def count(self, now: float) -> None:
        """Note a call."""
        self.calls.append(now)

    def put_off(self, began: float, arrived: float) -> None:
        """A call that began then may have been counted as late as that."""
        with suppress(ValueError):
            self.calls.remove(began)
        insort(self.calls, arrived)


def _in_parts(budget: Budget | None) -> list[Budget]:
    if budget is None:
        return []
    if budget.calls < _LARGE:
        return [budget]
    return [budget, Budget(round(_CATCH_UP * budget.calls / _PARTS), budget.seconds / _PARTS)]


def _part_for_answers(budget: Budget) -> Budget:
    return Budget(max(1, round(budget.calls * _FOR_ANSWERS)), budget.seconds)


class Pacer:
    """Keeps one channel to its pace. ``monotonic`` and ``sleep`` are in seconds."""

    def __init__(
        self,
        pace: Pace,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.pace = pace
        self._monotonic = monotonic
        self._sleep = sleep
        self._everybody = [Window(budget) for budget in _in_parts(pace.everybody)]
        self._answers = Window(_part_for_answers(pace.everybody)) if pace.everybody else None
        self._alerts_waiting = 0
        self._took = deque([0.0], maxlen=_LATEST)  # of the first calls nobody knows when they arrived
        self._chats: dict[str, list[Window]] = {}
        self._held: dict[str, float] = {}
        self._refusals: deque[tuple[float, str]] = deque()
        self._paused_until = 0.0
        self._slow_until = 0.0
        self._queue = asyncio.Lock()

    async def turn(self) -> None:
        """Wait until the channel may make one more call, and take that turn."""
        self._alerts_waiting += 1
        try:
            await self._take()
        finally:
            self._alerts_waiting -= 1

    async def answer(self) -> None:
        """The same for an answer to somebody, which leaves most of the budget to alerts that wait."""
        while (wait := self._until_answer()) > 0:
            await self._sleep(min(wait, _LOOK_AGAIN))  # the alerts may be out before that
        if self._answers is not None:
            self._answers.count(self._monotonic())
        await self._take()

    def _until_answer(self) -> float:
        now = self._monotonic()
        wait = self._answers.free_at(now) - now if self._answers else 0.0
        return wait if self._alerts_waiting else 0.0

    async def _take(self) -> None:
        async with self._queue:
            while (wait := self._free_at() - self._monotonic()) > 0:
                await self._sleep(wait)
            for window in self._everybody:
                window.count(self._monotonic())

    def begin(self) -> float:
        """The call begins now, which is returned: its turn counts from here and not from before the claim."""
        now = self._monotonic()
        for window in self._everybody:
            window.calls[-1] = now
        return now

    def give_back(self) -> None:
        """The turn just taken was not used: there was nothing to send."""
        for window in self._everybody:
            window.calls.pop()

    def called(self, address: str, *, group: bool = False, began: float | None = None) -> None:
        """A call to this chat has ended. Its budget runs from here: the server had it by now, never later.

        With the moment when it ``began``, everybody's budget is corrected for the time that it took.
        """
        now = self._monotonic()
        if began is not None:
            self._took.append(now - began)
            late = now - began - min(self._took)
            for window in self._everybody if late > 0 else ():
                window.put_off(began, began + late)
        self._forget_idle(now)
        budgets = (self.pace.chat, self.pace.group if group else None)
        # Taken out and put in again: the dict is in the order of the last calls.
        windows = self._chats.pop(address, None) or [Window(budget) for budget in budgets if budget]
        self._chats[address] = windows
        for window in windows:
            window.count(now)
        self._hold(address, max((window.free_at(now) for window in windows), default=now))

    def refused(self, address: str, retry_after: float) -> None:
        """A 429: hold this chat, and only this chat, unless many are told the same at once."""
        now = self._monotonic()
        self._hold(address, now + retry_after)
        self._refusals.append((now, address))
        while self._refusals[0][0] < now - _WITHIN:
            self._refusals.popleft()
        if len({chat for _, chat in self._refusals}) >= _CHATS_FOR_ALL:
            self._paused_until = now + min(retry_after, _LONGEST_PAUSE)
            self._slow_until = self._paused_until + _SLOW_FOR
            self._refusals.clear()

    def held(self) -> frozenset[str]:
        """The addresses that must wait now."""
        now = self._monotonic()
        for address in [a for a, until in self._held.items() if until <= now]:
            del self._held[address]
        return frozenset(self._held)

    def next_free(self) -> float | None:
        """In how many seconds the first held chat is free; None if none is held."""
        if not self._held:
            return None
        return max(min(self._held.values()) - self._monotonic(), 0.0)

    def _free_at(self) -> float:
        now = self._monotonic()
        factor = 2.0 if now < self._slow_until else 1.0
        return max(self._paused_until, *(window.free_at(now, factor) for window in self._everybody), 0.0)

    def _hold(self, address: str, until: float) -> None:
        if until > self._monotonic():
            self._held[address] = max(until, self._held.get(address, 0.0))

    def _forget_idle(self, now: float) -> None:
        """Of the chats called longest ago, forget two whose budgets are whole again: more than come in."""
        for address in list(islice(self._chats, 2)):
            if all(window.idle(now) for window in self._chats[address]):
                del self._chats[address]
