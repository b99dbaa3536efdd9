"""What became of a reading or a claim, found in the standings before and after: for whoever asks why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tally.accept.complaint import PATIENCE
from tally.accept.gates import claim_is_early
from tally.accept.sound import is_all_zeros
from tally.claim import Claim, ClaimKind
from tally.count import same_numbers
from tally.reading import Reading
from tally.standing import Quarantined, Said, Standing
from tally.statuses import NO_STATUS, OF_A_CANDIDATE, WITHDRAWS


class Fate(StrEnum):
    """What became of it."""

    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"  # accepted after it was doubted
    KNOWN = "known"  # says what is believed already
    HELD = "held"  # until the next poll or another origin confirms it
    QUARANTINED = "quarantined"  # and shown to the operators
    WAITS = "waits"  # a claim, until the embargo lifts
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of it, and why where that is not plain."""

    fate: Fate
    why: str = ""


def of_reading(before: Standing, after: Standing, reading: Reading) -> Verdict:
    """What became of one reading between two standings."""
    known, count = before.origins.get(reading.origin), after.origins.get(reading.origin)
    doubted = _doubted(before, reading)
    if count is not None and _is(count.reading, reading) and (known is None or count.moved != known.moved):
        why = (
            ""
            if doubted is None
            else f"{doubted.why}; {doubted.times + 1} polls since {doubted.since:%H:%M}Z"
        )
        return Verdict(Fate.ACCEPTED if doubted is None else Fate.CONFIRMED, why)
    if known is not None and _is(known.reading, reading):
        return Verdict(Fate.KNOWN)
    item = _doubted(after, reading)
    if item is not None:
        return _aside(item)
    return Verdict(Fate.IGNORED, _ignored(before, reading))


def of_claim(before: Standing, after: Standing, claim: Claim, now: datetime) -> Verdict:
    """What became of one claim between two standings, taken in at ``now``."""
    if claim in after.waiting:
        return Verdict(Fate.WAITS, "an embargo holds")
    if any(_comes_of(said, claim) for said in after.statuses if said not in before.statuses):
        return Verdict(Fate.ACCEPTED)
    why = _no_status(before, claim, now)
    if why is None and any(_comes_of(said, claim) for said in before.statuses):
        return Verdict(Fate.KNOWN)
    return Verdict(Fate.IGNORED, why or "it is about nobody who stands, or is told after it was settled")


def _comes_of(said: Said, claim: Claim) -> bool:
    kinds = {claim.kind, WITHDRAWS.get(claim.kind)}
    if claim.kind is ClaimKind.CALLED:
        kinds.add(ClaimKind.DECLARED)  # a board calls nothing, it declares
    return said.kind in kinds and (claim.origin in said.origins or claim.kind in WITHDRAWS)


def _no_status(before: Standing, claim: Claim, now: datetime) -> str | None:
    """Why a claim is none of this race's statuses whatever was said before, None if it may be one."""
    if claim.race != before.race.id:
        return "it is of another race"
    if claim.history:
        return "it tells of an earlier vote"
    if claim.kind in NO_STATUS:
        return "no status follows from it"
    if claim_is_early(before.race, claim, now):
        return "it was made before polls closed"
    if claim.kind in OF_A_CANDIDATE and before.race.candidate(claim.actor or "") is None:
        return f"{claim.actor or 'nobody'} does not stand in this race"
    return None


def _is(believed: Reading, reading: Reading) -> bool:
    return same_numbers(believed, reading) and believed.counted == reading.counted


def _doubted(standing: Standing, reading: Reading) -> Quarantined | None:
    for item in standing.quarantine:
        if item.reading.origin == reading.origin and item.reading.results == reading.results:
            return item
    return None


def _aside(item: Quarantined) -> Verdict:
    why = f"{item.doubt.value}: {item.why}" + (f", seen {item.times} times" if item.times > 1 else "")
    if item.rejected:
        return Verdict(Fate.IGNORED, f"{why}; an operator refused it")
    return Verdict(Fate.QUARANTINED if PATIENCE[item.doubt].told else Fate.HELD, why)


def _ignored(before: Standing, reading: Reading) -> str:
    if reading.race != before.race.id:
        return "it is of another race"
    if not reading.results and reading.lead is None:
        return "it has no numbers"
    if is_all_zeros(reading) and reading.origin not in before.origins:
        return "all numbers are zero, and nothing was counted yet"
    return "it says less than what is known of this origin, or is behind it"
