"""A recorded series of counts: a long CSV, read as a stream of readings.

Columns: ``race,timestamp_utc,candidate,party,votes,share,pct_counted``, one row
per candidate and snapshot; the rows of a snapshot stand together. The races
need no file: they are made from the rows, with the names as they stand there.
"""

import csv
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from nights.explain import Explain, Taken
from nights.series_rows import Group, groups_of
from tally.decide import decide, next_due
from tally.errors import SeriesError
from tally.event import Event, EventKind
from tally.evidence import Evidence
from tally.race import Candidate, Method, Race
from tally.reading import Counted, Reading
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
        # A character that is no UTF-8 spoils its own snapshot and no other, where that may be left out.
        how = "replace" if chosen.lenient else "strict"
        with path.open(encoding="utf-8-sig", errors=how, newline="") as file:
            yield from _snapshots(csv.reader(file), chosen, chosen.origin or path.stem)
    except OSError as error:
        raise SeriesError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise SeriesError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from error
    except csv.Error as error:
        raise SeriesError(f"{path}: no CSV: {error}") from error


def replay_series(
    path: Path, options: SeriesOptions | None = None, explain: Explain | None = None
) -> Iterator[Event]:
    """The events of a series, decided on its recorded clock. Holds one standing a race and no more.

    ``explain`` is told of every snapshot what became of it, before its events are.
    """
    standings: dict[str, Standing] = {}
    with closing(read_series(path, options)) as snapshots:  # type: ignore[type-var]
        for snapshot in snapshots:
            name = snapshot.race.id
            standing = standings.get(name) or Standing.start(snapshot.race)
            after, events = step(standing, snapshot.reading)
            if explain is not None:
                explain(Taken(standing, after, snapshot.reading.as_of, (snapshot.reading,)))
            standings[name] = after
            yield from events
    for standing in standings.values():
        yield from rest(standing)


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


def rest(standing: Standing) -> Iterator[Event]:
    """What time alone still confirms after the last snapshot: the state that a series ends with stands."""
    while standing.quarantine and (due := next_due(standing)) is not None:
        later, told = decide(standing, (), (), due)
        if later is standing:
            break
        standing = later
        yield from (event for event in told if event.kind is not EventKind.STALE)


def _snapshots(reader: Iterator[list[str]], options: SeriesOptions, origin: str) -> Iterator[Snapshot]:
    races: dict[str, Race] = {}
    last: dict[str, datetime] = {}
    for group in groups_of(reader, options.timezone, options.lenient, options.note):
        trouble = _out_of_order(group, last) or _twice(group)
        if trouble is None:
            last[group.race] = group.moment
            race = races.get(group.race)
            if race is None:
                race = races[group.race] = _race(group, options)
            yield Snapshot(race, _reading(group, origin), group.line)
        elif options.lenient:
            options.note(f"{trouble}: left out")
        else:
            raise SeriesError(trouble)


def _out_of_order(group: Group, last: dict[str, datetime]) -> str | None:
    before = last.get(group.race)
    if before is None or before < group.moment:
        return None
    return f"line {group.line}: {group.moment:%Y-%m-%dT%H:%M:%SZ} does not come after {before:%H:%M:%S}"


def _twice(group: Group) -> str | None:
    names = [result.candidate for result in group.results]
    if len(set(names)) == len(names):
        return None
    twice = next(name for name in names if names.count(name) > 1)
    return f"line {group.line}: {twice!r} stands twice in one snapshot"


def _race(group: Group, options: SeriesOptions) -> Race:
    lines = zip(group.results, group.parties, strict=True)
    return Race(
        id=group.race,
        title=group.race,
        date=group.moment.astimezone(options.timezone).date(),
        timezone=options.timezone,
        candidates=tuple(Candidate(r.candidate, r.candidate, party=party) for r, party in lines),
        polls_close=options.polls_close,
        method=options.method,
        seats=options.seats,
        threshold=options.threshold,
    )


def _reading(group: Group, origin: str) -> Reading:
    evidence = Evidence("; ".join(group.quotes), f"line {group.line}", "series")
    counted = None if group.pct is None else Counted(group.pct)
    return Reading(group.race, origin, group.moment, evidence, tuple(group.results), counted)
