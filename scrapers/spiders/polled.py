"""What goes into the open spiders and what comes out: a job, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime

from scrapers.parser.page import Page
from tally.capture import Capture, Outcome
from tally.race import Race, Source

# The race's id and the source's name.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Polled:
    """One poll and what became of it.

    ``capture`` is None where no page was had or the server said that it had
    not changed; ``page`` is None unless the page was parsed. ``reason`` says in
    plain words why nothing was read. ``started`` is the hour on the given
    clock; ``took`` is in seconds; ``served_at`` is the monotonic second in
    which the answer's head arrived, None if none did.
    """

    race: Race
    source: Source
    capture: Capture | None
    page: Page | None
    outcome: Outcome
    reason: str | None
    started: datetime
    took: float
    served_at: float | None = None


@dataclass(slots=True, eq=False)
class Job:
    """One poll under way.

    ``asked`` and ``served_at`` are monotonic seconds; ``headers`` make it
    conditional; ``published`` is the page's hour where the operator gives it.
    """

    race: Race
    source: Source
    started: datetime
    asked: float
    spider: str
    headers: dict[str, str] = field(default_factory=dict)
    served_at: float | None = None
    published: datetime | None = None

    @property
    def key(self) -> Key:
        """The race's id and the source's name."""
        return (self.race.id, self.source.name)
