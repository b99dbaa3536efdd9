"""What was said becomes a status of the race: claimed, conceded, called, declared, certified.

Statuses are never promoted into one another, and a withdrawal closes a status
without deleting it. Repeats by other outlets only make it surer.
"""

from collections.abc import Sequence
from dataclasses import replace

from tally.accept.gates import claim_is_early, under_embargo
from tally.claim import Claim, ClaimKind, Strength
from tally.draft import Draft, SaidMove
from tally.event import Proof
from tally.race import Race, Rank
from tally.reading import Reading, Status
from tally.standing import Phase, Said

WITHDRAWS = {
    ClaimKind.CONCESSION_WITHDRAWN: ClaimKind.CONCESSION,
    ClaimKind.VICTORY_CLAIM_WITHDRAWN: ClaimKind.VICTORY_CLAIM,
    ClaimKind.CALL_WITHDRAWN: ClaimKind.CALLED,
    ClaimKind.DECLARATION_WITHDRAWN: ClaimKind.DECLARED,
}
OF_A_CANDIDATE = frozenset({ClaimKind.CONCESSION, ClaimKind.VICTORY_CLAIM})
# A congratulation by a third party is no concession, and a refusal is no status at all.
NO_STATUS = frozenset({ClaimKind.CONGRATULATION, ClaimKind.REFUSAL})
_PHASES = {
    ClaimKind.RECOUNT: Phase.RECOUNT,
    ClaimKind.DECLARED: Phase.DECLARED,
    ClaimKind.CERTIFIED: Phase.CERTIFIED,
    ClaimKind.ANNULLED: Phase.ANNULLED,
}
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
    if claim.kind is ClaimKind.CALLED and race.rank_of(desk(race, claim.actor) or "") is Rank.OFFICIAL:
        claim = replace(claim, kind=ClaimKind.DECLARED)  # a board calls nothing, it declares
    kind = WITHDRAWS.get(claim.kind, claim.kind)
    by, candidate = _slot(race, kind, claim)
    if kind in OF_A_CANDIDATE and race.candidate(by or "") is None:
        return
    if claim.kind is ClaimKind.CALLED and candidate is None:
        return  # a call for nobody is none
    if claim.kind in WITHDRAWS:
        _withdraw(draft, claim, kind, by, candidate)
    else:
        _say(draft, claim, by, candidate)


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


def _same(said: Said, kind: ClaimKind, by: str | None, candidate: str | None) -> bool:
    if said.kind is not kind:
        return False
    if kind in (ClaimKind.RECOUNT, ClaimKind.ANNULLED):
        return True
    if kind in (ClaimKind.DECLARED, ClaimKind.CERTIFIED):
        return candidate is None or said.candidate in (None, candidate)
    if kind is ClaimKind.CALLED:
        return said.by == by and (candidate is None or said.candidate == candidate)
    if kind is ClaimKind.CHALLENGED:
        return by is None or said.by in (None, by)
    return said.by == by


def _find(
    draft: Draft, kind: ClaimKind, by: str | None, candidate: str | None, origin: str | None = None
) -> Said | None:
    """The status that a claim is about: the one this origin holds to already, else the latest."""
    found = [said for said in draft.statuses if _same(said, kind, by, candidate)]
    mine = [said for said in found if said.withdrawn is None and origin in said.origins]
    return next(reversed(mine or found), None)


def _proof(claim: Claim) -> Proof:
    return Proof(claim.origin, claim.as_of, claim.evidence, claim.source, claim.url)


def _withdraw(draft: Draft, claim: Claim, kind: ClaimKind, by: str | None, candidate: str | None) -> None:
    known = _find(draft, kind, by, candidate)
    if known is None:
        new = Said(kind, claim.as_of, _proof(claim), "", by, candidate, claim.strength, (claim.origin,))
        closed = replace(new, withdrawn=claim.as_of)
        draft.statuses = (*draft.statuses, closed)
    elif known.withdrawn is None and claim.as_of >= known.since:
        closed = replace(known, withdrawn=claim.as_of)
        _put(draft, known, closed)
    else:
        return
    if kind is ClaimKind.DECLARED and draft.phase is Phase.DECLARED:
        draft.phase, draft.phase_since = Phase.COUNTING, claim.as_of
    draft.said.append(SaidMove(claim, closed, known, withdraws=True))
    draft.touched = True


def _say(draft: Draft, claim: Claim, by: str | None, candidate: str | None) -> None:
    known = _find(draft, claim.kind, by, candidate, claim.origin)
    if known is not None and claim.kind is ClaimKind.RECOUNT and draft.phase is not Phase.RECOUNT:
        known = None if claim.as_of > (draft.phase_since or known.since) else known
    if known is None:
        _first(draft, claim, by, candidate)
    elif known.withdrawn is not None:
        if _is_new_after(known, claim):
            _first(draft, claim, by, candidate)
    elif not _is_from_before(draft, claim, known, by, candidate):
        _again(draft, claim, known)


def _is_from_before(draft: Draft, claim: Claim, known: Said, by: str | None, candidate: str | None) -> bool:
    """Whether the claim may repeat one that was taken back since: it says nothing for the one made anew."""
    former = (said for said in draft.statuses if said is not known and _same(said, claim.kind, by, candidate))
    return any(said.withdrawn is not None and not _is_new_after(said, claim) for said in former)


def _is_new_after(known: Said, claim: Claim) -> bool:
    """Whether it is said anew after it was taken back, and not an old page read again."""
    if known.withdrawn is None or claim.as_of <= known.withdrawn:
        return False
    return claim.evidence.quote != known.proof.evidence.quote and (
        claim.origin not in known.origins or claim.stamped
    )


def _first(draft: Draft, claim: Claim, by: str | None, candidate: str | None) -> None:
    phase = _PHASES.get(claim.kind)
    if phase is not None:
        since = draft.phase_since if draft.phase in _PHASES.values() else None
        if since is not None and claim.as_of < since:
            return  # a recount told again after the certification is history
        draft.phase, draft.phase_since = phase, claim.as_of
    number = draft.count_up(f"said.{claim.kind.value}")
    key = f"{draft.before.race.id}/{claim.kind.value}/{by or candidate or 'race'}/{number}"
    sure = draft.before.race.rank_of(claim.origin) is Rank.OFFICIAL
    said = Said(
        *(claim.kind, claim.as_of, _proof(claim), key, by, candidate, claim.strength, (claim.origin,)),
        confirmed=sure,
    )
    draft.statuses = (*draft.statuses, said)
    draft.said.append(SaidMove(claim, said))
    draft.touched = True


def _again(draft: Draft, claim: Claim, known: Said) -> None:
    firmer = known.strength is Strength.SOFT and claim.strength is Strength.FIRM
    if claim.origin in known.origins and not firmer:
        return
    origins = known.origins if claim.origin in known.origins else (*known.origins, claim.origin)
    now = replace(known, origins=origins, confirmed=known.confirmed or len(origins) > 1)
    if firmer:
        key = f"{known.key}/firm"
        now = replace(now, strength=Strength.FIRM, key=key, proof=_proof(claim))
    _put(draft, known, now)
    draft.touched = True
    if firmer or (now.confirmed and not known.confirmed):
        draft.said.append(SaidMove(claim, now, known, confirms=not firmer))


def _put(draft: Draft, old: Said, new: Said) -> None:
    draft.statuses = tuple(new if said is old else said for said in draft.statuses)
