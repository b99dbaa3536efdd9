"""Taking in one reading: believed, ignored, or put aside with the reason."""

from dataclasses import replace
from datetime import timedelta

from tally.accept.complaint import PATIENCE, Complaint
from tally.accept.gates import gate
from tally.accept.order import goes_on, is_older, misfit, pct_of, shares_jump
from tally.accept.sound import incomplete, is_all_zeros, unsound
from tally.believe import believe
from tally.draft import CountMove, Draft
from tally.headline import Top, headline_of, ranked, top_of
from tally.merge import adds_nothing, filled, is_prose, same_state
from tally.reading import Reading, Result, Status
from tally.silence import deadline
from tally.standing import Count, Doubt, Mark, Phase, Quarantined

_PAST = 6
_MOVING_PHASES = frozenset({Phase.RECOUNT, Phase.CERTIFIED, Phase.ANNULLED})
_LOWER = frozenset({Doubt.FALL, Doubt.REVERSAL})
_FALLS = _LOWER | {Doubt.STALE_CACHE}
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
        complaint = misfit(reading, count)
    if complaint is None:
        _follow_up(draft, reading)
        accept(draft, reading)
    elif _may_move(draft, reading, complaint):
        accept(draft, reading, fell=True)
    elif not _confirms(draft, reading, complaint):
        doubt(draft, reading, complaint)


def _may_move(draft: Draft, reading: Reading, complaint: Complaint) -> bool:
    """In a recount totals move both ways, and a certified count is the last word: no waiting."""
    if complaint.doubt not in _FALLS or "fell from" not in complaint.why:
        return False
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
    top = _top(draft, reading, count)
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


def _confirms(draft: Draft, reading: Reading, complaint: Complaint) -> bool:
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
    if item.doubt in _LOWER and complaint.doubt in (Doubt.FALL, item.doubt):
        return True  # lower than what was believed in two polls on end
    return complaint.doubt is item.doubt and goes_on(reading, item.reading)


def _another_says_so(draft: Draft, reading: Reading, complaint: Complaint) -> bool:
    if not PATIENCE[complaint.doubt].others or len(draft.counts) < 2:
        return False
    others = (count for origin, count in draft.counts.items() if origin != reading.origin)
    return any(_same_numbers(reading, count) for count in others)


def _same_numbers(reading: Reading, count: Count) -> bool:
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


def accept(draft: Draft, reading: Reading, fell: bool = False) -> None:
    """Believe a reading: it becomes its origin's count."""
    old = draft.counts.get(reading.origin)
    new = _start(draft, reading) if old is None else _continue(draft, reading, old)
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
        if _same_numbers(item.reading, count):
            draft.release(item)
            accept(draft, item.reading, fell=True)
            return


def _rivals(count: Count) -> tuple[str, ...]:
    return tuple(result.candidate for result in count.headline.results[:2])


def _top(draft: Draft, reading: Reading, count: Count | None, order: tuple[Result, ...] | None = None) -> Top:
    top = top_of(reading, () if count is None else _rivals(count), order)
    if top.level and top.votes is None and is_prose(reading, draft.before.race):
        return Top()  # "both at 48.7 %" in a sentence is rounding, not a tie
    return top


def _start(draft: Draft, reading: Reading) -> Count:
    order = ranked(reading.results)
    top = _top(draft, reading, None, order)
    rank = draft.before.race.rank_of(reading.origin)
    headline = headline_of(reading, top, order)
    return Count(reading.origin, rank, reading, headline, draft.now, top.leader, top.level)


def _continue(draft: Draft, reading: Reading, old: Count) -> Count:
    order = ranked(reading.results)
    top = _top(draft, reading, old, order)
    headline = headline_of(reading, top, order)
    leader = top.leader or old.leader
    if same_numbers(reading, old.reading):
        return replace(old, reading=reading, headline=headline, leader=leader, level=top.level)
    known = old.reading
    pace = _pace(old, (draft.now - old.moved).total_seconds())
    updates = old.updates + 1
    quiet_at = deadline(draft.before.race, draft.now, updates, pace, old.silences, reading.counted)
    past = (*old.past[1 - _PAST :], Mark(known.as_of, known.results, pct_of(known)))
    return Count(
        *(reading.origin, old.rank, reading, headline, draft.now, leader, top.level, updates, pace, past),
        *(None, old.silences, quiet_at),
    )


def _pace(old: Count, seconds: float) -> float:
    """A running mean of the time between two movements, in which one long gap weighs little."""
    if old.updates == 1:
        return seconds
    return 0.75 * old.pace + 0.25 * min(seconds, 4.0 * old.pace + 600.0)
