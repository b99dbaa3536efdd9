"""What ends a doubt: the next poll, the next state, or another origin."""

from tally.accept.complaint import PATIENCE, Complaint
from tally.accept.order import follows, goes_on, was_accepted_before
from tally.accept.settle import accept, agrees
from tally.draft import Draft
from tally.reading import Reading
from tally.standing import Doubt, Quarantined

LOWER = frozenset({Doubt.FALL, Doubt.REVERSAL, Doubt.LEAP})


def confirms(draft: Draft, reading: Reading, complaint: Complaint) -> bool:
    """Whether a doubted reading has persisted for long enough, and is accepted after all."""
    if _another_says_so(draft, reading, complaint):
        accept(draft, reading, fell=True)
        return True
    item = draft.doubted(reading)
    if item is None or item.rejected or not _persisted(draft, item, reading, complaint):
        return False
    draft.release(item)
    first = reading.origin not in draft.counts
    if first and item.reading.results != reading.results:
        accept(draft, item.reading)
        draft.settle()
    accept(draft, reading, fell=not first)
    return True


def _persisted(draft: Draft, item: Quarantined, reading: Reading, complaint: Complaint) -> bool:
    patience = PATIENCE[item.doubt]
    age = (draft.now - item.since).total_seconds()
    if draft.now <= (item.last or item.since):
        return False  # the same page twice in one capture is not the next poll
    if item.reading.results == reading.results:
        return 0 < patience.polls <= item.times + 1 and age >= patience.seconds
    if patience.moves is None or age < patience.moves or "stamped" in complaint.why:
        return False
    if complaint.doubt is Doubt.STALE_CACHE and _is_long_known(draft, reading):
        return False  # a mirror that lags moves on as well, through states that were believed before
    if item.doubt in LOWER and complaint.doubt in (Doubt.FALL, item.doubt):
        return True  # lower than what was believed in two polls on end
    if item.doubt in LOWER and follows(reading, item.reading):
        return True  # beside what was believed it is odd, beside the lower state it is the next one
    return complaint.doubt is item.doubt and goes_on(reading, item.reading)


def _is_long_known(draft: Draft, reading: Reading) -> bool:
    count = draft.counts.get(reading.origin)
    return count is not None and was_accepted_before(reading, count.past)


def _another_says_so(draft: Draft, reading: Reading, complaint: Complaint) -> bool:
    if not PATIENCE[complaint.doubt].others or len(draft.counts) < 2:
        return False
    others = (count for origin, count in draft.counts.items() if origin != reading.origin)
    return any(agrees(reading, count) for count in others)
