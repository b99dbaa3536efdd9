"""The result is challenged."""

from collections.abc import Iterator

from tally.claim import ClaimKind
from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake
from tally.telling import moved, tell

NAME = "challenged"
KINDS = frozenset({EventKind.CHALLENGED})
LEVELS = {Level.IMPORTANT: "always"}
WAKES = frozenset({Wake.CLAIM})
WHY = "A challenge changes no number, but it tells that the night is not over."
CASE = "Istanbul, April 2019: the party that was behind asked for a new vote."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterator[Event]:
    """One event when it is first said, and one confirmation."""
    for move in moved(sight, ClaimKind.CHALLENGED):
        yield tell(*(sight, move, EventKind.CHALLENGED, Level.IMPORTANT), after=move.after.by)
