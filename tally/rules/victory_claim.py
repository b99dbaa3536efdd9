"""A candidate claims victory, the one who trails included."""

from collections.abc import Iterator

from tally.claim import ClaimKind
from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake
from tally.telling import moved, take_back, tell

NAME = "victory_claim"
KINDS = frozenset({EventKind.VICTORY_CLAIM})
LEVELS = {Level.IMPORTANT: "always"}
WAKES = frozenset({Wake.CLAIM})
WHY = "Both sides can claim victory on one night; a claim by the one who trails is news too. It is no result."
CASE = "Istanbul, 31 March 2019: Yıldırım and İmamoğlu, hours apart."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterator[Event]:
    """One event for each candidate's claim, and one if it is taken back."""
    told = sight.told
    leader = None if told is None else told.leader
    for move in moved(sight, ClaimKind.VICTORY_CLAIM):
        trails = leader is not None and leader != move.after.candidate
        yield tell(
            *(sight, move, EventKind.VICTORY_CLAIM, Level.IMPORTANT),
            after=move.after.candidate,
            details={"trails": trails},
        )
    for move in moved(sight, ClaimKind.VICTORY_CLAIM, withdrawn=True):
        yield take_back(sight, move, EventKind.VICTORY_CLAIM, Level.IMPORTANT, after="withdrawn")
