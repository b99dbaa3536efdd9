"""Whether a reading can follow the accepted one: older, lower, fallen, vanished, or a jump."""

from tally.accept.complaint import Complaint
from tally.accept.growth import growth, unexplained
from tally.accept.progress import pct_of
from tally.accept.shares import Lines, shares_misfit, shares_moved, swapped
from tally.headline import overtaken, ranked, top_of
from tally.reading import Reading
from tally.standing import Count, Doubt, Mark

# Votes computed back from rounded shares wobble: the twelfth of twelve loses a few while thousands come in.
# That fall, up to so much of what came, says nothing of the lead.
_ROUNDING = 0.1


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


def _compare(reading: Reading, count: Count) -> Complaint | None:
    known = count.reading
    old = {result.candidate: result for result in known.results}
    new = {result.candidate: result for result in reading.results}
    gone = _vanished(old, new)
    if gone is not None and gone.doubt is Doubt.VANISHED:
        return gone
    if _with_votes(old) and _with_votes(new):
        found = swapped(old, new) or _reordered(old, new, reading, known) or _fall(old, new, reading, count)
    else:
        found = shares_misfit(reading, count, old, new)
    return found or gone


def _with_votes(lines: Lines) -> bool:
    return any(line.votes is not None for line in lines.values())


def _vanished(old: Lines, new: Lines) -> Complaint | None:
    """A candidate of some weight without a line, or with a zero, while others have their numbers.

    Without one of the first two the page is broken. Another one may have been
    merged into "others" (Bolivia 2020), which the next poll shows; the smallest
    come and go in lists of the first few (California 2024), early in the count
    the larger ones too, if all who are listed have more.
    """
    total = sum(line.votes or 0 for line in old.values())
    first_two = [line.candidate for line in ranked(tuple(old.values()))[:2]]
    found = None
    for name, line in old.items():
        weight = line.share if not line.votes else 100.0 * line.votes / (total or 1)
        now = new.get(name)
        if not weight or weight < 5.0 or (now is not None and (now.votes or now.share)):
            continue
        if overtaken(line, tuple(new.values()), len(old)):
            continue
        doubt = Doubt.VANISHED if name in first_two else Doubt.FALL
        if found is None or doubt is Doubt.VANISHED:
            found = Complaint(doubt, f"{name} had {weight:.3g} % and is gone")
    return found


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
    if not turns:
        return Complaint(Doubt.FALL, why)
    lost = sum(had - has for _, had, has in fallen)
    names = {name for name, _, _ in fallen}
    return Complaint(
        Doubt.REVERSAL, why, aside=lost <= _ROUNDING * (after - before) and not names & _leads(old, new)
    )


def _leads(old: Lines, new: Lines) -> set[str]:
    """The first two of then and of now, and whoever is level with them."""
    found: set[str] = set()
    for lines in (old, new):
        order = ranked(tuple(lines.values()))[:2]
        least = order[-1].votes or 0
        found |= {name for name, line in lines.items() if (line.votes or 0) >= least}
    return found


def _reordered(old: Lines, new: Lines, reading: Reading, known: Reading) -> Complaint | None:
    """What came for those who grew, in lists that differ in order or length or in which others fell."""
    gains = [(line.votes or 0) - (old[n].votes or 0) for n, line in new.items() if n in old]
    grown = [gain for gain in gains if gain > 0]
    before = sum(line.votes or 0 for line in old.values())
    return unexplained(known, reading, (before, sum(grown), max(grown))) if grown else None


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
    moved = shares_moved(pct_of(doubted), reading, old, new)
    return moved is None and (pct_of(reading) or 0.0) >= (pct_of(doubted) or 0.0)


def follows(reading: Reading, doubted: Reading) -> bool:
    """Whether a reading of votes goes on from a doubted one as any count goes on."""
    grown = growth(doubted.results, reading.results)
    return grown is not None and bool(grown[1]) and unexplained(doubted, reading, grown) is None
