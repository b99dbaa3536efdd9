"""How far the count is, at a few marks."""

from collections.abc import Iterator

from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake

NAME = "milestone"
KINDS = frozenset({EventKind.MILESTONE})
WAKES = frozenset({Wake.COUNT})
WHY = (
    "Half of the vote, nine tenths: marks by which people judge a lead. 100 % is none, for it is not the end."
)
CASE = "California counts for weeks at '100 %' of its precincts."
OPTIONS: Options = {
    "marks": ((25.0, 50.0, 75.0, 90.0, 95.0, 99.0), "per cents counted that are told, once each")
}


def look(sight: Sight) -> Iterator[Event]:
    """The highest mark that was passed since the last look; those under it are passed over."""
    told = sight.told
    counted = None if told is None else told.reading.counted
    if told is None or counted is None:
        return
    reached = sight.notes.get("milestone.reached")
    floor = float(reached) if isinstance(reached, (int, float)) else None
    if floor is not None and counted.pct <= floor:
        return
    passed = [mark for mark in sight.numbers(NAME, OPTIONS, "marks") if mark <= counted.pct]
    top = max(passed, default=0.0)
    if floor is not None and top <= floor:
        return
    sight.notes["milestone.reached"] = top
    if sight.before.headline is None or not top:
        return  # the first results say how far the count is
    yield sight.count_event(
        *(EventKind.MILESTONE, f"{top:g}", Level.ROUTINE, told),
        after=f"{top:g}",
        candidate=told.leader,
        details={"mark": top, "basis": counted.basis},
    )
