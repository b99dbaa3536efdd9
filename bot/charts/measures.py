"""The figures that are drawn, out of counts that may lack votes or shares. Pure."""

from collections.abc import Iterable, Sequence

from tally.event import Headline
from tally.reading import Result

Shared = tuple[Headline, dict[str, float]]


def shares_of(headline: Headline) -> dict[str, float]:
    """The shares in per cent as they were given."""
    return {r.candidate: r.share for r in headline.results if r.share is not None}


def shared(told: Sequence[Headline]) -> list[Shared]:
    """The counts that tell shares. Only where none does, they are worked out of the votes.

    A count of two candidates out of seven gives 50.2 % where the board says
    48.8 %: mixed in one line, the two would draw a leap that never was.
    """
    given = [(headline, shares) for headline in told if (shares := shares_of(headline))]
    return given or [(headline, shares) for headline in told if (shares := _of_votes(headline))]


def _of_votes(headline: Headline) -> dict[str, float]:
    total = sum(r.votes or 0 for r in headline.results)
    if total == 0 or len(headline.results) < 2 or any(r.votes is None for r in headline.results):
        return {}
    return {r.candidate: 100.0 * (r.votes or 0) / total for r in headline.results}


def can_draw(headline: Headline | None) -> bool:
    """Whether any line of a count has a number: a bare "is ahead" can't be drawn."""
    return headline is not None and any(r.votes is not None or r.share is not None for r in headline.results)


def order_of(told: Sequence[Headline]) -> list[str]:
    """The candidates, those first who are first in the latest count that names them."""
    return list(dict.fromkeys(r.candidate for headline in reversed(told) for r in headline.results))


def margin_of(headline: Headline, first: str, second: str, *, in_votes: bool) -> float | None:
    """How far ``first`` is ahead of ``second`` (below 0: behind), in votes or in percentage points."""
    if in_votes:
        votes = {r.candidate: r.votes for r in headline.results if r.votes is not None}
        told: float | None = headline.margin_votes
    else:
        votes, told = shares_of(headline), headline.margin_points  # type: ignore[assignment]
    if first in votes and second in votes:
        return float(votes[first] - votes[second])
    top = {first, second} >= {headline.leader} and len(headline.results) <= 2
    if told is None or not top:
        return None
    return float(abs(told) if headline.leader == first else -abs(told))


def margins(
    told: Sequence[Headline], first: str, second: str, *, in_votes: bool
) -> list[tuple[Headline, float]]:
    """The counts that tell the margin, each with it: above 0 the first is ahead."""
    known = ((h, margin_of(h, first, second, in_votes=in_votes)) for h in told)
    return [(headline, value) for headline, value in known if value is not None]


def has_margins(told: Sequence[Headline]) -> bool:
    """Whether there are two to compare, and a count that compares them."""
    pair = order_of(told)[:2]
    return len(pair) == 2 and any(margins(told, *pair, in_votes=votes) for votes in (False, True))


def steps(low: float, high: float, most: int = 5) -> list[float]:
    """Round values between ``low`` and ``high``, about ``most`` of them."""
    span = max(high - low, 1e-9)
    raw, size = span / most, 1.0
    while size * 10 <= raw:
        size *= 10
    while size > raw:
        size /= 10
    step = next(size * m for m in (1, 2, 5, 10) if size * m >= raw * 0.999)
    first = int(low // step) + (0 if low % step == 0 else 1)
    return [round(n * step, 10) for n in range(first, int(high // step) + 1)]


def padded(values: Iterable[float], least: float) -> tuple[float, float]:
    """The room that values need, with a margin, never less than ``least``."""
    every = list(values)
    low, high = min(every), max(every)
    spare = max(least - (high - low), 0.0) / 2 + 0.08 * max(high - low, least)
    return low - spare, high + spare


def best_first(results: Sequence[Result]) -> list[Result]:
    """The lines that have a number, as the headline ranks them."""
    return [r for r in results if r.votes is not None or r.share is not None]
