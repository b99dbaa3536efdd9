"""A desk takes its call back: the race is open again."""

from collections.abc import Iterator

from tally.claim import ClaimKind
from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake
from tally.telling import moved, take_back

NAME = "call_withdrawn"
KINDS = frozenset({EventKind.CALL_WITHDRAWN})
LEVELS = {Level.URGENT: "always"}
WAKES = frozenset({Wake.CLAIM})
WHY = "A call can be wrong; that it was taken back is as much news as the call."
CASE = "AP, Missouri 2008: called at 11:03 pm, withdrawn at 12:32 am; TX-23 and CA-21 in 2018."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterator[Event]:
    """One event for each call taken back."""
    for move in moved(sight, ClaimKind.CALLED, withdrawn=True):
        yield take_back(sight, move, EventKind.CALL_WITHDRAWN, Level.URGENT)
