"""Taking in one reading: believed, ignored, or put aside with the reason."""

from dataclasses import replace
from datetime import timedelta

from tally.accept.complaint import Complaint
from tally.accept.confirm import LOWER, confirms
from tally.accept.gates import gate
from tally.accept.order import goes_on, is_older, misfit
from tally.accept.progress import pct_of
from tally.accept.settle import accept, doubt
from tally.accept.shares import moved_far, shares_jump
from tally.accept.sound import incomplete, is_all_zeros, unsound
from tally.count import same_numbers, top_for
from tally.draft import Draft
from tally.merge import adds_nothing, filled, is_prose, same_state
from tally.reading import Reading, Status
from tally.standing import Count, Doubt, Phase

_MOVING_PHASES = frozenset({Phase.RECOUNT, Phase.CERTIFIED, Phase.ANNULLED})
_FALLS = LOWER | {Doubt.STALE_CACHE}
# After so long without a movement of the better page, a slower page of the same origin may take over.
_OUTLIVED = timedelta(minutes=20)


def take(draft: Draft, reading: Reading) -> None:
    """Take one reading in."""
    count = draft.counts.get(reading.origin)
    if count is not None and is_known(count, reading):
        _clear(draft, reading)
        if is_fresher(count, reading):
            _refresh(draft, reading, count)
        return
    if not reading.results and reading.lead is None:
        return
    complaint = gate(reading, draft.before, draft.now) or _early_again(draft, reading)
    if complaint is not None:
        doubt(draft, reading, complaint)
    elif is_all_zeros(reading):
        _take_zeros(draft, reading, count)
    else:
        _take_numbers(draft, reading, count)


def is_known(count: Count, reading: Reading) -> bool:
    """Whether a reading says what is believed of its origin already."""
    known = count.reading
    return (
        same_numbers(reading, known)
        and reading.counted == known.counted
        and reading.lead == known.lead
        and reading.status is known.status
    )


def is_fresher(count: Count, reading: Reading) -> bool:
    """Whether the origin has put a later stamp on the same numbers."""
    return reading.stamped and reading.as_of > count.reading.as_of


def _refresh(draft: Draft, reading: Reading, count: Count) -> None:
    """Believe the later stamp; nothing moved, so nothing is told and a silent feed stays silent."""
    if gate(reading, draft.before, draft.now) is not None:
        return
    headline = replace(count.headline, as_of=reading.as_of)
    draft.counts[reading.origin] = replace(count, reading=reading, headline=headline)
    if draft.headline is not None and draft.headline.origin == count.origin:
        draft.headline = headline
    draft.touched = True


def _clear(draft: Draft, reading: Reading) -> None:
    """The accepted numbers again: whatever was doubted of this page since was a hiccup."""
    if not draft.quarantine:
        return
    item = draft.doubted(reading)
    if item is not None and not item.rejected and item.reading.results != reading.results:
        draft.release(item)


def _early_again(draft: Draft, reading: Reading) -> Complaint | None:
    """Numbers that were there before polls closed are no count after it either."""
    if not draft.quarantine:
        return None
    item = draft.doubted(reading)
    if item is None or item.doubt is not Doubt.BEFORE_POLLS_CLOSE:
        return None
    same = item.reading.results == reading.results
    return Complaint(Doubt.BEFORE_POLLS_CLOSE, "the same as before polls closed") if same else None


def _take_zeros(draft: Draft, reading: Reading, count: Count | None) -> None:
    # Before the first votes a page of zeros is how a night begins; after them it is an outage.
    if count is not None and not is_prose(reading, draft.before.race):
        doubt(draft, reading, Complaint(Doubt.ZEROS, "all numbers are zero"))


def _take_numbers(draft: Draft, reading: Reading, count: Count | None) -> None:
    race = draft.before.race
    complaint = unsound(reading, race)
    prose = is_prose(reading, race)
    if complaint is None and count is None:
        complaint = None if prose else incomplete(reading, race)
    elif complaint is None and count is not None:
        if prose:
            _take_prose(draft, reading, count)
            return
        if _lags(draft, reading, count):
            return
        complaint = misfit(reading, count) or _trial(draft, reading, count)
    if complaint is None:
        _follow_up(draft, reading)
        accept(draft, reading)
    elif _may_move(draft, reading, complaint):
        accept(draft, reading, fell=True)
    elif not confirms(draft, reading, complaint):
        doubt(draft, reading, complaint)


def _trial(draft: Draft, reading: Reading, count: Count) -> Complaint | None:
    """Shares that can hardly be a count, over one that is: a test feed must not turn the lead."""
    found = incomplete(reading, draft.before.race)
    if found is None or count.reading.round != reading.round or incomplete(count.reading, draft.before.race):
        return None
    if top_for(draft.before.race, reading, count).leader == count.leader or not moved_far(reading, count):
        return None  # three who are near each other to the end are no test feed
    return Complaint(Doubt.JUMP, found.why)


def _may_move(draft: Draft, reading: Reading, complaint: Complaint) -> bool:
    """In a recount totals move both ways, and a certified count is the last word: no waiting.

    Nor does a turn of the lead wait for what others lost by rounding.
    """
    if complaint.doubt not in _FALLS or "fell from" not in complaint.why:
        return False
    if complaint.aside:
        return True
    known = draft.counts[reading.origin].reading
    if is_older(reading, draft.counts[reading.origin]):
        return False
    settled = reading.status in (Status.CERTIFIED, Status.RECOUNT) and reading.status != known.status
    return draft.phase in _MOVING_PHASES or settled


def _lags(draft: Draft, reading: Reading, count: Count) -> bool:
    """Whether a page repeats, later than another of the same origin, what is known already."""
    known = count.reading
    if reading.round != known.round:
        return (reading.round or 0) < (known.round or 0)
    if known.source == reading.source:
        return False
    if is_prose(known, draft.before.race):
        return (pct_of(reading) or 101.0) < (pct_of(known) or 0.0)
    return misfit(reading, count) is not None and draft.now - count.moved < _OUTLIVED


def _take_prose(draft: Draft, reading: Reading, count: Count) -> None:
    race = draft.before.race
    table = not is_prose(count.reading, race)
    if same_state(reading, count):
        merged = count.reading if table else filled(count.reading, reading)
        if merged != count.reading:
            accept(draft, merged)
        return
    top = top_for(draft.before.race, reading, count)
    if adds_nothing(reading, top, count, table):
        return
    if top.leader == count.leader:
        accept(draft, reading)
        return
    complaint = shares_jump(reading, count)
    if complaint is not None:
        doubt(draft, reading, complaint)
    elif reading.results or _leads_elsewhere(draft, reading.origin, top.leader):
        accept(draft, reading)


def _leads_elsewhere(draft: Draft, origin: str, leader: str | None) -> bool:
    """Whether another origin has the same leader: what "his lead has grown" needs, to turn a lead alone."""
    return any(c.leader == leader for o, c in draft.counts.items() if o != origin)


def _follow_up(draft: Draft, reading: Reading) -> None:
    """A sound reading of a page whose last one was doubted.

    If it goes on from a doubted first reading, that one was right as well, and
    what lies between the two is news. Else the doubted one was a hiccup.
    """
    if not draft.quarantine:
        return
    item = draft.doubted(reading)
    if item is None:
        return
    if item.doubt is Doubt.INCOMPLETE and not item.rejected and goes_on(reading, item.reading):
        accept(draft, item.reading)
        draft.release(item)
    elif not item.rejected or item.reading.results != reading.results:
        draft.release(item)
