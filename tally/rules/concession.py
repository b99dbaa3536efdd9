"""A candidate concedes: firm, or soft ("I congratulate him, he is ahead for now")."""

from collections.abc import Iterator

from tally.claim import ClaimKind
from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake
from tally.telling import moved, tell

NAME = "concession"
KINDS = frozenset({EventKind.CONCESSION})
LEVELS = {Level.URGENT: "always"}
WAKES = frozenset({Wake.CLAIM})
WHY = (
    "A concession is reported as one and as nothing more. A soft one is told as such; a firm one after it "
    "is told as well; whoever repeats it only makes it surer."
)
CASE = "Yıldırım, 23 June 2019: one agency wrote 'leading', another 'conceded'."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterator[Event]:
    """One event for a candidate's concession, one if it becomes firm, and one confirmation."""
    for move in moved(sight, ClaimKind.CONCESSION):
        before = None if move.before is None or move.confirms else move.before.strength.value
        yield tell(
            *(sight, move, EventKind.CONCESSION, Level.URGENT),
            before=before,
            after=move.after.strength.value,
            details={"strength": move.after.strength.value},
        )
