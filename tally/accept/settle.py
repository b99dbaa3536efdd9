"""The two ends of acceptance: a reading is believed, or it is doubted."""

from dataclasses import replace

from tally.accept.complaint import PATIENCE, Complaint
from tally.accept.order import goes_on
from tally.believe import believe
from tally.count import begin, carry_on
from tally.draft import CountMove, Draft
from tally.reading import Reading
from tally.standing import Count, Phase, Quarantined


def accept(draft: Draft, reading: Reading, fell: bool = False) -> None:
    """Believe a reading: it becomes its origin's count."""
    race = draft.before.race
    old = draft.counts.get(reading.origin)
    new = begin(race, reading, draft.now) if old is None else carry_on(race, reading, old, draft.now)
    draft.counts[reading.origin] = new
    draft.moves.append(CountMove(old, new, fell))
    draft.touched = True
    if draft.phase is Phase.WAITING:
        draft.phase, draft.phase_since = Phase.COUNTING, draft.now
    draft.headline = believe(draft.headline, draft.counts, new)
    if len(draft.counts) > 1 and draft.quarantine:
        _confirm_others(draft, new)


def _confirm_others(draft: Draft, count: Count) -> None:
    for item in draft.quarantine:
        if item.reading.origin == count.origin or item.rejected or not PATIENCE[item.doubt].others:
            continue
        if agrees(item.reading, count):
            draft.release(item)
            accept(draft, item.reading, fell=True)
            return


def agrees(reading: Reading, count: Count) -> bool:
    """Whether another origin has about the same: within half a per cent of the votes, or 0.3 points."""
    known = {result.candidate: result for result in count.reading.results}
    compared = 0
    for result in reading.results:
        other = known.get(result.candidate)
        if other is None:
            continue
        if result.votes is not None and other.votes is not None:
            if abs(result.votes - other.votes) > 0.005 * max(result.votes, other.votes):
                return False
            compared += 1
        elif result.share is not None and other.share is not None:
            if abs(result.share - other.share) > 0.3:
                return False
            compared += 1
    return compared >= 2


def doubt(draft: Draft, reading: Reading, complaint: Complaint) -> None:
    """Put a reading aside; the operator hears of it once."""
    old = draft.doubted(reading)
    same = old is not None and old.doubt is complaint.doubt
    if old is not None and same and old.reading.results == reading.results:
        if not old.rejected and draft.now > (old.last or old.since):
            draft.keep(replace(old, times=old.times + 1, last=draft.now))
        return
    number = draft.count_up("quarantine.number")
    item = Quarantined(
        f"{reading.origin}-{complaint.doubt.value}-{number}",
        complaint.doubt,
        complaint.why,
        reading,
        draft.now,
    )
    if old is not None and same and not old.rejected:
        item = replace(item, id=old.id, since=old.since if goes_on(reading, old.reading) else draft.now)
    draft.keep(item)
    draft.doubts.append(item)
