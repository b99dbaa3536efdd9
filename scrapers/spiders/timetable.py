"""When each source is due: one APScheduler job a source, its next turn planned by ``cadence``.

Turns are planned on a clock that nobody sets. APScheduler lives by the
system's, so each of its hours is made of the seconds that are left: a clock
that is put forward makes no herd of polls, one that is put back no silence.
"""

import logging
import random
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, timedelta
from math import inf
from urllib.parse import urlsplit

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scrapers.spiders.cadence import Bounds, Facts, interval, jittered
from scrapers.spiders.polled import Key
from scrapers.spiders.spacing import Spacing
from scrapers.spiders.turn import LEAST, Turn
from tally.race import Race, Source
from tally.stage import Stage

_log = logging.getLogger(__name__)

_SPREAD = 5.0  # seconds over which the first polls are spread
_LEAP = 2.0  # seconds by which the system's clock may stray before it counts as set
_GAP = 1.0  # seconds between two polls of one host, where its sources are few
_CHANGED = 0.1  # a turn is planned anew where its interval became so much longer or shorter

# A late job is run once and at once, never dropped: by default one that is a second late is.
_DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}

# The stage of a race, and the seconds until its polls close (below nought: since they did).
Outlook = Callable[[Race], tuple[Stage, float]]
Known = Callable[[Race, Source], Facts]


def _always_counting(_: Race) -> tuple[Stage, float]:
    return Stage.COUNTING, -inf


def _nothing_known(_: Race, __: Source) -> Facts:
    return Facts()


class Timetable:
    """Calls ``due(race, source)`` on the loop at each source's turn. ``pace`` scales the bounds."""

    def __init__(
        self,
        due: Callable[[Race, Source], object],
        pace: float = 1.0,
        *,
        outlook: Outlook = _always_counting,
        known: Known = _nothing_known,
    ) -> None:
        self._due, self._pace = due, pace
        self._outlook, self._known = outlook, known
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=_DEFAULTS)
        self._turns: dict[Key, Turn] = {}
        self._hosts: defaultdict[str, Spacing] = defaultdict(Spacing)
        self._strayed = _stray()

    def start(self, races: Iterable[Race]) -> None:
        """Begin; the first polls are spread over a few seconds."""
        self._scheduler.start(paused=True)
        self.take_up(races)
        self._scheduler.resume()

    def take_up(self, races: Iterable[Race]) -> None:
        """Go by these races from now on: what is no more ends, and what did not change keeps its turns."""
        wanted = {(race.id, source.name): (race, source) for race in races for source in race.sources}
        for key in self._turns.keys() - wanted.keys():
            self._end(self._turns.pop(key))
        fresh = [key for key in wanted if key not in self._turns or self._moved(key, wanted[key][1])]
        for place, key in enumerate(fresh):
            if key in self._turns:
                self._end(self._turns.pop(key))
            self._begin(*wanted[key], place / len(fresh))
        for key, turn in self._turns.items():
            turn.race, turn.source = wanted[key]

    def answered(self, race: Race, source: Source) -> None:
        """A poll came to its end: plan the next turn anew if what is known of the source has changed.

        A page that a source leads to counts for that source.
        """
        turn = self._turns.get((race.id, source.name.partition("/")[0]))
        if turn is not None:
            self._reconsider(turn)

    def look_again(self, races: Collection[str]) -> None:
        """There is news of these races: all their sources may be wanted sooner, or less often."""
        for key, turn in self._turns.items():
            if key[0] in races:
                self._reconsider(turn)

    def stop(self) -> None:
        """No more polls are due."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def mind_the_clock(self) -> None:
        """Give every job its hour anew if the system's clock was set; the seconds until its turn stay."""
        stray, self._strayed = self._strayed, _stray()
        if abs(self._strayed - stray) > _LEAP:
            _log.warning(
                "the system's clock was set by %+.0f s; every poll keeps its turn", self._strayed - stray
            )
            for turn in self._turns.values():
                self._set(turn)

    def _moved(self, key: Key, source: Source) -> bool:
        """Whether a source that was there before has another address or other bounds."""
        before = self._turns[key].source
        return before.url != source.url or Bounds.of(before) != Bounds.of(source)

    def _begin(self, race: Race, source: Source, place: float) -> None:
        host = urlsplit(source.url).netloc
        turn = Turn(race, source, self._hosts[host], self._after)
        turn.seconds = self._seconds(turn)
        first = min(_SPREAD, source.cadence * self._pace) * place
        turn.due = turn.spacing.take(time.monotonic() + first, self._gap(turn, turn.seconds))
        self._turns[race.id, source.name] = turn
        hour = datetime.now(UTC) + timedelta(seconds=turn.left)
        job = f"{race.id}/{source.name}"
        turn.job = self._scheduler.add_job(self._run, turn.trigger, (turn,), id=job, next_run_time=hour)

    def _end(self, turn: Turn) -> None:
        turn.spacing.free(turn.due)
        turn.job.remove()

    def _seconds(self, turn: Turn) -> float:
        stage, until = self._outlook(turn.race)
        facts = self._known(turn.race, turn.source)
        return max(interval(Bounds.of(turn.source, self._pace), stage, facts, until), LEAST)

    def _after(self, turn: Turn) -> None:
        """Plan the turn after this one."""
        turn.asked = time.monotonic()
        turn.seconds = self._seconds(turn)
        self._place(turn)

    def _reconsider(self, turn: Turn) -> None:
        seconds = self._seconds(turn)
        if abs(seconds - turn.seconds) > _CHANGED * turn.seconds:
            turn.seconds = seconds
            self._place(turn)
            self._set(turn)

    def _place(self, turn: Turn) -> None:
        """Find the moment of the next turn, apart from those of the host's other sources."""
        now = time.monotonic()
        held = self._known(turn.race, turn.source).held
        wanted = turn.asked + jittered(turn.seconds, random.random())  # noqa: S311 - no secret hangs on it
        turn.spacing.free(turn.due)
        turn.due = turn.spacing.take(max(wanted, now + held, now + LEAST), self._gap(turn, turn.seconds))

    def _gap(self, turn: Turn, seconds: float) -> float:
        """Half of what an even spread over the interval would be, so that there is always room."""
        return min(_GAP, seconds / (2 * (len(turn.spacing) + 1)))

    def _set(self, turn: Turn) -> None:
        turn.job.modify(next_run_time=datetime.now(UTC) + timedelta(seconds=turn.left))

    async def _run(self, turn: Turn) -> None:
        """A coroutine, because APScheduler runs plain functions in threads."""
        if turn.ready:
            turn.ready = False
            self._due(turn.race, turn.source)


def _stray() -> float:
    """How far the system's clock is from one that nobody sets."""
    return time.time() - time.monotonic()
