"""The margin gets small: the lead may change."""

from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake
from tally.standing import Count, Phase

NAME = "close"
KINDS = frozenset({EventKind.CLOSE})
LEVELS = {Level.ROUTINE: "always"}
WAKES = frozenset({Wake.COUNT})
WHY = "Whoever follows a race wants to be there when the lead may change."
CASE = "Istanbul, 31 March 2019: 48.71 to 48.65 % with 98.8 % counted."
OPTIONS: Options = {
    "points": (0.5, "a margin of so many percentage points or fewer is close"),
    "counted": (50.0, "not before so many per cent are counted, where that is known"),
    "again": (3.0, "told again only after the margin was so many times as large"),
}


def look(sight: Sight) -> tuple[Event, ...]:
    """One event when the margin falls under the size, and none until it was well over it again."""
    told = sight.told
    margin = None if told is None else told.headline.margin_points
    if told is None or margin is None or sight.after.phase is not Phase.COUNTING:
        return ()
    points = sight.number(NAME, OPTIONS, "points")
    if sight.notes.get("close.open"):
        if margin > points * sight.number(NAME, OPTIONS, "again"):
            sight.notes["close.open"] = False
        return ()
    if margin > points or told.level:
        return ()
    counted = told.reading.counted
    if counted is not None and counted.pct < sight.number(NAME, OPTIONS, "counted"):
        return ()
    sight.notes["close.open"] = True
    if sight.before.leader != told.leader:
        return ()  # the first results, or the change of the lead, say so themselves
    return (_event(sight, told, margin),)


def _event(sight: Sight, told: Count, margin: float) -> Event:
    return sight.count_event(
        *(EventKind.CLOSE, f"{told.origin}/{sight.count_up('close.number')}", Level.ROUTINE, told),
        after=told.leader,
        candidate=told.leader,
        details={"points": margin},
    )
