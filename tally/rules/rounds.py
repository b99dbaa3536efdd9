"""Ranked counts go by rounds: who is ahead in one is not "winning"."""

from collections.abc import Iterable, Iterator

from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.race import Method
from tally.reading import Reading
from tally.sight import Sight, Wake

NAME = "rounds"
KINDS = frozenset({EventKind.MILESTONE})
LEVELS = {Level.ROUTINE: "always"}
WAKES = frozenset({Wake.COUNT})
WHY = "In a ranked count votes go over from round to round: each round is told as such."
CASE = "New York 2021, Alaska 2022: the leader of the first preferences is not the winner."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterable[Event]:
    """One event for each later round, with who is out."""
    if sight.after.race.method is not Method.RANKED:
        return ()
    return _rounds(sight)


def _rounds(sight: Sight) -> Iterator[Event]:
    told = sight.told
    if told is None or told.reading.round is None:
        return
    former = sight.before.headline
    if former is None or former.origin != told.origin:
        return
    known = sight.before.origins[told.origin].reading
    if told.reading.round <= (known.round or 1):
        return
    out = _out(known, told.reading)
    yield sight.count_event(
        *(EventKind.MILESTONE, f"{told.origin}/round/{told.reading.round}", Level.ROUTINE, told),
        before=str(known.round or 1),
        after=str(told.reading.round),
        candidate=told.leader,
        details={"round": told.reading.round, "out": ", ".join(out)},
    )


def _out(known: Reading, reading: Reading) -> list[str]:
    has = {result.candidate for result in reading.results if result.votes or result.share}
    return [r.candidate for r in known.results if (r.votes or r.share) and r.candidate not in has]
