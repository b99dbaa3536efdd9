"""How long to wait until a source is asked again: pure, with every fact an argument.

Slow before the polls close and once all is said, fast while votes are counted;
faster still after a change, slower when nothing moves; never outside the
operator's bounds, and never before a server that asked for patience is ready.
"""

from dataclasses import dataclass
from math import inf

from tally.race import Source
from tally.stage import Stage

# How many of the source's cadences lie between two polls, by stage.
_FACTORS = {
    Stage.BEFORE: 10.0,
    Stage.COUNTING: 1.0,
    Stage.CALLED: 2.0,
    Stage.DECLARED: 6.0,
    Stage.SETTLED: 20.0,
}
# Where the operator names no bounds: after a change not under so many seconds, unless the cadence is;
_FASTEST = 15.0
# while votes are counted not over so many cadences, and at other times not over so many seconds.
_SLOWEST_COUNTING = 4.0
_SLOWEST = 900.0
# A page that changed is looked at closely for so many cadences; after so many without a change, less often.
_LIVELY = 5.0
_STILL = 20.0
_JITTER = 0.1  # of an interval: sources with the same one drift apart


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one source, in seconds from now.

    ``moved`` is how long ago the page last said something new (None: not yet
    seen to), ``known`` how long ago it was first read, ``fresh`` how long its
    server says the last answer holds (Cache-Control), ``held`` how long it is
    to be left alone: because it asked for it (Retry-After), or because it fails.
    """

    moved: float | None = None
    fresh: float = 0.0
    held: float = 0.0
    known: float = 0.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """The operator's: seconds between two polls, usually, at least and at most (None: by stage)."""

    cadence: float
    fastest: float
    slowest: float | None = None

    @classmethod
    def of(cls, source: Source, pace: float = 1.0) -> "Bounds":
        """A source's bounds; ``pace`` scales them all."""
        fastest = source.fastest
        if fastest is None:
            fastest = max(source.cadence / 2, min(source.cadence, _FASTEST))
        slowest = None if source.slowest is None else source.slowest * pace
        return cls(source.cadence * pace, fastest * pace, slowest)

    def ceiling(self, stage: Stage) -> float:
        """The longest wait in a stage."""
        if self.slowest is not None:
            return self.slowest
        if stage is Stage.COUNTING:
            return _SLOWEST_COUNTING * self.cadence
        return max(self.cadence, _SLOWEST)


def interval(bounds: Bounds, stage: Stage, facts: Facts, until_counting: float = -inf) -> float:
    """Seconds from one poll to the next.

    ``until_counting`` is how soon the polls close; below nought: how long ago they did.

    A server's word on how long its page holds is kept within the operator's
    bounds: a page that was mistakenly given a day must not blind the night.
    What it asks with Retry-After is kept beyond them.
    """
    ceiling = bounds.ceiling(stage)
    wanted = _wanted(bounds, stage, facts, -until_counting)
    wanted = min(max(wanted, bounds.fastest, facts.fresh), ceiling)
    if stage is Stage.BEFORE and until_counting > 0:
        # One poll is made as the polls close, however slow the day was.
        wanted = min(wanted, max(until_counting, bounds.fastest))
    return max(wanted, facts.held)


def _wanted(bounds: Bounds, stage: Stage, facts: Facts, counting: float) -> float:
    usual = bounds.cadence * _FACTORS[stage]
    if stage is Stage.BEFORE or not bounds.cadence:
        return usual
    if facts.moved is not None and facts.moved < _LIVELY * bounds.cadence:
        return bounds.fastest if stage is Stage.COUNTING else bounds.cadence
    # A page that stood still all day is not still yet when the count begins.
    still = min(facts.known if facts.moved is None else facts.moved, max(counting, 0.0))
    return usual * max(1.0, still / bounds.cadence / _STILL)


def jittered(seconds: float, chance: float) -> float:
    """The interval, a little shorter or longer; ``chance`` is from 0 to 1."""
    return seconds * (1 + _JITTER * (chance - 0.5))
