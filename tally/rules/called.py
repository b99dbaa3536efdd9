"""A named desk calls the race."""

from collections.abc import Iterator

from tally.claim import ClaimKind
from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake
from tally.telling import moved, standing_calls, tell

NAME = "called"
KINDS = frozenset({EventKind.CALLED})
LEVELS = {
    Level.URGENT: "the first call of a race, or one for another candidate",
    Level.IMPORTANT: "further desks",
}
WAKES = frozenset({Wake.CLAIM})
WHY = "Calls belong to desks: who called is said, and who else has."
CASE = "Arizona 2020: one desk at 11:20 pm, another at 2:50 am, others days later."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterator[Event]:
    """One event for each desk and candidate."""
    for move in moved(sight, ClaimKind.CALLED):
        same = [s.by or "" for s in standing_calls(sight) if s.candidate == move.after.candidate]
        other = [s.by or "" for s in standing_calls(sight) if s.candidate != move.after.candidate]
        first = len(same) == 1 or bool(other)
        yield tell(
            *(sight, move, EventKind.CALLED, Level.URGENT if first else Level.IMPORTANT),
            after=move.after.candidate,
            details={"desk": move.after.by, "desks": ", ".join(same), "desks_for_others": ", ".join(other)},
        )
