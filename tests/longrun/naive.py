"""Who leads, by the definition of the recorded counts and nothing more: the truth of counts made up.

The leader has strictly the most votes, or the largest share where there are no votes. A change is dated at
the first snapshot that shows it; after a tie the next strict leader is compared with the last one. Nothing
of ``tally`` decides here, so that it can be compared with it.
"""

from collections.abc import Iterable, Iterator

from nights.backtest import Truth
from nights.series import Snapshot
from tally.event import EventKind
from tally.reading import Result


def truth_of(snapshots: Iterable[Snapshot]) -> list[Truth]:
    """The first leader, the changes and the ties of sound snapshots, race by race in their order."""
    last: dict[str, str] = {}
    level: dict[str, frozenset[str]] = {}
    found = []
    for snapshot in snapshots:
        race, moment = snapshot.race.id, snapshot.reading.as_of
        best = top(snapshot.reading.results)
        if not best:
            continue
        if len(best) > 1:
            begun = (
                race in last or race in level
            )  # who is level in the first snapshot is level in the first results
            if begun and level.get(race) != best:
                found.append(Truth(race, EventKind.TIE, moment, None))
            level[race] = best
            continue
        level[race] = frozenset()
        (leader,) = best
        if last.get(race) != leader:
            kind = EventKind.LEAD_CHANGE if race in last else EventKind.FIRST_RESULTS
            found.append(Truth(race, kind, moment, leader))
        last[race] = leader
    return found


def top(results: Iterable[Result]) -> frozenset[str]:
    """Whoever has the most, one or several; nobody where there is no number above zero."""
    numbers = dict(_numbers(tuple(results)))
    most = max(numbers.values(), default=0)
    return frozenset(name for name, number in numbers.items() if number == most > 0)


def _numbers(results: tuple[Result, ...]) -> Iterator[tuple[str, float]]:
    with_votes = any(result.votes is not None for result in results)
    for result in results:
        number = result.votes if with_votes else result.share
        if number is not None:
            yield result.candidate, number
