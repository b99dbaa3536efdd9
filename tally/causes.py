"""What moved, as the few words by which rules are woken.

Most readings of a night only let a count grow: then most rules need not look.
"""

from functools import cache

from tally.draft import CountMove, Draft
from tally.sight import Wake
from tally.standing import Phase, Standing

_GREW = 1
_LEAD = 2
_FIRST = 4
_FELL = 8
_RESUMED = 16
_MANY = 32
_CLAIM = 64
_DOUBT = 128
_TIME = 256
_BITS = {
    _GREW: Wake.COUNT,
    _LEAD: Wake.LEAD,
    _FIRST: Wake.FIRST,
    _FELL: Wake.FALL,
    _RESUMED: Wake.RESUMED,
    _MANY: Wake.MANY,
    _CLAIM: Wake.CLAIM,
    _DOUBT: Wake.DOUBT,
    _TIME: Wake.TIME,
}


def causes(draft: Draft, after: Standing, timed: bool) -> frozenset[Wake]:
    """All that moved between what the draft began with and what it is now."""
    bits = _CLAIM * bool(draft.said) + _DOUBT * bool(draft.doubts) + _TIME * timed
    if draft.before.phase is Phase.ANNULLED:
        return _words(bits)  # a void count may move as it likes
    for move in draft.moves:
        bits |= _of_move(move)
    if draft.moves and len(after.origins) > 1:
        bits |= _MANY | _LEAD
    if draft.before.headline is None and after.headline is not None:
        bits |= _FIRST
    return _words(bits)


def _of_move(move: CountMove) -> int:
    before, after = move.before, move.after
    bits = _GREW
    if before is None:
        return bits | _LEAD
    if move.fell:
        bits |= _FELL
    if before.leader != after.leader or before.level != after.level:
        bits |= _LEAD
    if before.silent_since is not None:
        bits |= _RESUMED
    return bits


@cache
def _words(bits: int) -> frozenset[Wake]:
    return frozenset(wake for bit, wake in _BITS.items() if bits & bit)
