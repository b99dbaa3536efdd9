"""A concession is taken back."""

from collections.abc import Iterator

from tally.claim import ClaimKind
from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake
from tally.telling import moved, take_back

NAME = "concession_withdrawn"
KINDS = frozenset({EventKind.CONCESSION_WITHDRAWN})
LEVELS = {Level.URGENT: "always"}
WAKES = frozenset({Wake.CLAIM})
WHY = "A reversal is news of its own; the concession stays in the history, withdrawn."
CASE = "Gore 2000; Gillum 2018."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterator[Event]:
    """One event for each concession taken back."""
    for move in moved(sight, ClaimKind.CONCESSION, withdrawn=True):
        yield take_back(sight, move, EventKind.CONCESSION_WITHDRAWN, Level.URGENT)
