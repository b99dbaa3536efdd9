"""The queue of updates: offsets, redelivery, long polls that block, and one poller at a time."""

import asyncio
import itertools
from collections import deque
from collections.abc import Callable

from tests.emulator.errors import Json, bad_request, terminated, webhook_active

LONGEST_POLL = 50
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    """What happened, until the bot confirms that it knows."""

    def __init__(self, confirmed: Callable[[], None]) -> None:
        self._when_confirmed = confirmed
        self._queue: deque[Json] = deque()
        self._ids = itertools.count(100_001)
        self._arrived = asyncio.Event()
        self._poller: asyncio.Future[None] | None = None
        self._allowed: list[str] | None = None
        self.webhook: Json | None = None
        self.polls = 0
        self.longest_poll = LONGEST_POLL

    def put(self, kind: str, content: Json) -> None:
        """Something happened; kinds the bot did not ask for are never kept."""
        if not self._wanted(kind):
            return
        self._queue.append({"update_id": next(self._ids), kind: content})
        self._arrived.set()

    def allow(self, kinds: list[str] | None) -> None:
        """What the bot wants to hear of, until it says otherwise."""
        if kinds is not None:
            self._allowed = kinds

    @property
    def waiting(self) -> int:
        """How many updates are not confirmed yet."""
        return len(self._queue)

    async def get(self, offset: int, limit: int, seconds: int) -> list[Json]:
        """One getUpdates: confirms all below ``offset`` and waits up to ``seconds``."""
        if self.webhook is not None:
            raise webhook_active()
        if not 1 <= limit <= 100:
            limit = 100
        if seconds < 0:
            raise bad_request("timeout must be non-negative")
        self.polls += 1
        mine = self._take_over()
        self._confirm(offset)
        try:
            await self._wait(mine, min(seconds, self.longest_poll))
            return list(itertools.islice(self._queue, limit))
        finally:
            if self._poller is mine:
                self._poller = None

    def pop(self) -> Json | None:
        """The oldest update, for a webhook."""
        return self._queue[0] if self._queue else None

    def confirmed(self) -> None:
        """The webhook took the oldest."""
        self._queue.popleft()

    def drop(self) -> None:
        """Forget what waits (``drop_pending_updates``)."""
        self._queue.clear()

    async def arrival(self) -> None:
        """Until there is an update."""
        if not self._queue:
            self._arrived.clear()
            await self._arrived.wait()

    def _take_over(self) -> "asyncio.Future[None]":
        """The poll that came before this one is told that it is over."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(terminated())
        self._poller = asyncio.get_running_loop().create_future()
        self._poller.add_done_callback(lambda future: future.cancelled() or future.exception())
        return self._poller

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popleft()
        while offset > 0 and self._queue and self._queue[0]["update_id"] < offset:
            self._queue.popleft()
        self._when_confirmed()

    async def _wait(self, taken_over: "asyncio.Future[None]", seconds: int) -> None:
        if self._queue or not seconds:
            return
        arrival = asyncio.ensure_future(self.arrival())
        try:
            await asyncio.wait({arrival, taken_over}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            arrival.cancel()
        if taken_over.done():
            taken_over.result()

    def _wanted(self, kind: str) -> bool:
        return kind in self._allowed if self._allowed else kind not in NOT_BY_DEFAULT
