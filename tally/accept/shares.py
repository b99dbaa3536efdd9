"""Counts of shares alone: whether what is newly counted can have moved them as they moved."""

from tally.accept.complaint import Complaint
from tally.accept.progress import far, fresh_part, pct_of
from tally.headline import by_votes, ranked, top_of
from tally.reading import Reading, Result
from tally.standing import Count, Doubt

Lines = dict[str, Result]


# So many points of their shares apart, the first two of an area may well be the other way round elsewhere.
_AREAS_DIFFER = 30.0
_FAR = 6.0


def shares_misfit(reading: Reading, count: Count, old: Lines, new: Lines) -> Complaint | None:
    """What keeps shares from following those that are believed, None if they can."""
    turns = top_of(reading).leader != count.leader
    if turns and not _within_reach(reading, count, old) and (found := _odd_turn(reading, count, old, new)):
        return found
    found = _less_counted(reading, count) or shares_moved(far(count), reading, old, new)
    return found or (_leap(reading, count, old, new) if turns else None)


def _odd_turn(reading: Reading, count: Count, old: Lines, new: Lines) -> Complaint | None:
    """A turn that hardly comes of counting: the same numbers at other names, or those of an earlier state.

    Rounded shares wobble by a hundredth and come back; only if the lead goes back with them it is a cache.
    """
    found = swapped(old, new)
    if found is None and any(mark.results == reading.results for mark in count.past):
        return Complaint(Doubt.STALE_CACHE, "an earlier state again")
    return found


def _within_reach(reading: Reading, count: Count, old: Lines) -> bool:
    """Whether the first two are so near each other that what is new may well have turned them round.

    Shares of two mirror each other by nature: 50.1 to 49.9 and then 49.9 to
    50.1 are no two columns that changed places, if boxes came in between.
    """
    order = ranked(tuple(old.values()))
    if len(order) < 2:
        return True
    gap = (order[0].share or 0.0) - (order[1].share or 0.0)
    return gap <= _AREAS_DIFFER * fresh_part(reading, count)


def swapped(old: Lines, new: Lines) -> Complaint | None:
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


def _less_counted(reading: Reading, count: Count) -> Complaint | None:
    old, new = pct_of(count.reading), pct_of(reading)
    if old is None or new is None or new >= old:
        return None
    return Complaint(Doubt.STALE_CACHE, f"{new:g} % counted after {old:g} %")


def shares_jump(reading: Reading, count: Count) -> Complaint | None:
    """Whether shares moved further than what was newly counted can move them."""
    old = {result.candidate: result for result in count.reading.results}
    new = {result.candidate: result for result in reading.results}
    return shares_moved(far(count), reading, old, new)


def moved_far(reading: Reading, count: Count) -> bool:
    """Whether some share moved by more than a batch does, or a candidate has come or gone."""
    old = {result.candidate: result.share or 0.0 for result in count.reading.results}
    new = {result.candidate: result.share or 0.0 for result in reading.results}
    return any(abs(new.get(name, 0.0) - old.get(name, 0.0)) > _FAR for name in {*old, *new})


def shares_moved(before: float | None, reading: Reading, old: Lines, new: Lines) -> Complaint | None:
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
    if len(old) < 2:
        return None
    if not _within_reach(reading, count, old) and (found := _names_changed(old, new)) is not None:
        return found
    limit = _likely(far(count), fresh_part(reading, count))
    for name, line in new.items():
        was = old.get(name)
        had, has = 0.0 if was is None else was.share or 0.0, line.share or 0.0
        if was is not None and abs(has - had) > limit:
            return Complaint(Doubt.LEAP, f"{name} went from {had:g} to {has:g} %")
    return None


def _likely(before: float | None, fresh: float) -> float:
    """How many points a share may move at a turn that is believed at once; early in the count any."""
    if before is None:
        return 12.0  # nobody says how far the count is
    # Whole boxes come before the per cent moves: Surrey-Cloverdale turned twice at one and the same (2024).
    return 2.0 + 60.0 * fresh if before >= 30.0 else 100.0


def _names_changed(old: Lines, new: Lines) -> Complaint | None:
    """The first two have changed shares, but for what a little counting moves."""
    first, second = (line.candidate for line in ranked(tuple(old.values()))[:2])
    had, had_less = old[first].share or 0.0, old[second].share or 0.0
    if first not in new or second not in new or had - had_less < 0.5:
        return None
    off = max(abs((new[first].share or 0.0) - had_less), abs((new[second].share or 0.0) - had))
    if off > 0.1 + 0.1 * (had - had_less):
        return None
    return Complaint(Doubt.LEAP, f"the {had:g} % of {first} now stand at {second}")
