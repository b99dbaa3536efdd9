"""A feed that had stopped goes on."""

from collections.abc import Iterator

from tally.event import Event, EventKind, Level, Tier
from tally.options import Options
from tally.sight import Sight, Wake

NAME = "resumed"
KINDS = frozenset({EventKind.RESUMED})
LEVELS = {Level.ROUTINE: "always"}
WAKES = frozenset({Wake.RESUMED})
ORDER = 14
WHY = "Who was told that a count stands still is told that it goes on."
CASE = "Honduras, 4 December 2025: the count went on after 13 hours, with another leader."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterator[Event]:
    """One event for each count that moved again after it was told to be silent."""
    for move in sight.moves:
        count, before = move.after, move.before
        if before is None or before.silent_since is None or count.silent_since is not None:
            continue
        minutes = int((sight.now - before.silent_since).total_seconds() // 60)
        yield sight.count_event(
            *(EventKind.RESUMED, f"{count.origin}/{count.silences}", Level.ROUTINE, count),
            before="silent",
            after="counting",
            candidate=count.leader,
            tier=Tier.CONFIRMED,
            details={"since": before.silent_since.isoformat(), "minutes": minutes},
        )
