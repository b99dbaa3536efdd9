"""Shares written as fractions of one, which some feeds call per cent."""

from dataclasses import replace

from scrapers.parser.contests.contest import Contest
from tally.reading import Counted

# All lines together are about the whole; rounding and those who are not listed take a little.
_LEAST, _MOST = 0.9, 1.02
# With their votes beside them half of the whole will do, be they a page of a longer list.
_SOME = 0.5


def in_percent(contest: Contest) -> Contest:
    """The contest with its shares in per cent: where together they are about one, or their votes say so."""
    shares = [choice.share for choice in contest.choices if choice.share is not None]
    if len(shares) < 2 or not 0 < max(shares) <= 1 or min(shares) < 0:
        return contest
    if not _are_fractions(contest, sum(shares)):
        return contest
    choices = tuple(replace(c, share=c.share and round(100 * c.share, 6)) for c in contest.choices)
    return replace(contest, choices=choices, counted=_counted(contest.counted))


def _are_fractions(contest: Contest, together: float) -> bool:
    """Whether the shares are of one: by their votes where these are told, else by what they add up to."""
    lines = [(c.share, c.votes) for c in contest.choices if c.share and c.votes]
    if len(lines) < 2:
        return _LEAST <= together <= _MOST
    whole = sum(votes for _, votes in lines)
    return _SOME < together <= _MOST and all(abs(share - votes / whole) < 0.1 for share, votes in lines)


def _counted(counted: Counted | None) -> Counted | None:
    """What is counted is a fraction there too, where it is no more than one and the count is on."""
    if counted is None or not 0 < counted.pct <= 1:
        return counted
    return replace(counted, pct=round(100 * counted.pct, 6))
