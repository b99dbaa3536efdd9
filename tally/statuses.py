"""What was said, heard: which claims are a status of this race at all, whose act each is, and about whom.

A sentence about an earlier vote, another race or before polls closed is none;
under an embargo it waits.
"""

from collections.abc import Sequence
from dataclasses import replace

from tally.accept.gates import claim_is_early, under_embargo
from tally.claim import Claim, ClaimKind, Strength
from tally.draft import Draft
from tally.hold import say, withdraw
from tally.race import Race, Rank
from tally.reading import Reading, Status
from tally.standing import Phase

WITHDRAWS = {
    ClaimKind.CONCESSION_WITHDRAWN: ClaimKind.CONCESSION,
    ClaimKind.VICTORY_CLAIM_WITHDRAWN: ClaimKind.VICTORY_CLAIM,
    ClaimKind.CALL_WITHDRAWN: ClaimKind.CALLED,
    ClaimKind.DECLARATION_WITHDRAWN: ClaimKind.DECLARED,
    ClaimKind.CERTIFICATION_WITHDRAWN: ClaimKind.CERTIFIED,
}
OF_A_CANDIDATE = frozenset({ClaimKind.CONCESSION, ClaimKind.VICTORY_CLAIM})
# A congratulation by a third party is no concession, and a refusal is no status at all.
NO_STATUS = frozenset({ClaimKind.CONGRATULATION, ClaimKind.REFUSAL})
_SAID_BY_COUNT = {Status.CERTIFIED: ClaimKind.CERTIFIED, Status.RECOUNT: ClaimKind.RECOUNT}
_WAITING = 50


def hear_all(draft: Draft, claims: Sequence[Claim]) -> None:
    """Take in the claims of one capture; a sentence that tells of a declaration tells of no call."""
    declared = {(c.target, c.evidence.quote) for c in claims if c.kind is ClaimKind.DECLARED}
    for claim in claims:
        if claim.kind is not ClaimKind.CALLED or (claim.target, claim.evidence.quote) not in declared:
            hear(draft, claim)


def hear(draft: Draft, claim: Claim) -> None:
    """Take one claim in."""
    race = draft.before.race
    if claim.history or claim.race != race.id or claim.kind in NO_STATUS:
        return
    if claim_is_early(race, claim, draft.now):
        return
    if under_embargo(race, draft.now):
        _wait(draft, claim)
        return
    if _declares(race, claim):
        claim = replace(claim, kind=ClaimKind.DECLARED)
    kind = WITHDRAWS.get(claim.kind, claim.kind)
    by, candidate = _slot(race, kind, claim)
    if kind in OF_A_CANDIDATE and race.candidate(by or "") is None:
        return
    if claim.kind is ClaimKind.CALLED and candidate is None:
        return  # a call for nobody is none
    if claim.kind in WITHDRAWS:
        withdraw(draft, claim, kind, by, candidate)
    else:
        say(draft, claim, by, candidate)


def _declares(race: Race, claim: Claim) -> bool:
    """A board calls nothing, it declares; what it only projects is no declaration either."""
    if claim.kind is not ClaimKind.CALLED or claim.strength is Strength.SOFT:
        return False
    return race.rank_of(desk(race, claim.actor) or "") is Rank.OFFICIAL


def hear_count(draft: Draft, reading: Reading) -> None:
    """A board's own count that calls itself certified, or a recount, says so as a claim would."""
    said = _SAID_BY_COUNT.get(reading.status)
    count = draft.counts.get(reading.origin)
    if said is None or count is None or count.rank is not Rank.OFFICIAL:
        return
    if count.reading.status != reading.status or draft.phase is Phase.ANNULLED:
        return  # the reading is doubted, and so is what it calls itself; or it is void
    target = count.leader if said is ClaimKind.CERTIFIED else None
    hear(
        draft,
        Claim(
            *(reading.race, said, reading.origin, reading.as_of, reading.evidence, reading.origin, target),
            stamped=reading.stamped,
            source=reading.source,
            url=reading.url,
        ),
    )


def _wait(draft: Draft, claim: Claim) -> None:
    same = (claim.kind, claim.actor, claim.target, claim.origin)
    if any((c.kind, c.actor, c.target, c.origin) == same for c in draft.waiting):
        return
    draft.waiting = (*draft.waiting, claim)[-_WAITING:]
    draft.touched = True


def desk(race: Race, name: str | None) -> str | None:
    """The origin's id for a desk or a board named in a text, the name itself where it is not configured."""
    if name is None:
        return None
    wanted = name.casefold()
    for origin in race.origins:
        if wanted in (origin.id.casefold(), origin.name.casefold(), *map(str.casefold, origin.aliases)):
            return origin.id
    return name


def _slot(race: Race, kind: ClaimKind, claim: Claim) -> tuple[str | None, str | None]:
    """By whom and about whom a status is: what makes two claims the same one."""
    if kind in OF_A_CANDIDATE:
        return claim.actor, claim.actor
    by = desk(race, claim.actor)
    if kind is ClaimKind.CALLED:
        return by or claim.origin, claim.target
    return by, claim.target
