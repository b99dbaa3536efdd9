"""Whose count a race is told by.

An origin flips the race only against itself. The count that the race is told
by changes hands in two cases: an origin of higher rank that is at least as far
counted overrules (Istanbul, 1 April 2019: the board over the agency that had
stopped), and an equal one goes on where the former fell silent, if both have
the same leader.
"""

from collections.abc import Mapping

from tally.event import Headline
from tally.reading import Status
from tally.standing import Count

_FINAL = frozenset({Status.OFFICIAL, Status.CERTIFIED})


def believe(told: Headline | None, counts: Mapping[str, Count], moved: Count) -> Headline | None:
    """The headline after one origin's count moved."""
    if told is None or told.origin == moved.origin:
        return moved.headline
    return moved.headline if _takes_over(moved, counts[told.origin]) else told


def _takes_over(moved: Count, told: Count) -> bool:
    if moved.leader is None:
        return False
    if moved.rank > told.rank:
        return as_far(moved, told)
    same = moved.leader == told.leader and moved.rank == told.rank
    return same and told.silent_since is not None and as_far(moved, told)


def as_far(one: Count, other: Count) -> bool:
    """Whether a count is at least as far as another: by counted per cent, else votes, else time."""
    if one.reading.status in _FINAL and other.reading.status not in _FINAL:
        return True
    mine, its = one.reading.counted, other.reading.counted
    if mine is not None and its is not None and mine.basis == its.basis:
        return mine.pct >= its.pct
    if mine is not None and its is not None:
        return mine.pct >= its.pct - 1.0  # of votes and of ballot boxes: the same only about
    votes, others = total_votes(one), total_votes(other)
    if votes is not None and others is not None:
        return votes >= others
    return one.reading.as_of >= other.reading.as_of


def total_votes(count: Count) -> int | None:
    """All votes of a count, None where a line lacks them."""
    total = 0
    for result in count.reading.results:
        if result.votes is None:
            return None
        total += result.votes
    return total or None
