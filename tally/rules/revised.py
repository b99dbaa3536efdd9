"""Totals went down, and stayed down: the count was revised."""

from collections.abc import Iterator

from tally.believe import total_votes
from tally.draft import CountMove
from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Details, Sight, Wake
from tally.standing import Count

NAME = "revised"
KINDS = frozenset({EventKind.REVISED})
LEVELS = {Level.IMPORTANT: "large, or another one leads by it", Level.ROUTINE: "else"}
WAKES = frozenset({Wake.FALL})
ORDER = 15
WHY = "A total that falls is held until it is confirmed, and then said to be a revision."
CASE = "Shiawassee county, Michigan, 4 November 2020: 153,710 votes became 15,371 within 20 minutes."
OPTIONS: Options = {"important": (0.5, "a change of so many per cent of all votes is more than routine")}


def look(sight: Sight) -> Iterator[Event]:
    """One event for each origin whose accepted totals fell."""
    for move in sight.moves:
        if move.fell and move.before is not None:
            fallen = list(_fallen(move))
            if fallen or _less_counted(move.before, move.after):
                yield _event(sight, move, fallen)


def _less_counted(before: Count, after: Count) -> bool:
    old, new = before.reading.counted, after.reading.counted
    return old is not None and new is not None and new.pct < old.pct


def _event(sight: Sight, move: CountMove, fallen: list[tuple[str, int]]) -> Event:
    count = move.after
    old = None if move.before is None else total_votes(move.before)
    new = total_votes(count)
    details: Details = {"candidates": ", ".join(name for name, _ in fallen)}
    details |= {f"fell.{name}": by for name, by in fallen[:5]}
    return sight.count_event(
        *(EventKind.REVISED, f"{count.origin}/{sight.count_up('revised.number')}"),
        *(_level(sight, move, sum(by for _, by in fallen), old), count),
        before=None if old is None else str(old),
        after=None if new is None else str(new),
        details=details,
    )


def _fallen(move: CountMove) -> Iterator[tuple[str, int]]:
    before = () if move.before is None else move.before.reading.results
    now = {result.candidate: result.votes for result in move.after.reading.results}
    for result in before:
        votes = now.get(result.candidate, 0)
        if result.votes is not None and votes is not None and votes < result.votes:
            yield result.candidate, result.votes - votes


def _level(sight: Sight, move: CountMove, fallen: int, total: int | None) -> Level:
    changed = move.before is not None and move.before.leader != move.after.leader
    large = total is None or 100.0 * fallen >= sight.number(NAME, OPTIONS, "important") * total
    told = sight.after.headline is not None and sight.after.headline.origin == move.after.origin
    return Level.IMPORTANT if told and (changed or large) else Level.ROUTINE
