"""One origin's count, begun and carried on: what a believed reading makes of what was known."""

from dataclasses import replace
from datetime import datetime

from tally.accept.progress import pct_of
from tally.headline import Top, headline_of, overtaken, ranked, top_of
from tally.merge import is_prose
from tally.race import Race
from tally.reading import Reading, Result
from tally.silence import deadline
from tally.standing import Count, Mark

# So many earlier states are kept, to know them again when a cache serves them.
_PAST = 6


def same_numbers(one: Reading, other: Reading) -> bool:
    """Whether two readings have the same lines; told at the first line that differs."""
    if len(one.results) != len(other.results):
        return False
    for a, b in zip(one.results, other.results, strict=True):
        if a.votes != b.votes or a.share != b.share or a.candidate != b.candidate:
            return False
        if a.qualifier is not b.qualifier or a.seats != b.seats:
            return False
    return True


def top_for(
    race: Race, reading: Reading, count: Count | None, order: tuple[Result, ...] | None = None
) -> Top:
    """The top of a reading beside what is known of its origin."""
    rivals = () if count is None else tuple([r.candidate for r in count.headline.results[:2]])
    top = top_of(reading, rivals, order)
    if count is not None and top.leader is None and not top.level and not is_prose(reading, race):
        known = count.headline.results
        left = [r.candidate for r in known[:2] if not overtaken(r, reading.results, len(known))]
        top = top_of(reading, left, order)
    if top.level and top.votes is None and is_prose(reading, race):
        return Top()  # "both at 48.7 %" in a sentence is rounding, not a tie
    return top


def begin(race: Race, reading: Reading, now: datetime) -> Count:
    """The count of an origin's first reading."""
    order = ranked(reading.results)
    top = top_for(race, reading, None, order)
    headline = headline_of(reading, top, order)
    return Count(reading.origin, race.rank_of(reading.origin), reading, headline, now, top.leader, top.level)


def carry_on(race: Race, reading: Reading, old: Count, now: datetime) -> Count:
    """The count after a further reading. What moves neither numbers nor per cents leaves its clock alone."""
    order = ranked(reading.results)
    top = top_for(race, reading, old, order)
    headline = headline_of(reading, top, order)
    leader = top.leader or old.leader
    if _as_far(reading, old.reading) and same_numbers(reading, old.reading):
        return replace(old, reading=reading, headline=headline, leader=leader, level=top.level)
    known = old.reading
    pace = _pace(old, (now - old.moved).total_seconds())
    updates = old.updates + 1
    quiet_at = deadline(race, now, updates, pace, old.silences, reading.counted)
    past = (*old.past[1 - _PAST :], Mark(known.as_of, known.results, pct_of(known)))
    return Count(
        *(reading.origin, old.rank, reading, headline, now, leader, top.level, updates, pace, past),
        *(None, old.silences, quiet_at),
    )


def _as_far(reading: Reading, known: Reading) -> bool:
    """Whether a reading is no further than what is known, whatever words it has for that.

    "98.8 %" in a story about a feed that stopped are the feed's own "98.8 % of ballot boxes": nothing
    moved, and the feed has not resumed (Istanbul, 31 March 2019).
    """
    if reading.counted is None or known.counted is None:
        return True
    return reading.counted.pct == known.counted.pct


def _pace(old: Count, seconds: float) -> float:
    """A running mean of the time between two movements, in which one long gap weighs little."""
    if old.updates == 1:
        return seconds
    return 0.75 * old.pace + 0.25 * min(seconds, 4.0 * old.pace + 600.0)
