"""From a reading to its headline: who is ahead, by how much, and when that can't be said.

A page that names some of the candidates must not move the lead by leaving the
others out: 45.4 % for one man is no lead while 51.6 % are not told.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from operator import attrgetter

from tally.event import Headline
from tally.reading import Qualifier, Reading, Result
from tally.swift import swift


@swift
@dataclass(frozen=True, slots=True)
class Top:
    """The top of one reading: its strict leader, or who is level, and the margin to the second."""

    leader: str | None = None
    level: tuple[str, ...] = ()
    votes: int | None = None
    points: float | None = None


_NOBODY = Top()


def by_votes(result: Result) -> tuple[int, float]:
    """What results are ranked by: votes, then share; a line without a number comes last."""
    votes = result.votes
    share = result.share
    return (-1 if votes is None else votes, -1.0 if share is None else share)


def overtaken(line: Result, listed: Sequence[Result], formerly: int) -> bool:
    """Whether a candidate is missing only because the page lists the first few, all of whom have more.

    ``line`` is what the candidate had, ``formerly`` how many the page listed then.
    """
    if len(listed) < formerly or any(result.candidate == line.candidate for result in listed):
        return False
    return by_votes(line) <= min(map(by_votes, listed), default=(0, 0.0))


_votes_of: Callable[[Result], int] = attrgetter("votes")


def ranked(results: Sequence[Result]) -> tuple[Result, ...]:
    """The results, best first; those who are level stay in the order of the page."""
    try:
        return tuple(sorted(results, key=_votes_of, reverse=True))
    except TypeError:  # some line has no votes
        return tuple(sorted(results, key=by_votes, reverse=True))


def top_of(reading: Reading, rivals: Collection[str] = (), order: tuple[Result, ...] | None = None) -> Top:
    """The top of a reading, as far as its numbers decide it.

    ``rivals`` are those who were first or second before: without a number for
    each of them the reading can't say who is ahead, unless one share is over
    half, or the lead is told as such. ``order`` is the ranked results, where
    the caller has them.
    """
    if order is None:
        order = ranked(reading.results)
    if len(order) > 1 and order[1].votes is not None and _have_votes(order, rivals):
        return _top_by_votes(order)
    shares = [result for result in order if result.share is not None]
    shares.sort(key=lambda result: result.share or 0.0, reverse=True)
    top = _top_by_shares(shares, rivals)
    told = _top_as_told(reading)
    if top.leader is None:
        return top if top.level else told
    if told.leader == top.leader and top.votes is None:
        points = told.points if top.points is None else top.points
        return Top(top.leader, (), told.votes, points)
    return top


def _have_votes(order: tuple[Result, ...], rivals: Collection[str]) -> bool:
    """Whether each rival has a number of votes here; mostly they are the first two again."""
    for rival in rivals:
        if rival != order[0].candidate and rival != order[1].candidate:
            return {r.candidate for r in order if r.votes is not None}.issuperset(rivals)
    return True


def _top_by_votes(order: tuple[Result, ...]) -> Top:
    first, second = order[0], order[1]
    if first.votes is None or second.votes is None:  # pragma: no cover - the caller has looked
        return _NOBODY
    margin = first.votes - second.votes
    if margin == 0:
        return Top(level=_level(order), votes=0, points=0.0)
    points = _points(first, second)
    if points is None:
        total = sum(result.votes or 0 for result in order)
        points = round(100.0 * margin / total, 4)
    return Top(first.candidate, (), margin, points)


def _level(order: tuple[Result, ...]) -> tuple[str, ...]:
    best = order[0].votes
    return tuple(result.candidate for result in order if result.votes == best)


def _points(first: Result, second: Result) -> float | None:
    if first.share is None or second.share is None:
        return None
    return round(first.share - second.share, 4)


def _top_by_shares(shares: list[Result], rivals: Collection[str]) -> Top:
    if not shares:
        return _NOBODY
    first = shares[0]
    best = first.share or 0.0
    if len(shares) == 1:
        return Top(first.candidate) if _over_half(first) else _NOBODY
    second = shares[1].share or 0.0
    told = {result.candidate for result in shares}
    untold = 100.0 - sum(result.share or 0.0 for result in shares)
    if not _over_half(first) and not (told.issuperset(rivals) and (rivals or untold < best)):
        return _NOBODY
    if best == second:
        level = tuple(result.candidate for result in shares if result.share == best)
        return Top(level=level, points=0.0)
    exact = first.qualifier is shares[1].qualifier is Qualifier.EXACT
    return Top(first.candidate, (), None, round(best - second, 4) if exact else None)


def _over_half(result: Result) -> bool:
    """Whether one share alone means the lead: "nearly 51" is not yet over half."""
    share = result.share or 0.0
    if result.qualifier is Qualifier.AT_MOST:
        return False
    return share > (51.0 if result.qualifier is Qualifier.ABOUT else 50.0)


def _top_as_told(reading: Reading) -> Top:
    lead = reading.lead
    if lead is None or lead.votes == 0 or lead.points == 0:
        return _NOBODY
    exact = lead.qualifier is Qualifier.EXACT
    return Top(lead.candidate, (), lead.votes if exact else None, lead.points if exact else None)


def headline_of(reading: Reading, top: Top, order: tuple[Result, ...]) -> Headline:
    """The headline of a reading whose top and ranked results are known."""
    return Headline(
        reading.origin,
        reading.as_of,
        order,
        top.leader,
        top.votes,
        top.points,
        reading.counted,
        reading.turnout,
        reading.source,
        reading.url,
    )
