"""A watch at work, and a race for it to watch."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from scrapers.spiders.polled import Polled
from scrapers.spiders.watch import Watch
from tally.clock import system_clock
from tally.race import Candidate, Race, Source

ALDER, BIRCH = Candidate("alder", "Ada Alder"), Candidate("birch", "Ben Birch")
RACE = Race("oak-2031", "Oak County", date(2031, 5, 4), ZoneInfo("UTC"), (ALDER, BIRCH))


def source(url: str, name: str = "page", kind: str = "text", **more: Any) -> Source:
    return Source(name, url, kind, "gazette", **more)


class Watching:
    """A watch at work. ``poll`` polls a source and waits for what came of it."""

    def __init__(self, **options: Any) -> None:
        self.got: list[Polled] = []
        self._arrived: asyncio.Queue[Polled] = asyncio.Queue()
        self.refuse: Callable[[Polled], bool] = lambda polled: False
        options.setdefault("allow_hosts", ["127.0.0.1"])
        self.watch = Watch(self._take, clock=system_clock, **options)

    def _take(self, polled: Polled) -> None:
        self.got.append(polled)
        self._arrived.put_nowait(polled)
        if self.refuse(polled):
            raise RuntimeError("the store is full")

    async def next(self, seconds: float = 10) -> Polled:
        return await asyncio.wait_for(self._arrived.get(), seconds)

    async def poll(self, wanted: Source, race: Race = RACE) -> Polled:
        assert self.watch.poll(race, wanted), "the watch would not poll now"
        return await self.next()

    async def poll_when_let(self, wanted: Source, seconds: float = 5) -> Polled:
        async with asyncio.timeout(seconds):
            while not self.watch.poll(RACE, wanted):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        return await self.next()
