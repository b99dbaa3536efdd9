"""What cannot change any more, said carefully and only where the votes left are known."""

from collections.abc import Iterator

from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.race import Method
from tally.sight import Sight, Wake

NAME = "beyond_reach"
KINDS = frozenset({EventKind.MILESTONE})
WAKES = frozenset({Wake.COUNT})
WHY = "A lead that is larger than the votes left cannot be overtaken by them; more than that is not said."
CASE = "Precincts at 100 % say nothing of the votes left: California counts on for weeks."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterator[Event]:
    """One event for a leader whose margin exceeds the votes that the count itself says are left."""
    told = sight.told
    if told is None or told.reading.votes_left is None or told.level or told.leader is None:
        return
    ranked = sight.after.race.method is Method.RANKED
    margin = told.headline.margin_votes
    if ranked or margin is None or told.reading.votes_left < 0 or margin <= told.reading.votes_left:
        return
    if sight.notes.get("beyond_reach.told") == told.leader:
        return
    sight.notes["beyond_reach.told"] = told.leader
    yield sight.count_event(
        *(EventKind.MILESTONE, f"beyond_reach/{told.leader}/{sight.count_up('beyond_reach.number')}"),
        *(Level.IMPORTANT, told),
        after=told.leader,
        candidate=told.leader,
        details={"beyond_reach": True, "votes_left": told.reading.votes_left, "margin": margin},
    )
