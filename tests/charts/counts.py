"""Made-up counts to draw: any number of candidates, with whatever may be missing."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.charts import Night
from tally.decide import decide
from tally.event import Event, EventKind, Level, Proof, Tier
from tally.evidence import Evidence
from tally.race import Candidate, Origin, Race, Rank
from tally.reading import Counted, Reading, Result
from tally.standing import Standing

EVE = datetime(2031, 5, 4, 18, 0, tzinfo=UTC)


def race(*candidates: Candidate, **more: Any) -> Race:
    given = candidates or (
        Candidate("ash", "Ines Ash", party="Reform", colour="#c0392b"),
        Candidate("birch", "Tom Birch", party="Union", colour="#2c3e9e"),
    )
    origins = (
        Origin("board", "Harbour election board", Rank.OFFICIAL),
        Origin("wire", "The Wire", Rank.AGENCY),
    )
    return Race(
        "harbour",
        "Harbour Town, mayor",
        date(2031, 5, 4),
        ZoneInfo("Europe/Lisbon"),
        given,
        origins=origins,
        **more,
    )


def reading(minute: float, *results: Result, counted: float | None = 50.0, origin: str = "board") -> Reading:
    return Reading(
        "harbour",
        origin,
        EVE + timedelta(minutes=minute),
        Evidence("row", "row 1", "table"),
        results,
        None if counted is None else Counted(counted),
        stamped=True,
        source="board",
    )


def shares(minute: float, *values: float | None, votes: Sequence[int | None] = (), **more: Any) -> Reading:
    """A reading with these shares (and votes) for the race's candidates in their order."""
    names = ("ash", "birch", *(f"c{n}" for n in range(2, len(values))))
    cast = [*votes, *[None] * (len(values) - len(votes))]
    return reading(minute, *(Result(n, v, s) for n, s, v in zip(names, values, cast, strict=True)), **more)


def night(of: Race, *readings: Reading, events: Sequence[Event] = ()) -> Night:
    """The race after these readings, each taken in by ``decide`` as the service does."""
    standing, told = Standing.start(of), list(events)
    for each in readings:
        standing, news = decide(standing, (each,), (), each.as_of)
        told += news
    return Night(of, standing, readings, told)


def event(
    minute: float, kind: EventKind = EventKind.CONCESSION, level: Level = Level.URGENT, **more: Any
) -> Event:
    at = EVE + timedelta(minutes=minute)
    proof = Proof("wire", at, Evidence("Tom Birch conceded", "paragraph 2"))
    return Event(
        f"{kind} {minute}",
        kind,
        "harbour",
        at,
        Tier.CONFIRMED,
        level,
        "wire",
        (proof,),
        candidate="birch",
        **more,
    )
