"""Whether a reading can follow the accepted one: older, lower, fallen, vanished, or a jump."""

from tally.accept.complaint import Complaint
from tally.headline import by_votes, ranked, top_of
from tally.reading import Reading, Result
from tally.standing import Count, Doubt, Mark

Lines = dict[str, Result]


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


def is_older(reading: Reading, count: Count) -> bool:
    """Whether both carry the origin's own stamp and this one's is the earlier."""
    known = count.reading
    return reading.stamped and known.stamped and reading.as_of < known.as_of


def was_accepted_before(reading: Reading, past: tuple[Mark, ...]) -> bool:
    """Whether exactly these numbers were accepted before the present ones: a cache serves them again."""
    pct = pct_of(reading)
    return any(mark.results == reading.results and mark.pct == pct for mark in past)


def misfit(reading: Reading, count: Count) -> Complaint | None:
    """What keeps a reading of the same source from following the accepted one, None if it can."""
    known = count.reading
    if reading.round != known.round and (reading.round or 0) > (known.round or 0):
        return None  # a new round of a ranked count: votes move from the eliminated to the others
    if is_older(reading, count):
        return Complaint(Doubt.STALE_CACHE, f"stamped {reading.as_of:%H:%M:%S}, before the accepted state")
    grown = growth(known.results, reading.results)
    return _compare(reading, count) if grown is None else unexplained(known, reading, grown)


Growth = tuple[int, int, int]


def growth(old: tuple[Result, ...], new: tuple[Result, ...]) -> Growth | None:
    """The quick way: the same lines in the same order, none lower.

    Then how many votes there were, how many came, and how many at most for one.
    """
    if len(old) != len(new):
        return None
    before = grown = best = 0
    for a, b in zip(old, new, strict=True):
        had, has = a.votes, b.votes
        if had is None or has is None or has < had or a.candidate != b.candidate:
            return None
        before += had
        grown += has - had
        best = max(best, has - had)
    return before, grown, best


def _compare(reading: Reading, count: Count) -> Complaint | None:
    known = count.reading
    old = {result.candidate: result for result in known.results}
    new = {result.candidate: result for result in reading.results}
    gone = _vanished(old, new)
    if gone is not None and gone.doubt is Doubt.VANISHED:
        return gone
    if _with_votes(old) and _with_votes(new):
        found = _swapped(old, new) or _reordered(old, new, reading, known) or _fall(old, new, reading, count)
    else:
        found = _swapped(old, new) or _lower(reading, count) or _shares_jump(far(count), reading, old, new)
        found = found or _leap(reading, count, old, new)
    return found or gone


def _with_votes(lines: Lines) -> bool:
    return any(line.votes is not None for line in lines.values())


def _vanished(old: Lines, new: Lines) -> Complaint | None:
    """A candidate of some weight without a line, or with a zero, while others have their numbers.

    Without one of the first two the page is broken. Another one may have been
    merged into "others" (Bolivia 2020), which the next poll shows; the smallest
    come and go in lists of the first few (California 2024).
    """
    total = sum(line.votes or 0 for line in old.values())
    first_two = [line.candidate for line in ranked(tuple(old.values()))[:2]]
    found = None
    for name, line in old.items():
        weight = line.share if not line.votes else 100.0 * line.votes / (total or 1)
        now = new.get(name)
        if not weight or weight < 5.0 or (now is not None and (now.votes or now.share)):
            continue
        doubt = Doubt.VANISHED if name in first_two else Doubt.FALL
        if found is None or doubt is Doubt.VANISHED:
            found = Complaint(doubt, f"{name} had {weight:.3g} % and is gone")
    return found


def _swapped(old: Lines, new: Lines) -> Complaint | None:
    """The very same numbers, at other names, with another one first."""
    if old.keys() != new.keys():
        return None
    before = sorted(((line.votes or 0, line.share or 0.0) for line in old.values()), reverse=True)
    after = sorted(((line.votes or 0, line.share or 0.0) for line in new.values()), reverse=True)
    if before != after or len(before) < 2 or before[0] == before[1]:
        return None
    first, then = max(old.values(), key=by_votes).candidate, max(new.values(), key=by_votes).candidate
    if first == then:
        return None
    return Complaint(Doubt.SWAPPED, f"the numbers of {first} now stand at {then}")


def _fall(old: Lines, new: Lines, reading: Reading, count: Count) -> Complaint | None:
    fallen = [
        (name, line.votes, new[name].votes or 0)
        for name, line in old.items()
        if line.votes is not None and name in new and (new[name].votes or 0) < line.votes
    ]
    if not fallen:
        return None
    before = sum(line.votes or 0 for line in old.values())
    after = sum(line.votes or 0 for line in new.values())
    if was_accepted_before(reading, count.past):
        return Complaint(Doubt.STALE_CACHE, f"the earlier state with {after:,} votes again")
    both = sum(1 for name, line in old.items() if line.votes and name in new)
    if len(fallen) == both > 1 and after < 0.5 * before:
        return Complaint(Doubt.COLLAPSE, f"all totals fell, {before:,} to {after:,} votes")
    name, had, has = max(fallen, key=lambda item: item[1] - item[2])
    why = f"{name} fell from {had:,} to {has:,}"
    if after < before and (pct_of(reading) or 101.0) < (pct_of(count.reading) or 0.0):
        return Complaint(Doubt.STALE_CACHE, why)
    turns = count.leader is not None and top_of(reading).leader != count.leader
    return Complaint(Doubt.REVERSAL if turns else Doubt.FALL, why)


def _lower(reading: Reading, count: Count) -> Complaint | None:
    old, new = pct_of(count.reading), pct_of(reading)
    # Rounded shares wobble by a hundredth and come back; only if the lead goes back with them it is a cache.
    again = any(mark.results == reading.results for mark in count.past)
    if again and top_of(reading).leader != count.leader:
        return Complaint(Doubt.STALE_CACHE, "an earlier state again")
    if old is None or new is None or new >= old:
        return None
    return Complaint(Doubt.STALE_CACHE, f"{new:g} % counted after {old:g} %")


def shares_jump(reading: Reading, count: Count) -> Complaint | None:
    """Whether shares moved further than what was newly counted can move them."""
    old = {result.candidate: result for result in count.reading.results}
    new = {result.candidate: result for result in reading.results}
    return _shares_jump(far(count), reading, old, new)


def _shares_jump(before: float | None, reading: Reading, old: Lines, new: Lines) -> Complaint | None:
    """Shares that moved further than the newly counted part can move them.

    The part that is new can at most pull a share by its own size. Counted per
    cents are often of precincts, not of votes, so a dozen points are let pass,
    and early in the count everything is.
    """
    if before is None or before < 50.0:
        return None
    after = max(before, pct_of(reading) or before)
    limit = 12.0 + 100.0 * (after - before) / after
    for name, line in new.items():
        was = old.get(name)
        if was is None or was.share is None or line.share is None:
            continue
        if abs(line.share - was.share) > limit:
            return Complaint(Doubt.JUMP, f"{name} went from {was.share:g} to {line.share:g} %")
    return None


def _leap(reading: Reading, count: Count, old: Lines, new: Lines) -> Complaint | None:
    """Shares alone that turn the lead by a leap which what is newly counted hardly makes.

    Past a third of the count no turn in British Columbia 2024 moved a share by
    more than 1.4 points where less than a tenth was new. Two numbers at each
    other's names, or an old state with a new stamp, do: that waits for the next
    poll.
    """
    if len(old) < 2 or top_of(reading).leader == count.leader:
        return None
    before = far(count)
    fresh = 0.0 if before is None else max(0.0, (pct_of(reading) or before) - before)
    if fresh < 20.0 and (found := _names_changed(old, new)) is not None:
        return found
    limit = _likely(before, fresh)
    for name, line in new.items():
        was = old.get(name)
        had, has = 0.0 if was is None else was.share or 0.0, line.share or 0.0
        if was is not None and abs(has - had) > limit:
            return Complaint(Doubt.REVERSAL, f"{name} went from {had:g} to {has:g} %")
    return None


def _likely(before: float | None, fresh: float) -> float:
    """How many points a share may move at a turn that is believed at once; early in the count any."""
    if before is None:
        return 12.0  # nobody says how far the count is
    return 2.0 + 60.0 * fresh / (before + fresh) if before >= 30.0 else 100.0


def _names_changed(old: Lines, new: Lines) -> Complaint | None:
    """The first two have changed shares, but for what a little counting moves."""
    first, second = (line.candidate for line in ranked(tuple(old.values()))[:2])
    had, had_less = old[first].share or 0.0, old[second].share or 0.0
    if first not in new or second not in new or had - had_less < 0.5:
        return None
    off = max(abs((new[first].share or 0.0) - had_less), abs((new[second].share or 0.0) - had))
    if off > 0.1 + 0.1 * (had - had_less):
        return None
    return Complaint(Doubt.REVERSAL, f"the {had:g} % of {first} now stand at {second}")


def _reordered(old: Lines, new: Lines, reading: Reading, known: Reading) -> Complaint | None:
    """What came for those who grew, in lists that differ in order or length or in which others fell."""
    gains = [(line.votes or 0) - (old[n].votes or 0) for n, line in new.items() if n in old]
    grown = [gain for gain in gains if gain > 0]
    before = sum(line.votes or 0 for line in old.values())
    return unexplained(known, reading, (before, sum(grown), max(grown))) if grown else None


def unexplained(known: Reading, reading: Reading, growth: Growth) -> Complaint | None:
    """A growth that no count explains: many times the votes, or a large batch for one alone."""
    before, grown, best = growth
    if before < 1000 or 100 * grown < before:
        return None
    old = pct_of(known)
    if old is not None and old >= 30.0:
        expected = max(1.0, (pct_of(reading) or old) / old)
        if before + grown > 8.0 * expected * before:
            return Complaint(Doubt.JUMP, f"from {before:,} to {before + grown:,} votes at {old:g} % counted")
    if len(known.results) < 2:
        return None
    if grown >= 1000 and best >= 0.995 * grown:
        return _one_sided(known, reading, before)
    return _digit_too_many(known, reading) if 10 * grown >= before and best >= 0.6 * grown else None


def _digit_too_many(known: Reading, reading: Reading) -> Complaint | None:
    """One candidate with many times the votes, and four times as many times as all others together."""
    old = {result.candidate: result.votes or 0 for result in known.results}
    gained = [(result, old.get(result.candidate, 0)) for result in reading.results]
    winner, had = max(gained, key=lambda pair: (pair[0].votes or 0) - pair[1])
    others = sum(result.votes or 0 for result, _ in gained) - (winner.votes or 0)
    before = sum(old.values()) - had
    leapt = had >= 100 and before > 0 and (winner.votes or 0) >= 4 * had * max(1.0, others / before)
    if not leapt:
        return None
    return Complaint(Doubt.ONE_SIDED, f"{winner.candidate} went from {had:,} to {winner.votes:,} votes alone")


def _one_sided(known: Reading, reading: Reading, before: int) -> Complaint | None:
    old = {result.candidate: result.votes or 0 for result in known.results}
    winner = max(reading.results, key=lambda r: (r.votes or 0) - old.get(r.candidate, 0))
    had = old.get(winner.candidate, 0)
    if had > 0.85 * before:
        return None  # who has nearly everything so far may well have all of a batch
    gain = (winner.votes or 0) - had
    return Complaint(Doubt.ONE_SIDED, f"{gain:,} votes at once for {winner.candidate} alone")


def goes_on(reading: Reading, doubted: Reading) -> bool:
    """Whether a reading goes on counting from a doubted one: other numbers, none of them lower."""
    if reading.results == doubted.results:
        return False
    old = {result.candidate: result for result in doubted.results}
    new = {result.candidate: result for result in reading.results}
    if _vanished(old, new) is not None:
        return False
    if _with_votes(old):
        return all((new[name].votes or 0) >= (old[name].votes or 0) for name in old if name in new)
    moved = _shares_jump(pct_of(doubted), reading, old, new)
    return moved is None and (pct_of(reading) or 0.0) >= (pct_of(doubted) or 0.0)
