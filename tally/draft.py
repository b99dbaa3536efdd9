"""The working copy of a standing while one capture is taken in.

Standings are immutable; within one decision their parts change several times,
so they are held here, with what moved, until the rules have looked at them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from tally.claim import Claim
from tally.event import Event, Headline
from tally.reading import Reading
from tally.standing import Count, Note, Phase, Quarantined, Said, Standing
from tally.swift import swift


@swift
@dataclass(frozen=True, slots=True)
class CountMove:
    """One origin's count went from ``before`` to ``after``; ``fell`` where totals went down."""

    before: Count | None
    after: Count
    fell: bool = False


@dataclass(frozen=True, slots=True)
class SaidMove:
    """A status that a claim made, strengthened (``before`` is set), confirmed or withdrew."""

    claim: Claim
    after: Said
    before: Said | None = None
    confirms: bool = False
    withdraws: bool = False


@dataclass(slots=True)
class Draft:
    """A standing being changed: its parts, and what moved since the rules last looked."""

    before: Standing
    now: datetime
    counts: dict[str, Count]
    statuses: tuple[Said, ...]
    phase: Phase
    phase_since: datetime | None
    quarantine: tuple[Quarantined, ...]
    waiting: tuple[Claim, ...]
    notes: dict[str, Note]
    headline: Headline | None
    moves: list[CountMove] = field(default_factory=list)
    said: list[SaidMove] = field(default_factory=list)
    doubts: list[Quarantined] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    touched: bool = False
    look: "Callable[[Draft], object] | None" = None

    @classmethod
    def of(cls, standing: Standing, now: datetime) -> "Draft":
        """A working copy; the parts are shared until they are replaced."""
        return cls(
            standing,
            now,
            dict(standing.origins),
            standing.statuses,
            standing.phase,
            standing.phase_since,
            standing.quarantine,
            standing.waiting,
            dict(standing.notes),
            standing.headline,
        )

    def standing(self) -> Standing:
        """The standing as it is now."""
        return Standing(
            self.before.race,
            self.headline,
            self.counts,
            self.statuses,
            self.phase,
            self.phase_since,
            self.quarantine,
            self.waiting,
            self.notes,
        )

    def settle(self) -> None:
        """Let the rules look at what moved so far; what comes next is compared with this."""
        if self.look is None:
            return
        self.look(self)
        self.before = self.standing()
        self.counts, self.notes = dict(self.counts), dict(self.notes)
        self.moves, self.said, self.doubts = [], [], []

    def count_up(self, name: str) -> int:
        """The next number of a counter that the standing keeps, from 1."""
        known = self.notes.get(name, 0)
        number = (known if isinstance(known, int) else 0) + 1
        self.notes[name] = number
        return number

    def doubted(self, reading: Reading) -> Quarantined | None:
        """What is in quarantine from the same origin and source."""
        for item in self.quarantine:
            if item.reading.origin == reading.origin and item.reading.source == reading.source:
                return item
        return None

    def keep(self, item: Quarantined) -> None:
        """Put a reading into quarantine, in the place of the same source's earlier one."""
        others = tuple(old for old in self.quarantine if not same_source(old.reading, item.reading))
        self.quarantine = (*others, item)[-20:]
        self.touched = True

    def release(self, item: Quarantined) -> None:
        """Take a reading out of quarantine."""
        self.quarantine = tuple(old for old in self.quarantine if old is not item)
        self.touched = True


def same_source(one: Reading, other: Reading) -> bool:
    """Whether two readings are of one origin's count on one page."""
    return one.origin == other.origin and one.source == other.source
