"""A small made-up race and the things that can be said of it, for tests of the store and the outbox."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from storage import Store
from tally.capture import Capture
from tally.claim import Claim, ClaimKind
from tally.event import Event, EventKind, Headline, Level, Proof, Tier
from tally.evidence import Evidence
from tally.race import Candidate, Race, Rank, Source
from tally.reading import Counted, Reading, Result
from tally.standing import Standing

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)

RACE = Race(
    id="harbour",
    title="Harbour Town, mayor",
    date=date(2031, 5, 4),
    timezone=ZoneInfo("Europe/Lisbon"),
    candidates=(Candidate("ash", "Ines Ash"), Candidate("birch", "Tom Birch")),
    sources=(Source("board", "https://board.example/harbour", "json", "board", Rank.OFFICIAL),),
)
OTHER = replace(RACE, id="hills", title="Hills, mayor")


class Hand:
    """A clock that is set by hand."""

    def __init__(self, hour: datetime = NOON) -> None:
        self.hour = hour

    def __call__(self) -> datetime:
        return self.hour

    def on(self, **more: float) -> datetime:
        self.hour += timedelta(**more)
        return self.hour


def event(key: str, kind: EventKind = EventKind.LEAD_CHANGE, **changes: Any) -> Event:
    proof = Proof("board", NOON, Evidence("Ash 501, Birch 499", "row 1"))
    made = Event(
        key=key,
        kind=kind,
        race="harbour",
        at=NOON,
        tier=Tier.FLASH,
        level=Level.IMPORTANT,
        origin="board",
        proofs=(proof,),
        before="birch",
        after="ash",
        candidate="ash",
    )
    return replace(made, **changes)


def headline(margin: float | None = None, counted: float | None = None) -> Headline:
    results = (Result("ash", 501, 50.1), Result("birch", 499, 49.9))
    share = Counted(counted) if counted is not None else None
    return Headline("board", NOON, results, "ash", margin_points=margin, counted=share)


def reading(ash: int, birch: int, minute: int = 0, **changes: Any) -> Reading:
    made = Reading(
        race="harbour",
        origin="board",
        as_of=NOON + timedelta(minutes=minute),
        evidence=Evidence(f"Ash {ash}, Birch {birch}", "row 1", "json"),
        results=(Result("ash", ash), Result("birch", birch)),
        counted=Counted(min(99.0, 10.0 + minute)),
        stamped=True,
        source="board",
    )
    return replace(made, **changes)


def claim(kind: ClaimKind = ClaimKind.CONCESSION, actor: str = "birch", minute: int = 0) -> Claim:
    evidence = Evidence("Tom Birch conceded", "paragraph 2", "concede")
    return Claim("harbour", kind, "gazette", NOON + timedelta(minutes=minute), evidence, actor=actor)


def capture(body: bytes = b"<html>Ash 501</html>", minute: int = 0) -> Capture:
    url = "https://board.example/harbour"
    return Capture(url, url, NOON + timedelta(minutes=minute), 200, body, {"etag": '"1"'})


def tell(store: Store, *news: Event, race: Race = RACE, now: datetime = NOON) -> tuple[Event, ...]:
    """Make these events happen, on the way that every event goes."""
    return store.change(race, lambda standing: (standing, news), now)


def states(store: Store) -> dict[tuple[str, int, str], str]:
    """The state of every delivery by event, chat and action."""
    rows = store.db.rows(
        "select e.key as event, d.chat, d.action, d.state from deliveries d"
        " join events e on e.id = d.event order by d.id"
    )
    return {(row["event"], row["chat"], row["action"]): row["state"] for row in rows}


def flips(
    standing: Standing, readings: Sequence[Reading], claims: Sequence[Claim], now: datetime
) -> tuple[Standing, tuple[Event, ...]]:
    """A decision of a few lines: news whenever somebody else has more votes, and any concession."""
    news = [
        event(f"said {c.actor} {c.as_of:%H:%M}", EventKind.CONCESSION, level=Level.URGENT) for c in claims
    ]
    for reading_ in readings:
        leader = max(reading_.results, key=lambda r: r.votes or 0).candidate
        if leader != standing.notes.get("leader"):
            standing = replace(standing, notes={**standing.notes, "leader": leader})
            news.append(event(f"lead {leader} {reading_.as_of:%H:%M:%S}", after=leader))
    return standing, tuple(news)
