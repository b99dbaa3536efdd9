"""The result is certified: the last word on the count."""

from collections.abc import Iterator

from tally.claim import ClaimKind
from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake
from tally.telling import moved, take_back, tell

NAME = "certified"
KINDS = frozenset({EventKind.CERTIFIED})
LEVELS = {Level.URGENT: "always"}
WAKES = frozenset({Wake.CLAIM})
WHY = "Certification ends the count; only a court or an annulment comes after it."
CASE = "Istanbul, 17 April 2019: certified with a margin of 13,729."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterator[Event]:
    """One event when it is first said, and one confirmation."""
    for move in moved(sight, ClaimKind.CERTIFIED):
        yield tell(*(sight, move, EventKind.CERTIFIED, Level.URGENT), after=move.after.candidate)
    for move in moved(sight, ClaimKind.CERTIFIED, withdrawn=True):
        yield take_back(sight, move, EventKind.CERTIFIED, Level.URGENT, after="withdrawn")
