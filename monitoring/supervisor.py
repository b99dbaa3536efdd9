"""A supervisor on the last good reading of each source.

Health follows from polls (``tally.health``). This one counts the seconds
between them: a poll that never ends, a job that never starts and a page that
stands still while the others count on tell nothing by themselves. Seconds are
those of the machine's monotonic clock, so that no change of the hour and no
jump of a rehearsed night is taken for silence.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from storage import Store
from tally.capture import Outcome
from tally.clock import Clock
from tally.event import Event
from tally.health import SILENT, UNASKED
from tally.race import Race, Source
from tally.stage import Stage, stage_of

_SOUND = frozenset({Outcome.READ, Outcome.NOTHING, Outcome.UNCHANGED})


@dataclass(frozen=True, slots=True)
class Patience:
    """For how many seconds nothing may come.

    ``unasked``: no poll came to an end, or ``turns`` times the source's cadence,
    or half of that its slowest, where one of them is longer; when a race is
    called, and asked less, ``called`` times as long. ``still``: nothing new was read while the count goes
    on, twice as long after each time it was told. ``look`` is how often it is
    looked for.
    """

    unasked: float = 300.0
    turns: float = 10.0
    called: float = 8.0
    still: float = 45 * 60.0
    look: float = 5.0


PATIENCE = Patience()


@dataclass(slots=True)
class _Seen:
    """When something last came of a source, in monotonic seconds."""

    polled: float
    read: float
    reads: int = 0


class Supervisor:
    """Told of each poll; asked now and then for what nobody was told of."""

    def __init__(self, store: Store, clock: Clock, patience: Patience = PATIENCE) -> None:
        self._store, self._clock, self._patience = store, clock, patience
        self._counting: dict[str, float] = {}
        self._seen: dict[tuple[str, str], _Seen] = {}
        self.last_good: float | None = None

    def polled(self, race: Race, source: str, outcome: Outcome, seconds: float) -> None:
        """A poll came to its end at ``seconds``."""
        seen = self._of(race.id, source, seconds)
        seen.polled = seconds
        if outcome is Outcome.READ:
            seen.read, seen.reads = seconds, seen.reads + 1
        if outcome in _SOUND:
            self.last_good = seconds

    def look(self, races: Iterable[Race], seconds: float) -> tuple[Event, ...]:
        """Tell of every source of these races that has stopped. Raises StorageError."""
        events: list[Event] = []
        for race in races:
            now = self._clock()
            stage = stage_of(self._store.standing(race), now)
            if stage not in (Stage.COUNTING, Stage.CALLED):
                self._counting.pop(race.id, None)
                continue
            self._counting.setdefault(race.id, seconds)
            for source in race.sources:
                how = self._how_stopped(race, source, stage, seconds)
                if how is not None:
                    events += self._store.stopped(race, source.name, how, now)
        return tuple(events)

    def ages(self, race: str, source: str, seconds: float) -> tuple[float, float]:
        """Seconds since the last poll and since the last reading; at most since the source was first seen."""
        seen = self._of(race, source, seconds)
        return seconds - seen.polled, seconds - seen.read

    def _how_stopped(self, race: Race, source: Source, stage: Stage, seconds: float) -> str | None:
        # What was not to be expected before the polls closed is not late when they have.
        counting = seconds - self._counting[race.id]
        unasked, still = (min(age, counting) for age in self.ages(race.id, source.name, seconds))
        if unasked > self._longest(source, stage):
            return UNASKED
        if stage is not Stage.COUNTING:
            return None
        losses = self._store.health(race.id, source.name).losses
        if still > self._patience.still * 2.0 ** min(losses, 6) and self._is_feed(race, source, seconds):
            return SILENT
        return None

    def _longest(self, source: Source, stage: Stage) -> float:
        turn = max(source.cadence, (source.slowest or 0.0) / 2)
        longest = max(self._patience.unasked, self._patience.turns * turn)
        return longest if stage is Stage.COUNTING else self._patience.called * longest

    def _is_feed(self, race: Race, source: Source, seconds: float) -> bool:
        """Whether more was to be expected: it moved before, and another of the race has moved since.

        A finished article stands still for good; where nothing moves anywhere,
        the followers are told by the standing itself.
        """
        mine = self._of(race.id, source.name, seconds)
        if self._store.health(race.id, source.name).reads < 2:
            return False
        others = [
            self._of(race.id, other.name, seconds) for other in race.sources if other.name != source.name
        ]
        feeds = [seen for seen in others if seen.reads]
        return not feeds or any(seen.read > mine.read for seen in feeds)

    def _of(self, race: str, source: str, seconds: float) -> _Seen:
        return self._seen.setdefault((race, source), _Seen(seconds, seconds))
