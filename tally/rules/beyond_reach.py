"""What cannot change any more, said carefully and only where the votes left are known."""

from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.race import Method
from tally.sight import Sight, Wake
from tally.standing import Count

NAME = "beyond_reach"
KINDS = frozenset({EventKind.MILESTONE})
LEVELS = {Level.IMPORTANT: "always"}
WAKES = frozenset({Wake.COUNT})
WHY = "A lead that is larger than the votes left cannot be overtaken by them; more than that is not said."
CASE = "Precincts at 100 % say nothing of the votes left: California counts on for weeks."
OPTIONS: Options = {}


def look(sight: Sight) -> tuple[Event, ...]:
    """One event for a leader whose margin exceeds the votes that the count itself says are left."""
    told = sight.told
    left = None if told is None else told.reading.votes_left
    if told is None or left is None:
        return ()
    margin = told.headline.margin_votes
    ranked = sight.after.race.method is Method.RANKED
    if told.level or told.leader is None or ranked or margin is None or not 0 <= left < margin:
        return ()
    if sight.notes.get("beyond_reach.told") == told.leader:
        return ()
    sight.notes["beyond_reach.told"] = told.leader
    return (_event(sight, told, margin, left),)


def _event(sight: Sight, told: Count, margin: int, left: int) -> Event:
    return sight.count_event(
        *(EventKind.MILESTONE, f"beyond_reach/{told.leader}/{sight.count_up('beyond_reach.number')}"),
        *(Level.IMPORTANT, told),
        after=told.leader,
        candidate=told.leader,
        details={"beyond_reach": True, "votes_left": left, "margin": margin},
    )
