"""What the database needs while the service runs: copies on time, and old pages let go."""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

from storage.backups import Backups
from storage.retention import outlived
from storage.store import Store
from tally.clock import Clock
from tally.errors import StorageError

_log = logging.getLogger(__name__)

_LET_GO_EVERY = timedelta(minutes=10)
# A few pages at a time, and seconds between two handfuls: the house waits meanwhile, and alerts go first.
# Ten take half a millisecond; fifty took a fifth of a second when the log was written back in between.
_HANDFUL, _BREATH = 10, 0.02

Tell = Callable[[str], object]


class Upkeep:
    """Runs beside the service. ``tell`` is told once when a copy fails and once when one succeeds again.

    ``every`` is the time between two copies (None: none is made), ``age`` and
    ``size`` are what pages may reach (None: no limit).
    """

    def __init__(
        self,
        store: Store,
        backups: Backups,
        *,
        clock: Clock,
        tell: Tell,
        every: timedelta | None = None,
        age: timedelta | None = None,
        size: int | None = None,
        sweep_every: timedelta = _LET_GO_EVERY,
    ) -> None:
        self._store, self._backups = store, backups
        self._clock, self._tell = clock, tell
        self._every, self._age, self._size = every, age, size
        self._sweep_every = sweep_every
        self._failing = False

    async def copying(self) -> None:
        """Make a copy now and then; for ever."""
        while self._every is not None:
            await asyncio.sleep(self._every.total_seconds())
            await self.copy()

    async def copy(self) -> None:
        """One copy, in a thread: a large database takes seconds."""
        try:
            made = await asyncio.to_thread(self._backups.make, self._store.path, self._clock())
        except (StorageError, OSError) as error:  # without descriptors not even the thread can be made
            _log.error("no backup could be made: %s", error)
            if not self._failing:
                self._tell(f"No backup could be made: {error}")
            self._failing = True
            return
        _log.info("backup: %s", made)
        if self._failing:
            self._tell("Backups are made again.")
        self._failing = False

    async def sweeping(self) -> None:
        """Let old pages go now and then; for ever."""
        while self._age is not None or self._size is not None:
            await asyncio.sleep(self._sweep_every.total_seconds())
            try:
                await self.sweep()
            except (StorageError, OSError) as error:
                _log.error("old pages could not be let go: %s", error)

    async def sweep(self) -> None:
        """Let go of what is too old or too much, a handful at a time. Raises StorageError."""
        before = self._clock() - self._age if self._age is not None else None
        found = await asyncio.to_thread(outlived, self._store.path, before, self._size)
        for start in range(0, len(found.hashes), _HANDFUL):
            self._store.let_go(found.hashes[start : start + _HANDFUL], found.seen)
            await asyncio.sleep(_BREATH)
