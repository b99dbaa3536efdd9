"""A series against the truth: what was found, missed, told late and told falsely, by kind."""

import csv
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from nights.series import SeriesOptions, Snapshot, read_series, rest, step
from tally.errors import SeriesError
from tally.event import Audience, Event, EventKind
from tally.standing import Standing

# The words of the truth files, and the events that answer them.
_KINDS = {
    "initial": EventKind.FIRST_RESULTS,
    "change": EventKind.LEAD_CHANGE,
    "tie": EventKind.TIE,
    "qualifier_change": EventKind.LINE_CHANGE,
    "tie_for_2nd": EventKind.LINE_CHANGE,
}


@dataclass(frozen=True, slots=True)
class Truth:
    """One row of a truth file; ``after`` is who leads or came in, None at a tie."""

    race: str
    kind: EventKind
    moment: datetime
    after: str | None


@dataclass(slots=True)
class Backtest:
    """What came of it. ``late`` ones are found as well, one snapshot after the one that shows them.

    ``explained`` are events at a recorded anomaly that the truth does not have.
    """

    found: Counter[EventKind] = field(default_factory=Counter)
    late: Counter[EventKind] = field(default_factory=Counter)
    missed: list[Truth] = field(default_factory=list)
    false: list[Event] = field(default_factory=list)
    explained: list[Event] = field(default_factory=list)
    events: Counter[EventKind] = field(default_factory=Counter)
    snapshots: int = 0

    def figures(self) -> dict[str, dict[str, int]]:
        """By kind: found (the late ones included), missed, false, late, at anomalies."""
        kinds = {*self.found, *(t.kind for t in self.missed), *(e.kind for e in self.false + self.explained)}
        return {
            kind.value: {
                "found": self.found[kind],
                "missed": sum(1 for truth in self.missed if truth.kind is kind),
                "false": sum(1 for event in self.false if event.kind is kind),
                "late": self.late[kind],
                "at anomalies": sum(1 for event in self.explained if event.kind is kind),
            }
            for kind in sorted(kinds)
        }

    def lines(self) -> Iterator[str]:
        """The figures, a line a kind, then each miss and each false alarm."""
        for kind, figures in self.figures().items():
            yield f"{kind}: " + ", ".join(f"{name} {number}" for name, number in figures.items())
        for truth in self.missed:
            yield f"missed {truth.kind.value} {truth.moment:%Y-%m-%dT%H:%M:%SZ} {truth.race} → {truth.after}"
        for event in self.false:
            yield f"false {event.kind.value} {event.at:%Y-%m-%dT%H:%M:%SZ} {event.race} → {event.after}"


def read_truth(path: Path) -> list[Truth]:
    """The rows of a truth file, of leads or of the top two. SeriesError where it is none."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        columns = set(reader.fieldnames or ())
        if not {"race", "kind", "timestamp_utc"} <= columns or not columns & {"to", "came_in"}:
            raise SeriesError(f"{path}: no truth file: race, kind, timestamp_utc and to are needed")
        return [_truth(row, path, number) for number, row in enumerate(reader, start=2)]


def _truth(row: dict[str, str], path: Path, line: int) -> Truth:
    kind = _KINDS.get(row["kind"] or "")
    if kind is None:
        raise SeriesError(f"{path}: line {line}: unknown kind {row['kind']!r}; known are {', '.join(_KINDS)}")
    tie = "tie" in row["kind"]
    after = None if tie else (row.get("to") or row.get("came_in"))
    return Truth(row["race"], kind, _moment(row, path, line), after)


def _moment(row: dict[str, str], path: Path, line: int) -> datetime:
    """A row's time, in UTC where it says no zone, as its column is named."""
    try:
        moment = datetime.fromisoformat(row["timestamp_utc"] or "")
    except ValueError as error:
        raise SeriesError(f"{path}: line {line}: {row['timestamp_utc']!r} is no time") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_anomalies(path: Path) -> set[tuple[str, datetime]]:
    """The race and time of every snapshot in which something went down or missing. Raises SeriesError."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not {"race", "timestamp_utc"} <= set(reader.fieldnames or ()):
            raise SeriesError(f"{path}: no list of anomalies: race and timestamp_utc are needed")
        return {(row["race"], _moment(row, path, line)) for line, row in enumerate(reader, start=2)}


def backtest(
    series: Path, truth: Path, options: SeriesOptions | None = None, anomalies: Path | None = None
) -> Backtest:
    """Replay a series and compare its events with the truth."""
    odd = read_anomalies(anomalies) if anomalies is not None else set()
    return compare(read_series(series, options), read_truth(truth), odd)


def compare(
    snapshots: Iterable[Snapshot], wanted: list[Truth], odd: set[tuple[str, datetime]] | None = None
) -> Backtest:
    """Replay snapshots and compare their events with what is wanted; ``odd`` are the known anomalies."""
    kinds = {row.kind for row in wanted}
    result = Backtest()
    times: dict[str, list[datetime]] = defaultdict(list)
    told: list[Event] = []
    for event in _replay(snapshots, times):
        result.events[event.kind] += 1
        if event.kind in kinds and not event.details.get("summary"):
            told.append(event)
    result.snapshots = sum(map(len, times.values()))
    _compare(result, wanted, told, times, odd or set())
    return result


def _replay(snapshots: Iterable[Snapshot], times: dict[str, list[datetime]]) -> Iterator[Event]:
    standings: dict[str, Standing] = {}
    for snapshot in snapshots:
        name = snapshot.race.id
        times[name].append(snapshot.reading.as_of)
        standing = standings.get(name) or Standing.start(snapshot.race)
        standings[name], events = step(standing, snapshot.reading)
        yield from (event for event in events if event.kind.audience is Audience.FOLLOWERS)
    for standing in standings.values():
        yield from rest(standing)


def _compare(
    result: Backtest,
    wanted: Iterable[Truth],
    told: list[Event],
    times: dict[str, list[datetime]],
    odd: set[tuple[str, datetime]],
) -> None:
    left: dict[tuple[str, EventKind], list[Event]] = defaultdict(list)
    for event in told:
        left[event.race, event.kind].append(event)
    for truth in wanted:
        snapshots = times[truth.race]
        following = bisect_right(snapshots, truth.moment)
        until = snapshots[following] if following < len(snapshots) else datetime.max.replace(tzinfo=UTC)
        candidates = left[truth.race, truth.kind]
        match = next((e for e in candidates if _answers(e, truth, until)), None)
        if match is None:
            result.missed.append(truth)
            continue
        candidates.remove(match)
        result.found[truth.kind] += 1
        result.late[truth.kind] += match.at > truth.moment
    for event in (event for events in left.values() for event in events):
        at_anomaly = _near_anomaly(event, times[event.race], odd)
        (result.explained if at_anomaly else result.false).append(event)


def _answers(event: Event, truth: Truth, until: datetime) -> bool:
    if truth.kind is EventKind.FIRST_RESULTS:
        return event.at <= until  # first results that are level come before the first strict leader
    if not truth.moment <= event.at <= until:
        return False
    return truth.after is None or event.after == truth.after


def _near_anomaly(event: Event, snapshots: list[datetime], odd: set[tuple[str, datetime]]) -> bool:
    """Whether the event's snapshot, or the one before it, is a recorded anomaly."""
    place = bisect_right(snapshots, event.at)
    return any((event.race, moment) in odd for moment in snapshots[max(0, place - 2) : place])
