"""A dead man's switch: an address that is called while all is well, and a chat that is told how it does.

Whoever answers the address tells somebody when the calls stop. A process that
lives and reads nothing must not call it: that is how watchers die quietly.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

import aiohttp

from settings.secrets import redact
from tally.errors import TallywireError

_log = logging.getLogger(__name__)

_TIMEOUT = aiohttp.ClientTimeout(total=15)


class UrlHeartbeat:
    """Calls an address every so often, as long as ``well()`` holds.

    ``connector`` makes the connections; the house gives one that is guarded as
    those to sources are. The address is a secret, and never logged.
    """

    def __init__(
        self,
        url: str,
        every: timedelta,
        *,
        well: Callable[[], bool],
        connector: Callable[[], aiohttp.BaseConnector],
    ) -> None:
        self._url, self._every = url, every.total_seconds()
        self._well, self._connector = well, connector
        self._failing = False

    async def run(self) -> None:
        """Call for ever; the first time when all is well for the first time."""
        async with aiohttp.ClientSession(
            connector=self._connector(), timeout=_TIMEOUT, cookie_jar=aiohttp.DummyCookieJar()
        ) as session:
            while True:
                if self._well():
                    await self._call(session)
                    await asyncio.sleep(self._every)
                else:
                    await asyncio.sleep(min(self._every, 5.0))

    async def _call(self, session: aiohttp.ClientSession) -> None:
        try:
            async with session.get(self._url, allow_redirects=False) as answer:
                await answer.content.read(1024)
                wrong = f"it answers {answer.status}" if answer.status >= 300 else None
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            wrong = self._said(error)
        if wrong and not self._failing:
            _log.error("the heartbeat's address can't be called: %s", wrong)
        if self._failing and not wrong:
            _log.warning("the heartbeat's address can be called again")
        self._failing = wrong is not None

    def _said(self, error: BaseException) -> str:
        """The error in words: our own refusal is the innermost, under what aiohttp makes of it."""
        cause: BaseException | None = error
        while cause is not None and not isinstance(cause, TallywireError):
            cause = cause.__cause__ or cause.__context__
        told = str(cause or error) or type(error).__name__
        return redact(told.replace(self._url, "…"))


class ChatHeartbeat:
    """Tells a chat every so often how the service does, well or not."""

    def __init__(self, every: timedelta, *, summary: Callable[[], str], say: Callable[[str], object]) -> None:
        self._every, self._summary, self._say = every.total_seconds(), summary, say

    async def run(self) -> None:
        """Tell for ever. Raises StorageError where the word can't be written down."""
        while True:
            await asyncio.sleep(self._every)
            self._say(self._summary())
