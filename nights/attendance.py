"""Who has come for what: the newsroom moves on when its watcher has seen the page.

It judges by requests alone and knows nothing of whoever watches: a version was
seen when it was asked for, and taken in when the same page was asked for again.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# A page nobody asks for within this time is not watched (or its watcher has died and may come back).
PATIENCE = 10.0
# How long a watcher may take to come back to a page it has just fetched.
TAKING_IN = 2.0


@dataclass(slots=True)
class Showing:
    """One version on show; the times are monotonic seconds, ``first_at`` None until it is asked for."""

    step: int
    url: str
    version: str
    since: float
    first_at: float | None = None
    requests: int = 0


class Attendance:
    """Counts the requests for what is on show, and waits for them."""

    def __init__(self, patience: float = PATIENCE, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.showings: list[Showing] = []
        self._patience = patience
        self._monotonic = monotonic
        self._on_show: dict[str, Showing] = {}
        self._unwatched: set[str] = set()
        self._somebody = True
        self._knock = asyncio.Event()

    def show(self, step: int, url: str, version: str) -> Showing:
        """A new version is on show at ``url`` from now."""
        showing = Showing(step, url, version, self._monotonic())
        self._on_show[url] = showing
        self.showings.append(showing)
        return showing

    def asked(self, url: str) -> None:
        """Somebody asks for ``url``."""
        self._somebody = True
        self._unwatched.discard(url)
        showing = self._on_show.get(url)
        if showing is not None:
            showing.requests += 1
            showing.first_at = self._monotonic() if showing.first_at is None else showing.first_at
        self._knock.set()

    async def taken_in(self, showings: Sequence[Showing]) -> None:
        """Wait until each was fetched and asked for once more; never longer than patience allows."""
        watched = [showing for showing in showings if showing.url not in self._unwatched]
        patience = self._patience if self._somebody else 0.0
        self._somebody = False
        await self._requested(watched, 1, patience)
        self._unwatched |= {showing.url for showing in watched if not showing.requests}
        self._somebody = self._somebody or any(s.requests for s in watched) or not watched
        await self._requested([showing for showing in watched if showing.requests], 2, TAKING_IN)

    async def _requested(self, showings: Sequence[Showing], times: int, patience: float) -> None:
        deadline = self._monotonic() + patience
        while any(showing.requests < times for showing in showings):
            left = deadline - self._monotonic()
            if left <= 0:
                return
            self._knock.clear()
            try:
                await asyncio.wait_for(self._knock.wait(), left)
            except TimeoutError:
                return
