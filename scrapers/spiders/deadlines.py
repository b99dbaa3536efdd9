"""Every wait of the crawler has an end, and all of them can be cut off at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Deadlines:
    """The waits that are going on.

    Scrapy closes a spider only when its last download is over, and a hung
    server takes its whole time-out: whoever stops the crawler cuts them off.
    """

    def __init__(self) -> None:
        self._open: set[asyncio.Timeout] = set()
        self._cut = False

    @asynccontextmanager
    async def until(self, when: float | None) -> AsyncIterator[None]:
        """Run the body until ``when`` on the loop's clock (None: without end), then raise TimeoutError."""
        if self._cut:
            when = asyncio.get_running_loop().time()
        async with asyncio.timeout_at(when) as scope:
            self._open.add(scope)
            try:
                yield
            finally:
                self._open.discard(scope)

    def cut(self) -> None:
        """End all waits, those to come as well."""
        self._cut = True
        now = asyncio.get_running_loop().time()
        for scope in self._open:
            scope.reschedule(now)
