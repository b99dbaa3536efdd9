"""The tables that can be exported: flat rows for CSV and Parquet, whole objects for JSON lines."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from races import Races
from storage import Store
from storage.told import deliveries_of
from tally.claim import Claim
from tally.event import Event
from tally.race import Race, Rank
from tally.reading import Reading, Status
from tally.wire import event_to_wire
from tally.wire_parts import claim_to_wire, reading_to_wire
from tally.wire_words import stamp, unstamp

Row = dict[str, Any]
# The columns of a series, which ``replay`` takes; the rest only where a table has room for more.
SERIES = ("race", "timestamp_utc", "candidate", "party", "votes", "share", "pct_counted")


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``columns`` are the kinds of its cells (str, int, float, datetime) by name.

    ``in_csv`` names the columns of its CSV where those are fewer. ``rows`` and
    ``objects`` are given the store, the races, and the race that is wanted (None: all).
    """

    columns: Mapping[str, type]
    rows: Callable[[Store, Races, str | None], Iterator[Row]]
    objects: Callable[[Store, Races, str | None], Iterator[Row]]
    in_csv: tuple[str, ...] | None = None


def _readings(store: Store, races: Races, race: str | None) -> Iterator[Row]:
    """A row a candidate; each origin is a series of its own, in order of time, each moment once.

    The best origin's series has the race's own name, another's RACE/ORIGIN:
    two counts of one race, told apart, replay as two.
    """
    for known in _wanted(store, races, race):
        by_origin: dict[str, dict[datetime, Reading]] = {}
        for reading in store.readings(known if isinstance(known, str) else known.id):
            if reading.results and reading.status is not Status.TEST:
                by_origin.setdefault(reading.origin, {})[reading.as_of] = reading
        for place, origin in enumerate(_best_first(known, by_origin)):
            for moment in sorted(by_origin[origin]):
                yield from _lines(known, by_origin[origin][moment], plain=place == 0)


def _lines(race: Race | str, reading: Reading, *, plain: bool) -> Iterator[Row]:
    name = race if isinstance(race, str) else race.id
    seen: set[str] = set()
    for result in reading.results:
        found = None if isinstance(race, str) else race.candidate(result.candidate)
        if result.candidate in seen:
            continue
        seen.add(result.candidate)
        yield {
            "race": name if plain else f"{name}/{reading.origin}",
            "timestamp_utc": reading.as_of,
            "candidate": result.candidate if found is None else found.name,
            "party": None if found is None else found.party,
            "votes": result.votes,
            "share": result.share,
            "pct_counted": None if reading.counted is None else reading.counted.pct,
            "origin": reading.origin,
            "source": reading.source,
            "status": reading.status.value,
            "stamped": str(reading.stamped).lower(),
            "quote": reading.evidence.quote,
        }


def _best_first(race: Race | str, origins: Mapping[str, Mapping[datetime, Reading]]) -> list[str]:
    def rank(origin: str) -> tuple[int, int, str]:
        weight = Rank.OUTLET if isinstance(race, str) else race.rank_of(origin)
        return (-weight, -len(origins[origin]), origin)

    return sorted(origins, key=rank)


def _wanted(store: Store, races: Races, race: str | None) -> list[Race | str]:
    """The races with anything stored; one whose file is gone is known by its id alone."""
    by_id = {known.id: known for known in races.races}
    stored = [row[0] for row in store.db.rows("select distinct race from readings order by race")]
    return [by_id.get(name, name) for name in stored if race in (None, name)]


def _claim_row(claim: Claim) -> Row:
    return {
        "race": claim.race,
        "as_of": claim.as_of,
        "kind": claim.kind.value,
        "actor": claim.actor,
        "target": claim.target,
        "speaker": claim.speaker,
        "strength": claim.strength.value,
        "origin": claim.origin,
        "source": claim.source,
        "url": claim.url,
        "quote": claim.evidence.quote,
    }


def _event_row(event: Event) -> Row:
    headline = event.headline
    return {
        "at": event.at,
        "race": event.race,
        "kind": event.kind.value,
        "from": event.before,
        "to": event.after,
        "candidate": event.candidate,
        "tier": event.tier.value,
        "level": event.level.value,
        "origin": event.origin,
        "leader": headline.leader if headline else None,
        "margin_votes": headline.margin_votes if headline else None,
        "margin_points": headline.margin_points if headline else None,
        "pct_counted": headline.counted.pct if headline and headline.counted else None,
        "key": event.key,
        "updates": event.updates,
        "corrects": event.corrects,
        "quote": event.proofs[0].evidence.quote if event.proofs else None,
        "url": event.proofs[0].url if event.proofs else None,
    }


def _claims(store: Store, race: str | None) -> Iterator[Claim]:
    names = [row[0] for row in store.db.rows("select distinct race from claims order by race")]
    return (claim for name in names if race in (None, name) for claim in store.claims(name))


def _reading_objects(store: Store, races: Races, race: str | None) -> Iterator[Row]:
    for known in _wanted(store, races, race):
        for reading in store.readings(known if isinstance(known, str) else known.id):
            yield reading_to_wire(reading)


def _told(store: Store, races: Races, race: str | None) -> Iterator[Row]:
    for row in deliveries_of(store, race):
        hours = {name: unstamp(row[name]) if row[name] else None for name in ("at", "changed_at")}
        yield row | hours


def _told_objects(store: Store, races: Races, race: str | None) -> Iterator[Row]:
    for row in _told(store, races, race):
        yield row | {"at": stamp(row["at"]), "changed_at": stamp(row["changed_at"])}


_CLAIM = (
    "race",
    "as_of",
    "kind",
    "actor",
    "target",
    "speaker",
    "strength",
    "origin",
    "source",
    "url",
    "quote",
)
_EVENT = (
    *("at", "race", "kind", "from", "to", "candidate", "tier", "level", "origin"),
    *("leader", "margin_votes", "margin_points", "pct_counted"),
    *("key", "updates", "corrects", "quote", "url"),
)
_DELIVERY = (
    "race",
    "at",
    "kind",
    "event",
    "channel",
    "chat",
    "action",
    "state",
    "attempts",
    "changed_at",
    "error",
)

TABLES: Mapping[str, Table] = {
    "readings": Table(
        {
            **dict.fromkeys(SERIES, str),
            "timestamp_utc": datetime,
            "votes": int,
            "share": float,
            "pct_counted": float,
            **dict.fromkeys(("origin", "source", "status", "stamped", "quote"), str),
        },
        _readings,
        _reading_objects,
        SERIES,
    ),
    "claims": Table(
        {**dict.fromkeys(_CLAIM, str), "as_of": datetime},
        lambda store, _, race: (_claim_row(claim) for claim in _claims(store, race)),
        lambda store, _, race: (claim_to_wire(claim) for claim in _claims(store, race)),
    ),
    "events": Table(
        {
            **dict.fromkeys(_EVENT, str),
            "at": datetime,
            "margin_votes": int,
            "margin_points": float,
            "pct_counted": float,
        },
        lambda store, _, race: (_event_row(event) for event in store.events(race)),
        lambda store, _, race: (event_to_wire(event) for event in store.events(race)),
    ),
    "deliveries": Table(
        {
            **dict.fromkeys(_DELIVERY, str),
            "at": datetime,
            "chat": int,
            "attempts": int,
            "changed_at": datetime,
        },
        _told,
        _told_objects,
    ),
}
