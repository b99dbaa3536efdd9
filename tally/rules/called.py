"""A named desk calls the race, or projects how it will end, which is less."""

from collections.abc import Iterator

from tally.claim import ClaimKind, Strength
from tally.draft import SaidMove
from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Details, Sight, Wake
from tally.telling import moved, standing_calls, tell

NAME = "called"
KINDS = frozenset({EventKind.CALLED})
LEVELS = {
    Level.URGENT: "the first call of a race, or one for another candidate",
    Level.IMPORTANT: "further desks, and projections",
}
WAKES = frozenset({Wake.CLAIM})
WHY = (
    "Calls belong to desks: who called is said, and who else has. A projection is never promoted to a call, "
    "nor a board's into a declaration."
)
CASE = "Arizona 2020: one desk at 11:20 pm, another at 2:50 am, others days later."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterator[Event]:
    """One event for each desk and candidate; a desk that projected before it calls makes another."""
    for move in moved(sight, ClaimKind.CALLED):
        if move.after.strength is Strength.SOFT:
            yield _projected(sight, move)
            continue
        same = [s.by or "" for s in standing_calls(sight) if s.candidate == move.after.candidate]
        other = [s.by or "" for s in standing_calls(sight) if s.candidate != move.after.candidate]
        first = len(same) == 1 or bool(other)
        yield tell(
            *(sight, move, EventKind.CALLED, Level.URGENT if first else Level.IMPORTANT),
            after=move.after.candidate,
            details={"desk": move.after.by, "desks": ", ".join(same), "desks_for_others": ", ".join(other)},
        )


def _projected(sight: Sight, move: SaidMove) -> Event:
    details: Details = {"desk": move.after.by, "strength": "soft"}
    return tell(
        *(sight, move, EventKind.CALLED, Level.IMPORTANT), after=move.after.candidate, details=details
    )
