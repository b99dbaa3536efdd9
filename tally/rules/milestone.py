"""How far the count is, at a few marks."""

from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake
from tally.standing import Count

NAME = "milestone"
KINDS = frozenset({EventKind.MILESTONE})
LEVELS = {Level.ROUTINE: "always"}
WAKES = frozenset({Wake.COUNT})
WHY = (
    "Half of the vote, nine tenths: marks by which people judge a lead. 100 % is none, for it is not the end."
)
CASE = "California counts for weeks at '100 %' of its precincts."
OPTIONS: Options = {
    "marks": ((25.0, 50.0, 75.0, 90.0, 95.0, 99.0), "per cents counted that are told, once each")
}


def look(sight: Sight) -> tuple[Event, ...]:
    """The highest mark that was passed since the last look; those under it are passed over."""
    told = sight.told
    counted = None if told is None else told.reading.counted
    if told is None or counted is None:
        return ()
    # The next mark is kept, so that a reading between two marks costs one comparison.
    following = sight.notes.get("milestone.next")
    if isinstance(following, float) and counted.pct < following:
        return ()
    marks = sight.numbers(NAME, OPTIONS, "marks")
    passed = max((mark for mark in marks if mark <= counted.pct), default=0.0)
    sight.notes["milestone.next"] = min((mark for mark in marks if mark > passed), default=1000.0)
    if sight.before.headline is None or not passed:
        return ()  # the first results say how far the count is
    return (_event(sight, told, passed, counted.basis),)


def _event(sight: Sight, told: Count, mark: float, basis: str | None) -> Event:
    return sight.count_event(
        *(EventKind.MILESTONE, f"{mark:g}", Level.ROUTINE, told),
        after=f"{mark:g}",
        candidate=told.leader,
        details={"mark": mark, "basis": basis},
    )
