"""What a rule sees: two standings, what moved between them, and its own memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from tally.draft import CountMove, SaidMove
from tally.event import Event, EventKind, Headline, Level, Proof, Tier
from tally.options import Options, number, numbers
from tally.standing import Count, Note, Quarantined, Standing


class Wake(Enum):
    """What can have moved."""

    COUNT = auto()  # a count
    FIRST = auto()  # the race has its first headline
    LEAD = auto()  # somebody else leads a count, or is level, or there is more than one count
    MANY = auto()  # a count, while there are others
    FALL = auto()  # a count's totals fell
    RESUMED = auto()  # a count that was silent
    CLAIM = auto()  # a status
    DOUBT = auto()  # something went into quarantine
    TIME = auto()  # a feed fell silent


Details = dict[str, str | int | float | bool | None]


@dataclass(slots=True)
class Sight:
    """Two standings and what moved.

    ``notes`` is the memory of the rules, theirs to write; ``told`` the count
    that the race is told by now.
    """

    before: Standing
    after: Standing
    now: datetime
    moves: list[CountMove]
    said: list[SaidMove]
    doubts: list[Quarantined]
    notes: dict[str, Note]
    told: Count | None

    def number(self, rule: str, options: Options, name: str) -> float:
        """An option of a rule that is a number."""
        return number(self.after.race, rule, options, name)

    def numbers(self, rule: str, options: Options, name: str) -> tuple[float, ...]:
        """An option of a rule that is a list of numbers."""
        return numbers(self.after.race, rule, options, name)

    def count_up(self, name: str) -> int:
        """The next number of a counter in the notes, from 1: what makes a key unique."""
        known = self.notes.get(name, 0)
        following = (known if isinstance(known, int) else 0) + 1
        self.notes[name] = following
        return following

    def text(self, name: str) -> str | None:
        """A note that is a text."""
        value = self.notes.get(name)
        return value if isinstance(value, str) else None

    def count_event(  # noqa: PLR0913 - an event has that many sides
        self,
        kind: EventKind,
        tail: str,
        level: Level,
        count: Count,
        *,
        before: str | None = None,
        after: str | None = None,
        candidate: str | None = None,
        tier: Tier | None = None,
        updates: str | None = None,
        corrects: str | None = None,
        others: tuple[Headline, ...] = (),
        details: Mapping[str, str | int | float | bool | None] | None = None,
    ) -> Event:
        """An event about a count; ``tail`` makes its key unique within the race and the kind."""
        race = self.after.race
        return Event(
            f"{race.id}/{kind.value}/{tail}",
            kind,
            race.id,
            self.now,
            tier or self.after.tier,
            level,
            count.origin,
            (proof_of(count),),
            before,
            after,
            candidate,
            count.headline,
            others,
            updates,
            corrects,
            dict(details or {}),
        )


def proof_of(count: Count) -> Proof:
    """What a count rests on."""
    reading = count.reading
    return Proof(reading.origin, reading.as_of, reading.evidence, reading.source, reading.url)
