"""A recorded series of counts: a long CSV, read as a stream of readings.

Columns: ``race,timestamp_utc,candidate,party,votes,share,pct_counted``, one row
per candidate and snapshot; the rows of a snapshot stand together. The races
need no file: they are made from the rows, with the names as they stand there.
"""

import csv
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from nights.series_rows import Row, rows_of
from tally.decide import decide, next_due
from tally.errors import SeriesError
from tally.event import Event
from tally.evidence import Evidence
from tally.race import Candidate, Method, Race
from tally.reading import Counted, Reading, Result
from tally.standing import Standing


def _quiet(note: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class SeriesOptions:
    """How a series is read.

    ``polls_close`` and what follows go into the races that are made from it;
    ``timezone`` is for times without a zone; ``lenient`` reads as far as the
    file is sound, and tells ``note`` what it left out. ``origin`` is whose
    count it is: the file's name where nobody says.
    """

    polls_close: datetime | None = None
    method: Method = Method.PLURALITY
    seats: int = 1
    threshold: float = 50.0
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    origin: str | None = None
    lenient: bool = False
    note: Callable[[str], None] = _quiet


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of one race, with the line of the file that it begins on."""

    race: Race
    reading: Reading
    line: int


def read_series(path: Path, options: SeriesOptions | None = None) -> Iterator[Snapshot]:
    """The snapshots of a series, in the order of the file. SeriesError says what is wrong, and where."""
    chosen = options or SeriesOptions()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _snapshots(csv.reader(file), chosen, chosen.origin or path.stem)
    except OSError as error:
        raise SeriesError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise SeriesError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from error
    except csv.Error as error:
        raise SeriesError(f"{path}: no CSV: {error}") from error


def replay_series(path: Path, options: SeriesOptions | None = None) -> Iterator[Event]:
    """The events of a series, decided on its recorded clock. Holds one standing a race and no more."""
    standings: dict[str, Standing] = {}
    with closing(read_series(path, options)) as snapshots:  # type: ignore[type-var]
        for snapshot in snapshots:
            name = snapshot.race.id
            standing = standings.get(name) or Standing.start(snapshot.race)
            standing, events = step(standing, snapshot.reading)
            standings[name] = standing
            yield from events


def step(standing: Standing, reading: Reading) -> tuple[Standing, list[Event]]:
    """Let the time until a reading pass, then take it in, both by the recorded clock."""
    events: list[Event] = []
    while (due := next_due(standing)) is not None and due < reading.as_of:
        later, told = decide(standing, (), (), due)
        if later is standing:
            break
        standing = later
        events.extend(told)
    standing, told = decide(standing, (reading,), (), reading.as_of)
    events.extend(told)
    return standing, events


def _snapshots(reader: Iterator[list[str]], options: SeriesOptions, origin: str) -> Iterator[Snapshot]:
    races: dict[str, Race] = {}
    last: dict[str, datetime] = {}
    group: list[Row] = []
    for row in rows_of(reader, options.timezone, options.lenient, options.note):
        if group and (row.race != group[0].race or row.moment != group[0].moment):
            yield from _close(group, races, last, options, origin)
            group = []
        group.append(row)
    if group:
        yield from _close(group, races, last, options, origin)


def _close(
    group: list[Row], races: dict[str, Race], last: dict[str, datetime], options: SeriesOptions, origin: str
) -> Iterator[Snapshot]:
    """One finished snapshot, if it is sound."""
    first = group[0]
    trouble = _out_of_order(first, last) or _twice(group)
    if trouble is not None:
        if not options.lenient:
            raise SeriesError(trouble)
        options.note(f"{trouble}: left out")
        return
    last[first.race] = first.moment
    race = races.get(first.race)
    if race is None:
        race = races[first.race] = _race(group, options)
    yield Snapshot(race, _reading(group, origin), first.line)


def _out_of_order(first: Row, last: dict[str, datetime]) -> str | None:
    before = last.get(first.race)
    if before is None or before < first.moment:
        return None
    return f"line {first.line}: {first.moment:%Y-%m-%dT%H:%M:%SZ} does not come after {before:%H:%M:%S}"


def _twice(group: list[Row]) -> str | None:
    seen: set[str] = set()
    for row in group:
        if row.candidate in seen:
            return f"line {row.line}: {row.candidate!r} stands twice in one snapshot"
        seen.add(row.candidate)
    return None


def _race(group: list[Row], options: SeriesOptions) -> Race:
    first = group[0]
    return Race(
        id=first.race,
        title=first.race,
        date=first.moment.astimezone(options.timezone).date(),
        timezone=options.timezone,
        candidates=tuple(Candidate(row.candidate, row.candidate, party=row.party) for row in group),
        polls_close=options.polls_close,
        method=options.method,
        seats=options.seats,
        threshold=options.threshold,
    )


def _reading(group: list[Row], origin: str) -> Reading:
    first = group[0]
    quote = "; ".join([row.quote for row in group])
    pct = first.pct
    return Reading(
        first.race,
        origin,
        first.moment.astimezone(UTC),
        Evidence(quote, f"line {first.line}", "series"),
        tuple([Result(row.candidate, row.votes, row.share) for row in group]),
        None if pct is None else Counted(pct),
    )
