"""The result is annulled: void, with its history kept."""

from collections.abc import Iterator

from tally.claim import ClaimKind
from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake
from tally.telling import moved, tell

NAME = "annulled"
KINDS = frozenset({EventKind.ANNULLED})
LEVELS = {Level.URGENT: "always"}
WAKES = frozenset({Wake.CLAIM})
WHY = "An annulment voids the result; a re-run is a new race that follows the old one."
CASE = "Istanbul, 6 May 2019; Austria 2016; Kenya 2017; Malawi 2020."
OPTIONS: Options = {}
_RESULTS = frozenset({ClaimKind.DECLARED, ClaimKind.CERTIFIED})


def look(sight: Sight) -> Iterator[Event]:
    """One event, with whose victory is void, and one confirmation."""
    for move in moved(sight, ClaimKind.ANNULLED):
        yield tell(*(sight, move, EventKind.ANNULLED, Level.URGENT), before=_winner(sight), after="annulled")


def _winner(sight: Sight) -> str | None:
    """Who had been certified or declared, else who was ahead."""
    for said in reversed(sight.after.statuses):
        if said.kind in _RESULTS and said.withdrawn is None and said.candidate is not None:
            return said.candidate
    return sight.before.leader
