"""Votes are counted again: a phase in which totals may move both ways."""

from collections.abc import Iterator

from tally.claim import ClaimKind
from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake
from tally.telling import moved, tell

NAME = "recount"
KINDS = frozenset({EventKind.RECOUNT})
LEVELS = {Level.IMPORTANT: "always"}
WAKES = frozenset({Wake.CLAIM})
WHY = "In a recount a falling total is no fault and a silent feed no news."
CASE = "Istanbul, April 2019: the margin went 18,742, 19,531, 18,223, 13,729."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterator[Event]:
    """One event when it is first said, and one confirmation."""
    for move in moved(sight, ClaimKind.RECOUNT):
        yield tell(*(sight, move, EventKind.RECOUNT, Level.IMPORTANT), after="recount")
