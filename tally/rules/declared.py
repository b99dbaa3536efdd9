"""The result is officially declared."""

from collections.abc import Iterator

from tally.claim import ClaimKind
from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake
from tally.telling import moved, take_back, tell

NAME = "declared"
KINDS = frozenset({EventKind.DECLARED})
LEVELS = {Level.URGENT: "always"}
WAKES = frozenset({Wake.CLAIM})
WHY = "A declaration is the board's own word, above every call; it can still be recounted or annulled."
CASE = "Istanbul, 24 June 2019: declared with 54.21 to 44.99 %."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterator[Event]:
    """One event for the declaration, and one if it is taken back."""
    for move in moved(sight, ClaimKind.DECLARED):
        yield tell(*(sight, move, EventKind.DECLARED, Level.URGENT), after=move.after.candidate)
    for move in moved(sight, ClaimKind.DECLARED, withdrawn=True):
        yield take_back(sight, move, EventKind.DECLARED, Level.URGENT, after="withdrawn")
