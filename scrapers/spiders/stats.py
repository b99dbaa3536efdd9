"""What was done so far, in numbers."""

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime

from tally.capture import Outcome

_GOOD = frozenset({Outcome.READ, Outcome.NOTHING, Outcome.UNCHANGED})


@dataclass(slots=True)
class Stats:
    """Counts since the start, by the outcome as it was judged.

    ``troubles`` are faults of our own (a store that could not write);
    ``last_good`` is the system's hour of the last poll that went well;
    ``latencies`` are seconds from a page's arrival to its event in the store,
    the latest ten thousand.
    """

    polls: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    readings: int = 0
    claims: int = 0
    events: int = 0
    troubles: int = 0
    last_good: datetime | None = None
    latencies: deque[float] = field(default_factory=lambda: deque(maxlen=10_000))

    @property
    def unchanged(self) -> int:
        """Polls that found nothing new."""
        return self.outcomes[Outcome.UNCHANGED]

    def count(self, outcome: Outcome, readings: int, claims: int, now: datetime) -> None:
        """One poll, and what was taken from it; ``now`` is the system's hour."""
        self.polls += 1
        self.outcomes[outcome] += 1
        self.readings += readings
        self.claims += claims
        if outcome in _GOOD:
            self.last_good = now

    def latency(self, percentile: float) -> float | None:
        """A percentile (0–100) of the latencies in seconds; None while there are none."""
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * percentile / 100), len(ordered) - 1)] if ordered else None
