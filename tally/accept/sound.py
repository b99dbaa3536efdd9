"""Whether a reading makes sense by itself: shares, votes and voters that can be."""

from tally.accept.complaint import Complaint
from tally.race import Method, Race
from tally.reading import Qualifier, Reading, Result
from tally.standing import Doubt

_LOOSE = (Qualifier.ABOUT, Qualifier.AT_MOST)


def is_all_zeros(reading: Reading) -> bool:
    """Whether there are numbers and all of them are zero: an outage, or a count that has not begun."""
    some = False
    for result in reading.results:
        if result.votes or result.share:
            return False
        some = some or result.votes is not None or result.share is not None
    return some and reading.lead is None


def winners(race: Race) -> int:
    """How many votes one voter may have: where several are elected, shares of voters exceed 100."""
    return max(1, race.seats) if race.method is Method.TOP_N else 1


def unsound(reading: Reading, race: Race) -> Complaint | None:
    """What is wrong with the reading in itself, whatever was believed before."""
    votes = lines = 0
    shares = 0.0
    for result in reading.results:
        had, share = result.votes, result.share
        if had is not None:
            if had < 0:
                return Complaint(Doubt.TOO_MANY_VOTES, f"{result.candidate} has {had} votes")
            votes += had
        if share is not None:
            if share < 0.0 or share > 100.05:
                return Complaint(Doubt.SHARES, f"{result.candidate} has a share of {share:g} %")
            if result.qualifier not in _LOOSE:
                shares += share
                lines += 1
    found = _shares(reading, race, shares, lines) if shares > 100.0 else None
    return found or _twice(reading) or _voters(reading, race, votes) or _counted(reading)


def _twice(reading: Reading) -> Complaint | None:
    names = {result.candidate for result in reading.results}
    if len(names) == len(reading.results):
        return None
    return Complaint(Doubt.DUPLICATE, "a candidate is listed twice with different numbers")


def _shares(reading: Reading, race: Race, total: float, lines: int) -> Complaint | None:
    # Rounded shares may add to a little over 100: half a unit for each line, whole per cents at worst.
    coarse = all(r.share is None or r.share == int(r.share) for r in reading.results)
    slack = 0.5 * lines if coarse else 0.06 * lines + 0.2
    limit = 100.0 * winners(race)
    if total <= limit + slack:
        return None
    return Complaint(Doubt.SHARES, f"the shares add to {total:.4g} %")


def _voters(reading: Reading, race: Race, votes: int) -> Complaint | None:
    if reading.votes_cast is None and reading.turnout is None and not (reading.electorate or race.electorate):
        return None
    each = winners(race)
    if reading.votes_cast is not None and votes > reading.votes_cast * each:
        return Complaint(Doubt.TOO_MANY_VOTES, f"{votes:,} votes of {reading.votes_cast:,} voters")
    electorate = reading.electorate or race.electorate
    if electorate and votes > electorate * each:
        return Complaint(Doubt.TOO_MANY_VOTES, f"{votes:,} votes in an electorate of {electorate:,}")
    if reading.turnout is not None and reading.turnout > 100.5:
        return Complaint(Doubt.TOO_MANY_VOTES, f"a turnout of {reading.turnout:g} %")
    return None


def _counted(reading: Reading) -> Complaint | None:
    # An "expected vote" runs a little over 100 when more came than was expected.
    if reading.counted is None or 0.0 <= reading.counted.pct <= 110.0:
        return None
    return Complaint(Doubt.SHARES, f"{reading.counted.pct:g} % counted")


def incomplete(reading: Reading, race: Race) -> Complaint | None:
    """Shares that can hardly be a count, as the first thing a results feed says.

    A feed under trial shows shares alone that leave a tenth untold, or much
    the same for everybody (a fifth each): British Columbia, 27 October 2024.
    """
    lines = [result.share for result in reading.results if result.share is not None and _plain(result)]
    if len(lines) < 2 or len(lines) < len(reading.results):
        return None
    total = sum(lines)
    if total < 90.0:
        return Complaint(Doubt.INCOMPLETE, f"the shares add to {total:.4g} % only")
    if len(lines) >= 3 and max(lines) - min(lines) < 2.0:
        return Complaint(Doubt.INCOMPLETE, f"all {len(lines)} shares are much the same")
    return None


def _plain(result: Result) -> bool:
    return result.votes is None and result.qualifier is Qualifier.EXACT
