"""How far a count is, and how much of it is new."""

from tally.reading import Reading
from tally.standing import Count


def pct_of(reading: Reading) -> float | None:
    """How much is counted, in per cent, None where it is not told."""
    return None if reading.counted is None else reading.counted.pct


def far(count: Count) -> float | None:
    """How far a count is, in per cent, as it was last told: a page may leave it out now and then.

    British Columbia's test feed came without it; what came after must not be
    judged as the first per cents of a night.
    """
    told = pct_of(count.reading)
    if told is None:
        return next((mark.pct for mark in reversed(count.past) if mark.pct is not None), None)
    return told


def fresh_part(reading: Reading, count: Count) -> float:
    """What part of all that is counted now was not counted before, 0 to 1; 0 where nobody says."""
    before, after = far(count), pct_of(reading)
    return 0.0 if before is None or not after else max(0.0, (after - before) / after)
