"""Sources that disagree: said once, with both, and no flip made of it."""

from collections.abc import Iterator
from datetime import timedelta

from tally.believe import as_far
from tally.event import Event, EventKind, Level, Tier
from tally.options import Options
from tally.reading import Reading
from tally.sight import Sight, Wake, proof_of
from tally.standing import Count, Phase

NAME = "disagreement"
KINDS = frozenset({EventKind.DISAGREEMENT})
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
    """One event for each pair of origins and each pair of leaders."""
    counts = sight.after.origins
    if len(counts) < 2 or sight.after.phase not in (Phase.COUNTING, Phase.RECOUNT):
        return
    for move in sight.moves:
        for other in tuple(counts.values()):
            if other.origin != move.after.origin:
                yield from _compare(sight, move.after, other)


def _compare(sight: Sight, moved: Count, other: Count) -> Iterator[Event]:
    if moved.leader is None or other.leader is None or moved.level or other.level:
        return
    if abs(moved.reading.as_of - other.reading.as_of) > _AGE:
        return
    pair = "+".join(sorted((moved.origin, other.origin)))
    if moved.leader != other.leader:
        overrules = moved.rank > other.rank and as_far(moved, other)
        if not overrules and _near(moved, other, sight.number(NAME, OPTIONS, "gap")):
            leaders = "/".join(
                f"{c.origin}={c.leader}" for c in sorted((moved, other), key=lambda c: c.origin)
            )
            yield from _once(sight, f"{pair}/{leaders}", moved, other, Level.IMPORTANT)
    elif _margins_differ(sight, moved, other):
        yield from _once(sight, f"{pair}/margin", moved, other, Level.ROUTINE)


def _near(one: Count, other: Count, gap: float) -> bool:
    mine, its = one.reading.counted, other.reading.counted
    return mine is None or its is None or abs(mine.pct - its.pct) <= gap


def _margins_differ(sight: Sight, one: Count, other: Count) -> bool:
    mine, its = one.reading.counted, other.reading.counted
    if mine is None or its is None or not _near(one, other, sight.number(NAME, OPTIONS, "close_gap")):
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


def _once(sight: Sight, tail: str, moved: Count, other: Count, level: Level) -> Iterator[Event]:
    note = f"disagreement.{tail}"
    if note in sight.notes:
        return
    sight.notes[note] = True
    told = sight.told
    first, second = (other, moved) if told is None or told.origin != moved.origin else (moved, other)
    event = sight.count_event(
        *(EventKind.DISAGREEMENT, tail, level, first),
        before=first.leader,
        after=second.leader,
        candidate=second.leader,
        tier=Tier.CONFIRMED,
        others=(second.headline,),
        details={"with": second.origin, "same_leader": first.leader == second.leader},
    )
    yield _with_proof(event, second)


def _with_proof(event: Event, other: Count) -> Event:
    return Event(
        *(event.key, event.kind, event.race, event.at, event.tier, event.level, event.origin),
        *((*event.proofs, proof_of(other)), event.before, event.after, event.candidate, event.headline),
        event.others,
        details=event.details,
    )
