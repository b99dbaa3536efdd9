"""The first count of a race: from here on there is something to follow."""

from collections.abc import Iterator

from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake

NAME = "first_results"
KINDS = frozenset({EventKind.FIRST_RESULTS})
LEVELS = {Level.IMPORTANT: "always"}
WAKES = frozenset({Wake.FIRST})
ORDER = 10
WHY = "The first numbers of the night open the race; who is ahead in them says little yet."
CASE = "Istanbul, 23 June 2019: first numbers at 19:15, when the embargo lifted."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterator[Event]:
    """One event, when a race has its first headline."""
    told = sight.told
    if sight.before.headline is not None or told is None:
        return
    leader = None if told.level else told.leader
    yield sight.count_event(
        *(EventKind.FIRST_RESULTS, told.origin, Level.IMPORTANT, told), after=leader, candidate=leader
    )
