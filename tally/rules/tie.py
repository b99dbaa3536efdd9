"""A tie is a state of its own: nobody is ahead, and local law decides what follows."""

from collections.abc import Iterator

from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake

NAME = "tie"
KINDS = frozenset({EventKind.TIE})
LEVELS = {Level.IMPORTANT: "always"}
WAKES = frozenset({Wake.LEAD})
ORDER = 21
WHY = "Equal votes at the top are no lead for whoever stands first on the page."
CASE = "Surrey City Centre, British Columbia, 19 October 2024: 46 % each with 92 % counted."
OPTIONS: Options = {}


def look(sight: Sight) -> Iterator[Event]:
    """One event each time others, or more of them, are level at the top."""
    told = sight.told
    if told is None or not told.level:
        return
    former = sight.before.headline
    if former is None:
        return  # the first results say so themselves
    if set(sight.before.origins[former.origin].level) == set(told.level):
        return
    yield sight.count_event(
        *(EventKind.TIE, f"{told.origin}/{sight.count_up('tie.number')}", Level.IMPORTANT, told),
        before=sight.before.leader,
        after=" = ".join(told.level),
    )
