"""How fast a channel may be used: by everybody together, and chat by chat.

A pacer decides nothing about who goes first; it says when the next call may be
made at all (``turn``) and which chats must wait (``held``). The outbox then
takes the most urgent delivery whose chat is free, so that an urgent alert
waits behind the calls in flight and never behind the backlog.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

# A server counts when a call reaches it, and calls do not all take the same time on the way.
_MARGIN = 0.02
# A 429 names one chat. When so many chats get one within so many seconds, all are meant.
_CHATS_FOR_ALL = 3
_WITHIN = 10.0
# And then everybody goes at half the speed for so long.
_SLOW_FOR = 60.0
_LONGEST_PAUSE = 60.0


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
        span = self.budget.seconds * factor + _MARGIN
        while self.calls and self.calls[0] + span <= now:
            self.calls.popleft()
        if len(self.calls) < self.budget.calls:
            return now
        return self.calls[-self.budget.calls] + span

    def count(self, now: float) -> None:
        """Note a call."""
        self.calls.append(now)


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
        self._everybody = Window(pace.everybody) if pace.everybody else None
        self._chats: dict[str, list[Window]] = {}
        self._held: dict[str, float] = {}
        self._refusals: deque[tuple[float, str]] = deque()
        self._paused_until = 0.0
        self._slow_until = 0.0
        self._queue = asyncio.Lock()

    async def turn(self) -> None:
        """Wait until the channel may make one more call, and take that turn."""
        async with self._queue:
            while (wait := self._free_at() - self._monotonic()) > 0:
                await self._sleep(wait)
            if self._everybody:
                self._everybody.count(self._monotonic())

    def give_back(self) -> None:
        """The turn just taken was not used: there was nothing to send."""
        if self._everybody and self._everybody.calls:
            self._everybody.calls.pop()

    def called(self, address: str, *, group: bool = False) -> None:
        """A call to this chat has ended. Its budget runs from here: the server had it by now, never later."""
        now = self._monotonic()
        windows = self._chats.get(address)
        if windows is None:
            budgets = (self.pace.chat, self.pace.group if group else None)
            windows = self._chats[address] = [Window(budget) for budget in budgets if budget]
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
            self._forget_idle(address, now)
        return frozenset(self._held)

    def next_free(self) -> float | None:
        """In how many seconds the first held chat is free; None if none is held."""
        if not self._held:
            return None
        return max(min(self._held.values()) - self._monotonic(), 0.0)

    def _free_at(self) -> float:
        now = self._monotonic()
        if self._everybody is None:
            return self._paused_until
        factor = 2.0 if now < self._slow_until else 1.0
        return max(self._paused_until, self._everybody.free_at(now, factor))

    def _hold(self, address: str, until: float) -> None:
        if until > self._monotonic():
            self._held[address] = max(until, self._held.get(address, 0.0))

    def _forget_idle(self, address: str, now: float) -> None:
        windows = self._chats.get(address, [])
        for window in windows:
            window.free_at(now)
        if not any(window.calls for window in windows):
            self._chats.pop(address, None)
