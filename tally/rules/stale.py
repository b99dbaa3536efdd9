"""A feed that stopped: no update since, which is not the same as no change."""

from collections.abc import Iterator

from tally import silence
from tally.event import Event, EventKind, Level, Tier
from tally.options import Options
from tally.sight import Sight, Wake

NAME = silence.NAME
KINDS = frozenset({EventKind.STALE})
LEVELS = {Level.IMPORTANT: "always"}
WAKES = frozenset({Wake.TIME})
WHY = "A count that stands still while votes are still to be counted is itself news."
CASE = "Anadolu stopped at 23:20 on 31 March 2019 with 98.8 % counted; Honduras 2025, a day."
OPTIONS: Options = silence.OPTIONS


def look(sight: Sight) -> Iterator[Event]:
    """One event for each count that is silent for too long from now on."""
    for origin, count in sight.after.origins.items():
        since = count.silent_since
        known = sight.before.origins.get(origin)
        if since is None or (known is not None and known.silent_since is not None):
            continue
        event = sight.count_event(
            *(EventKind.STALE, f"{origin}/{count.silences}", Level.IMPORTANT, count),
            before="counting",
            after="silent",
            candidate=count.leader,
            tier=Tier.CONFIRMED,
            details={
                "since": since.isoformat(),
                "as_of": count.reading.as_of.isoformat(),
                "minutes": int((sight.now - since).total_seconds() // 60),
            },
        )
        yield event
