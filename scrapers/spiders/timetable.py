"""When each source is due: one APScheduler job a source."""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from tally.race import Race, Source

_log = logging.getLogger(__name__)

_JITTER = 0.1  # of a cadence: sources with the same one drift apart
_SPREAD = 5.0  # seconds over which the first polls are spread
_LEAP = 2.0  # seconds by which the system's clock may stray before it counts as set

# A late job is run once and at once, never dropped: by default one that is a second late is.
_DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


class Timetable:
    """Calls ``due(race, source)`` on the loop at each source's cadence times ``pace``."""

    def __init__(self, due: Callable[[Race, Source], object], pace: float = 1.0) -> None:
        self._due = due
        self._pace = pace
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=_DEFAULTS)
        self._races: tuple[Race, ...] = ()
        self._strayed = _stray()

    def start(self, races: Iterable[Race]) -> None:
        """Begin; the first polls are spread over a few seconds."""
        self._scheduler.start()
        self.take_up(races)

    def take_up(self, races: Iterable[Race]) -> None:
        """Go by these races from now on; those that were there before and are not now end."""
        self._races = tuple(races)
        sources = [(race, source) for race in self._races for source in race.sources]
        self._scheduler.remove_all_jobs()
        now = datetime.now(UTC)
        for place, (race, source) in enumerate(sources):
            first = min(_SPREAD, source.cadence * self._pace) * place / len(sources)
            self._add(race, source, now + timedelta(seconds=first))

    def stop(self) -> None:
        """No more polls are due."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def mind_the_clock(self) -> None:
        """Begin anew if the system's clock was set: set back, APScheduler would wait the lost hour out."""
        stray, self._strayed = self._strayed, _stray()
        if abs(self._strayed - stray) > _LEAP:
            _log.warning("the system's clock was set by %+.0f s; the polls begin anew", self._strayed - stray)
            self.take_up(self._races)

    def _add(self, race: Race, source: Source, first: datetime) -> None:
        cadence = source.cadence * self._pace
        trigger = IntervalTrigger(seconds=cadence * (1 - _JITTER / 2), jitter=cadence * _JITTER, timezone=UTC)
        job = f"{race.id}/{source.name}"
        self._scheduler.add_job(self._run, trigger, (race, source), id=job, next_run_time=first)

    async def _run(self, race: Race, source: Source) -> None:
        """A coroutine, because APScheduler runs plain functions in threads."""
        self._due(race, source)


def _stray() -> float:
    """How far the system's clock is from one that nobody sets."""
    return time.time() - time.monotonic()
