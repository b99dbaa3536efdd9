"""Statuses as they are held: made, repeated, made firmer, taken back.

Statuses are never promoted into one another, and a withdrawal closes a status
without deleting it. Repeats by other outlets only make it surer, and only of
what they say: a soft word by one beside a firm one by another is no firm word
by two (Istanbul, 23 June 2019: "ahead for now" in one place, "conceded" in
the other).
"""

from collections.abc import Iterable
from dataclasses import replace

from tally.claim import Claim, ClaimKind, Strength
from tally.draft import Draft, SaidMove
from tally.event import Proof
from tally.race import Race, Rank
from tally.standing import Phase, Reversal, Said

_PHASES = {
    ClaimKind.RECOUNT: Phase.RECOUNT,
    ClaimKind.DECLARED: Phase.DECLARED,
    ClaimKind.CERTIFIED: Phase.CERTIFIED,
    ClaimKind.ANNULLED: Phase.ANNULLED,
}
# The word of the event that tells of each status taken back.
_TAKEN_BACK = {ClaimKind.CONCESSION: "concession_withdrawn", ClaimKind.CALLED: "call_withdrawn"}


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


def withdraw(draft: Draft, claim: Claim, kind: ClaimKind, by: str | None, candidate: str | None) -> None:
    """Close the status that a claim takes back; a second origin that says so makes the withdrawal surer."""
    known = _find(draft, kind, by, candidate)
    if known is not None and known.withdrawn is None and _was_taken_back(draft, claim, kind, by, candidate):
        return  # an old page read again after the word was given anew
    if known is not None and (known.withdrawn is not None or claim.as_of < known.since):
        _withdraw_again(draft, claim, known)
        return
    if known is None:
        known = Said(kind, claim.as_of, _proof(claim), "", by, candidate, claim.strength, (claim.origin,))
        draft.statuses = (*draft.statuses, known)
    closed = replace(known, withdrawn=claim.as_of, reversal=_reversal(draft, claim, known))
    _put(draft, known, closed)
    if _PHASES.get(kind) is draft.phase and kind in (ClaimKind.DECLARED, ClaimKind.CERTIFIED):
        draft.phase, draft.phase_since = _phase_before(draft), claim.as_of
    draft.said.append(SaidMove(claim, closed, known, withdraws=True))
    draft.touched = True


def _phase_before(draft: Draft) -> Phase:
    """Where a race is again after a declaration or a certification was taken back."""
    declared = any(said.kind is ClaimKind.DECLARED and said.withdrawn is None for said in draft.statuses)
    return Phase.DECLARED if declared else Phase.COUNTING


def _was_taken_back(
    draft: Draft, claim: Claim, kind: ClaimKind, by: str | None, candidate: str | None
) -> bool:
    """Whether this very withdrawal closed an earlier word."""
    closed = [s.reversal for s in draft.statuses if s.reversal and _same(s, kind, by, candidate)]
    return any(
        claim.origin in each.origins and claim.evidence.quote == each.proof.evidence.quote for each in closed
    )


def _reversal(draft: Draft, claim: Claim, known: Said) -> Reversal:
    kind = _TAKEN_BACK.get(known.kind, known.kind.value)
    race, who = draft.before.race, known.by or known.candidate or "race"
    key = f"{race.id}/{kind}/{who}/withdrawn/{draft.count_up(f'{kind}.taken_back')}"
    return Reversal(key, _proof(claim), (claim.origin,), _sure(race, (claim.origin,)))


def _withdraw_again(draft: Draft, claim: Claim, known: Said) -> None:
    told = known.reversal
    if told is None or claim.origin in told.origins or claim.as_of < known.since:
        return
    origins = (*told.origins, claim.origin)
    now = replace(known, reversal=replace(told, origins=origins, confirmed=True))
    _put(draft, known, now)
    draft.touched = True
    if not told.confirmed:
        draft.said.append(SaidMove(claim, now, known, confirms=True, withdraws=True))


def _sure(race: Race, origins: Iterable[str]) -> bool:
    """Whether an official origin says so, or two do."""
    whose = tuple(origins)
    return len(whose) > 1 or any(race.rank_of(origin) is Rank.OFFICIAL for origin in whose)


def say(draft: Draft, claim: Claim, by: str | None, candidate: str | None) -> None:
    """Make the status that a claim gives the race, or make it firmer or surer where it is known."""
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
    whose = (claim.origin,)
    said = Said(
        *(claim.kind, claim.as_of, _proof(claim), key, by, candidate, claim.strength, whose),
        confirmed=_sure(draft.before.race, whose),
        firm=whose if claim.strength is Strength.FIRM else (),
    )
    draft.statuses = (*draft.statuses, said)
    draft.said.append(SaidMove(claim, said))
    draft.touched = True


def _again(draft: Draft, claim: Claim, known: Said) -> None:
    firm = claim.strength is Strength.FIRM
    if claim.origin in (known.firm if firm else known.origins):
        return
    firmer = firm and known.strength is Strength.SOFT
    now = replace(
        known,
        origins=_with(known.origins, claim.origin),
        firm=_with(known.firm, claim.origin) if firm else known.firm,
        strength=Strength.FIRM if firm else known.strength,
    )
    now = replace(now, confirmed=(known.confirmed and not firmer) or _sure(draft.before.race, now.backers))
    if firmer:
        now = replace(now, key=f"{known.key}/firm", proof=_proof(claim))
    _put(draft, known, now)
    draft.touched = True
    if firmer or (now.confirmed and not known.confirmed):
        draft.said.append(SaidMove(claim, now, known, confirms=not firmer))


def _with(origins: tuple[str, ...], origin: str) -> tuple[str, ...]:
    return origins if origin in origins else (*origins, origin)


def _put(draft: Draft, old: Said, new: Said) -> None:
    draft.statuses = tuple(new if said is old else said for said in draft.statuses)
