"""Whether an electorate can have cast what came: a jump, a batch for one alone, a digit too many."""

from tally.accept.complaint import Complaint
from tally.accept.progress import pct_of
from tally.reading import Reading, Result
from tally.standing import Doubt

Growth = tuple[int, int, int]


def growth(old: tuple[Result, ...], new: tuple[Result, ...]) -> Growth | None:
    """The quick way: the same lines in the same order, none lower.

    Then how many votes there were, how many came, and how many at most for one.
    """
    if len(old) != len(new):
        return None
    before = grown = best = 0
    for a, b in zip(old, new, strict=True):
        had, has = a.votes, b.votes
        if had is None or has is None or has < had or a.candidate != b.candidate:
            return None
        before += had
        grown += has - had
        best = max(best, has - had)
    return before, grown, best


# From so many votes on an area is large enough for its voters not to be all of one mind.
_LARGE = 1000
# In a small count so few votes may be of one street, and who has so few may have anything next.
_FEW_MORE, _FEW = 20, 5


def unexplained(known: Reading, reading: Reading, growth: Growth) -> Complaint | None:
    """A growth that no count explains: many times the votes, or a large batch for one alone."""
    before, grown, best = growth
    if 100 * grown < before or grown < _FEW_MORE:
        return None
    old = pct_of(known)
    if old is not None and old >= 30.0 and 10 * before >= _LARGE:
        expected = max(1.0, (pct_of(reading) or old) / old)
        if before + grown > 8.0 * expected * before:
            return Complaint(Doubt.JUMP, f"from {before:,} to {before + grown:,} votes at {old:g} % counted")
    if len(known.results) < 2:
        return None
    if before >= _LARGE and grown >= _LARGE and best >= 0.995 * grown:
        return _one_sided(known, reading, before)
    if best == grown:
        return _digit_too_many(known, reading, 4)  # nobody else moved at all
    if 10 * grown < before or best < 0.6 * grown:
        return None
    return _digit_too_many(known, reading, 4 if before >= _LARGE else 8)


def _digit_too_many(known: Reading, reading: Reading, times: int) -> Complaint | None:
    """One candidate with many times the votes, and as many times as many times as all others together."""
    old = {result.candidate: result.votes or 0 for result in known.results}
    gained = [(result, old.get(result.candidate, 0)) for result in reading.results]
    winner, had = max(gained, key=lambda pair: (pair[0].votes or 0) - pair[1])
    others = sum(result.votes or 0 for result, _ in gained) - (winner.votes or 0)
    before = sum(old.values()) - had
    leapt = had >= _FEW and before > 0 and (winner.votes or 0) >= times * had * max(1.0, others / before)
    if not leapt:
        return None
    return Complaint(Doubt.ONE_SIDED, f"{winner.candidate} went from {had:,} to {winner.votes:,} votes alone")


def _one_sided(known: Reading, reading: Reading, before: int) -> Complaint | None:
    old = {result.candidate: result.votes or 0 for result in known.results}
    winner = max(reading.results, key=lambda r: (r.votes or 0) - old.get(r.candidate, 0))
    had = old.get(winner.candidate, 0)
    if had > 0.85 * before:
        return None  # who has nearly everything so far may well have all of a batch
    gain = (winner.votes or 0) - had
    return Complaint(Doubt.ONE_SIDED, f"{gain:,} votes at once for {winner.candidate} alone")
