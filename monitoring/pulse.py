"""Two pulses: how late the loop wakes, and whether the database can be written."""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

from storage import Store
from tally.errors import Damaged, StorageError

_log = logging.getLogger(__name__)

_EVERY = 0.5
_MEANWHILE = "Pages are still fetched, and what they say is taken in when it can be; alerts wait."
_LEAST_FREE = 500 * 1024 * 1024


class LoopPulse:
    """Sleeps and looks how late it wakes: whatever holds the loop up holds up every poll and alert."""

    def __init__(self, lagged: Callable[[float], object]) -> None:
        self._lagged = lagged
        self.last = 0.0

    async def run(self) -> None:
        """Measure for ever."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _EVERY
            await asyncio.sleep(_EVERY)
            self.last = max(0.0, loop.time() - due)
            self._lagged(self.last)


class DatabasePulse:
    """Writes a word every so often.

    A database that can't be written would else show in nothing but a log: what
    is fetched is fetched again and again, and no alert goes out. ``alarm`` is
    told by a way that does not need the database, after ``patience`` pulses in
    a row that failed (a backup of another program locks it for a moment), and
    once it can be written again.
    """

    def __init__(
        self,
        store: Store,
        alarm: Callable[[str], Awaitable[object]],
        *,
        every: float = 15.0,
        patience: int = 2,
    ) -> None:
        self._store, self._alarm = store, alarm
        self._every, self._patience = every, patience
        self._failures = 0
        self._damage: str | None = None
        self._failing: str | None = None

    @property
    def wrong(self) -> str | None:
        """What is wrong with the database now, or None."""
        return self._damage or self._failing

    async def damaged(self, error: Damaged) -> None:
        """A damaged page was met. That does not pass, and is told once."""
        if self._damage is None:
            self._damage = str(error)
            await self._tell(
                f"The database is damaged: {error}. Stop the service and run 'tallywire restore';"
                " it puts the last sound backup in place and keeps the damaged file."
            )

    async def run(self) -> None:
        """Watch for ever."""
        while True:
            await self.beat()
            await asyncio.sleep(self._every)

    async def beat(self) -> None:
        """One pulse."""
        try:
            self._store.alive()
        except StorageError as error:
            self._failures += 1
            self._failing = str(error)
            if self._failures == self._patience:
                await self._tell(f"The database can't be used: {error}. {_MEANWHILE}")
            return
        told = self._failures >= self._patience
        self._failures, self._failing = 0, None
        if told:
            await self._tell("The database can be used again.")

    async def _tell(self, sentence: str) -> None:
        _log.error("%s", sentence)
        await self._alarm(sentence)


class DiskPulse:
    """Looks how much room is left where the database is, and tells of too little once."""

    def __init__(
        self, folder: Path, tell: Callable[[str], object], *, least: int = _LEAST_FREE, every: float = 60.0
    ) -> None:
        self._folder, self._tell = folder, tell
        self._least, self._every = least, every
        self._short = False

    async def run(self) -> None:
        """Look for ever."""
        while True:
            self.look(shutil.disk_usage(self._folder).free)
            await asyncio.sleep(self._every)

    def look(self, free: int) -> None:
        """``free`` bytes are left."""
        if free < self._least and not self._short:
            self._tell(f"Only {free / 1e6:,.0f} MB are left on the disk of {self._folder}: make room soon.")
        if free > 2 * self._least or free < self._least:
            self._short = free < self._least
