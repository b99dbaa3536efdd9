"""Sources that disagree: said once, with both, and no flip made of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from tally.believe import as_far
from tally.event import Event, EventKind, Level, Tier
from tally.merge import is_prose
from tally.options import Options
from tally.race import Rank
from tally.reading import Reading
from tally.sight import Sight, Wake, proof_of
from tally.standing import Count, Phase

NAME = "disagreement"
KINDS = frozenset({EventKind.DISAGREEMENT})
LEVELS = {Level.IMPORTANT: "two leaders", Level.ROUTINE: "one leader, two margins"}
WAKES = frozenset({Wake.MANY})
ORDER = 30
WHY = "An origin that differs from another of the same or a higher rank flips nothing; readers see both."
CASE = "Istanbul, 23 June 2019: 773,449 ahead at 99.19 %, 800,242 at 96.07 %; Turkey 2023, two leaders."
OPTIONS: Options = {
    "gap": (25.0, "with different leaders: counts further apart than so many points are not compared"),
    "close_gap": (5.0, "with the same leader: the same, for margins"),
    "counted": (75.0, "margins are compared from so many per cent counted on"),
    "points": (0.4, "margins that differ by fewer percentage points agree"),
    "votes": (3.0, "margins in votes that differ by fewer per cent agree"),
}
_AGE = timedelta(hours=12)


def look(sight: Sight) -> Iterator[Event]:
    """One event for each pair of leaders, and one for margins that differ under the same leader."""
    told = sight.told
    if told is None or sight.after.phase not in (Phase.COUNTING, Phase.RECOUNT):
        return
    _overruled(sight, told)
    for move in sight.moves:
        others = sight.after.origins.values() if move.after.origin == told.origin else (move.after,)
        for other in others:
            if other.origin != told.origin and _comparable(sight, told, other):
                yield from _compare(sight, told, other)


def _overruled(sight: Sight, told: Count) -> None:
    """The alert of an origin that overruled another has named both: no word more of it."""
    former = sight.before.headline
    if former is not None and former.origin != told.origin:
        was = sight.before.origins[former.origin].leader
        sight.notes[f"disagreement.{told.leader}/{was}"] = True


def _comparable(sight: Sight, told: Count, other: Count) -> bool:
    """Whether to compare at all: an outlet's sentence beside a better count is mostly that count, late."""
    if told.leader is None or other.leader is None or told.level or other.level:
        return False
    if abs(told.reading.as_of - other.reading.as_of) > _AGE:
        return False
    return other.rank >= told.rank or not is_prose(other.reading, sight.after.race)


def _compare(sight: Sight, told: Count, other: Count) -> Iterator[Event]:
    if told.leader != other.leader:
        if _near(told, other, sight.number(NAME, OPTIONS, "gap")):
            yield from _once(sight, f"{told.leader}/{other.leader}", told, other, Level.IMPORTANT)
    elif not _settled(told, other) and _margins_differ(sight, told, other):
        yield from _once(sight, "margin", told, other, Level.ROUTINE)


def _settled(one: Count, other: Count) -> bool:
    """Whether one of them has the higher rank and is as far: then its margin simply holds."""
    best, least = (one, other) if one.rank >= other.rank else (other, one)
    return best.rank > least.rank and as_far(best, least)


def _near(one: Count, other: Count, gap: float) -> bool:
    mine, its = one.reading.counted, other.reading.counted
    return mine is None or its is None or abs(mine.pct - its.pct) <= gap


def _margins_differ(sight: Sight, one: Count, other: Count) -> bool:
    mine, its = one.reading.counted, other.reading.counted
    if min(one.rank, other.rank) < Rank.AGENCY or mine is None or its is None:
        return False
    if not _near(one, other, sight.number(NAME, OPTIONS, "close_gap")):
        return False
    if min(mine.pct, its.pct) < sight.number(NAME, OPTIONS, "counted"):
        return False
    first, second = one.headline, other.headline
    if first.margin_votes and second.margin_votes:
        apart = 100.0 * abs(first.margin_votes - second.margin_votes)
        return apart >= sight.number(NAME, OPTIONS, "votes") * max(first.margin_votes, second.margin_votes)
    if first.margin_points is None or second.margin_points is None:
        return False
    rounding = _rounding(one.reading) + _rounding(other.reading)
    limit = max(sight.number(NAME, OPTIONS, "points"), rounding)
    return round(abs(first.margin_points - second.margin_points), 4) >= limit


def _rounding(reading: Reading) -> float:
    """What rounding alone can do to a margin: a unit of the last place that the shares are given in."""
    shares = [result.share for result in reading.results if result.share is not None]
    if not shares or any(share != round(share, 1) for share in shares):
        return 0.02
    return 0.2 if any(share != round(share) for share in shares) else 2.0


def _once(sight: Sight, tail: str, told: Count, other: Count, level: Level) -> Iterator[Event]:
    note = f"disagreement.{tail}"
    if note in sight.notes:
        return
    sight.notes[note] = True
    event = sight.count_event(
        *(EventKind.DISAGREEMENT, f"{told.origin}+{other.origin}/{tail}", level, told),
        before=told.leader,
        after=other.leader,
        candidate=other.leader,
        tier=Tier.CONFIRMED,
        others=(other.headline,),
        details={"with": other.origin, "same_leader": told.leader == other.leader},
    )
    yield replace(event, proofs=(*event.proofs, proof_of(other)))
