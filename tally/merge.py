"""Prose beside tables: what a sentence about a count adds to it, and what it must not take away.

"53.6 %" in a story is one candidate of two, an hour old, and rounded. It may
start a count or carry it on where nothing better is there; it never makes the
others vanish, and it never moves a table back.
"""

from dataclasses import replace
from datetime import timedelta

from tally.accept.progress import pct_of
from tally.headline import Top
from tally.race import Race
from tally.reading import Reading, Result
from tally.standing import Count

_PROSE_KINDS = frozenset({"article", "liveblog", "text", "rss"})
_SAME_STATE = timedelta(minutes=30)
# After so long without a movement a table is no longer better than a story about the same count.
_TABLE_OUTLIVED = timedelta(minutes=45)


def is_prose(reading: Reading, race: Race) -> bool:
    """Whether a reading was read out of sentences: partial and rounded by nature."""
    if reading.post is not None or reading.evidence.rule.startswith("prose"):
        return True
    source = None if reading.source is None else race.source(reading.source)
    return source is not None and source.kind in _PROSE_KINDS


def adds_nothing(reading: Reading, top: Top, count: Count, table: bool) -> bool:
    """Whether a prose reading is no newer, or says less, than what is known of its origin."""
    if top.leader is None:
        return True
    old, new = pct_of(count.reading), pct_of(reading)
    fewer = len(reading.results) < min(2, len(count.reading.results))
    if table:
        outlived = reading.as_of - count.reading.as_of > _TABLE_OUTLIVED
        further = old is not None and new is not None and new > old + 0.05
        return fewer or not (further or outlived)
    if old is not None and new is not None and new != old:
        return new < old
    return reading.as_of < count.reading.as_of or (fewer and top.leader == count.leader)


def same_state(reading: Reading, count: Count) -> bool:
    """Whether a prose reading tells the state that is known already, in other words."""
    known = count.reading
    if abs(reading.as_of - known.as_of) > _SAME_STATE or pct_of(reading) != pct_of(known):
        return False
    old = {result.candidate: result for result in known.results}
    return all(_agrees(result, old.get(result.candidate)) for result in reading.results)


def _agrees(new: Result, old: Result | None) -> bool:
    if old is None:
        return True
    votes = new.votes is None or old.votes is None or new.votes == old.votes
    share = new.share is None or old.share is None or abs(new.share - old.share) < 0.06
    return votes and share


def filled(known: Reading, reading: Reading) -> Reading:
    """The known state with what another telling of the same state adds; no number is changed."""
    new = {result.candidate: result for result in reading.results}
    old = {result.candidate for result in known.results}
    lines = [_line(result, new.get(result.candidate)) for result in known.results]
    lines += [result for result in reading.results if result.candidate not in old]
    return replace(
        known,
        results=tuple(lines),
        counted=known.counted or reading.counted,
        lead=known.lead or reading.lead,
        turnout=reading.turnout if known.turnout is None else known.turnout,
        votes_left=reading.votes_left if known.votes_left is None else known.votes_left,
    )


def _line(old: Result, new: Result | None) -> Result:
    if new is None or (old.votes is not None and old.share is not None):
        return old
    votes = new.votes if old.votes is None else old.votes
    share = new.share if old.share is None else old.share
    return replace(old, votes=votes, share=share)
