"""A small night to try rules on: readings, claims and hours in the fewest words."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tally.claim import Claim, ClaimKind
from tally.decide import approve, decide, reject, unchanged
from tally.event import Event, EventKind
from tally.evidence import Evidence
from tally.race import Candidate, Origin, Race, Rank, Source
from tally.reading import Counted, Lead, Reading, Result
from tally.standing import Standing

CLOSE = datetime(2030, 5, 5, 18, 0, tzinfo=UTC)
NAMES = ("ada", "ben", "cem", "dia")
ORIGINS = (
    Origin("board", "The Election Board", Rank.OFFICIAL, ("EB",)),
    Origin("north", "North Agency", Rank.AGENCY, ("NA",)),
    Origin("south", "South Agency", Rank.AGENCY),
    Origin("globe", "The Globe", Rank.OUTLET),
    Origin("star", "The Star", Rank.OUTLET),
)
SOURCES = (
    *(Source(f"{o.id}-page", f"https://{o.id}.example/count", "table", o.id, o.rank) for o in ORIGINS),
    *(Source(f"{o.id}-story", f"https://{o.id}.example/story", "article", o.id, o.rank) for o in ORIGINS),
)


def race(**changes: Any) -> Race:
    """A race of four, polls closed at 18:00 UTC."""
    fields: dict[str, Any] = {
        "id": "mayor",
        "title": "Mayor",
        "date": date(2030, 5, 5),
        "timezone": ZoneInfo("UTC"),
        "candidates": tuple(Candidate(name, name.title()) for name in NAMES),
        "polls_close": CLOSE,
        "origins": ORIGINS,
        "sources": SOURCES,
    }
    return Race(**(fields | changes))


def at(minute: float) -> datetime:
    """So many minutes after polls closed."""
    return CLOSE + timedelta(minutes=minute)


def reading(
    minute: float,
    votes: dict[str, int | None] | None = None,
    pct: float | None = None,
    shares: dict[str, float] | None = None,
    origin: str = "north",
    source: str | None = None,
    lead: Lead | None = None,
    **more: Any,
) -> Reading:
    """A reading of an origin's own results page."""
    names = dict.fromkeys([*(votes or {}), *(shares or {})])
    results = tuple(Result(n, (votes or {}).get(n), (shares or {}).get(n)) for n in names)
    fields: dict[str, Any] = {"source": source or f"{origin}-page", "url": f"https://{origin}.example/"}
    counted = None if pct is None else Counted(pct)
    quote = Evidence(f"{votes or shares or lead} at {minute}", "table 1", "test")
    return Reading("mayor", origin, at(minute), quote, results, counted, lead, **(fields | more))


class Night:
    """A standing that goes through a night, with everything that was told."""

    def __init__(self, **changes: Any) -> None:
        self.race = race(**changes)
        self.standing = Standing.start(self.race)
        self.events: list[Event] = []

    def take(self, minute: float, *readings: Reading, claims: tuple[Claim, ...] = ()) -> tuple[Event, ...]:
        self.standing, events = decide(self.standing, readings, claims, at(minute))
        self.events.extend(events)
        return events

    def read(
        self, minute: float, votes: dict[str, int | None] | None = None, *args: Any, **more: Any
    ) -> list[str]:
        """Take one reading in; the kinds of what was told."""
        return [event.kind.value for event in self.take(minute, reading(minute, votes, *args, **more))]

    def say(
        self, minute: float, kind: ClaimKind, actor: str | None = None, target: str | None = None, **more: Any
    ) -> tuple[Event, ...]:
        """Take one claim in."""
        fields: dict[str, Any] = {"origin": "globe", "as_of": at(minute)}
        quote = more.pop("quote", f"{actor} {kind.value} {target} at {minute}")
        claim = Claim(
            "mayor",
            kind,
            evidence=Evidence(quote, "paragraph 1", "test"),
            actor=actor,
            target=target,
            **(fields | more),
        )
        return self.take(minute, claims=(claim,))

    def wait(self, minute: float) -> list[str]:
        """Let time pass until then."""
        return [event.kind.value for event in self.take(minute)]

    def unchanged(self, minute: float, source: str = "north-page") -> list[str]:
        """A poll that found the page unchanged."""
        self.standing, events = unchanged(self.standing, source, at(minute))
        self.events.extend(events)
        return [event.kind.value for event in events]

    def approve(self, minute: float, number: int = 0) -> list[str]:
        item = self.standing.quarantine[number]
        self.standing, events = approve(self.standing, item.id, at(minute))
        self.events.extend(events)
        return [event.kind.value for event in events]

    def reject(self, minute: float, number: int = 0) -> None:
        item = self.standing.quarantine[number]
        self.standing, _ = reject(self.standing, item.id, at(minute))

    def told(self, kind: str) -> list[Event]:
        """What was told of one kind so far."""
        return [event for event in self.events if event.kind is EventKind(kind)]

    @property
    def kinds(self) -> list[str]:
        return [event.kind.value for event in self.events]

    @property
    def leader(self) -> str | None:
        return None if self.standing.headline is None else self.standing.headline.leader
