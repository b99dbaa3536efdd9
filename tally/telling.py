"""How a status that moved becomes an event: new, firmer, confirmed by a second origin, or taken back."""

from collections.abc import Iterator

from tally.claim import ClaimKind, Strength
from tally.draft import SaidMove
from tally.event import Event, EventKind, Level, Proof, Tier
from tally.sight import Details, Sight
from tally.standing import Said


def moved(sight: Sight, kind: ClaimKind, withdrawn: bool = False) -> Iterator[SaidMove]:
    """The moves of one kind of status: those that make or confirm it, or those that take it back."""
    for move in sight.said:
        if move.after.kind is kind and move.withdraws is withdrawn:
            yield move


def tell(
    sight: Sight,
    move: SaidMove,
    kind: EventKind,
    level: Level,
    *,
    before: str | None = None,
    after: str | None = None,
    details: Details | None = None,
) -> Event:
    """The event of a status that is new or firmer, or its confirmation, which is not told again."""
    said = move.after
    proofs: tuple[Proof, ...] = (proof_of(move),)
    key, updates = said.key, None
    if move.confirms:
        key, updates, level = f"{said.key}/confirmed", said.key, Level.ROUTINE
        proofs = (said.proof, *proofs)
    return Event(
        key=key,
        kind=kind,
        race=sight.after.race.id,
        at=sight.now,
        tier=Tier.CONFIRMED if said.confirmed else Tier.FLASH,
        level=level,
        origin=move.claim.origin,
        proofs=proofs,
        before=before,
        after=after,
        candidate=said.candidate,
        headline=sight.after.headline,
        updates=updates,
        details=_details(move, details),
    )


def take_back(
    sight: Sight, move: SaidMove, kind: EventKind, level: Level, *, after: str | None = None
) -> Event:
    """The event of a withdrawal, which corrects the first word; or the withdrawal's confirmation."""
    said, told = move.after, move.after.reversal
    if told is None:  # pragma: no cover - what is taken back says by whom
        raise ValueError(f"{said.key} is not taken back")
    proofs: tuple[Proof, ...] = (proof_of(move),)
    key, updates = told.key, None
    if move.confirms:
        key, updates, level = f"{told.key}/confirmed", told.key, Level.ROUTINE
        proofs = (told.proof, *proofs)
    return Event(
        key=key,
        kind=kind,
        race=sight.after.race.id,
        at=sight.now,
        tier=Tier.CONFIRMED if told.confirmed else Tier.FLASH,
        level=level,
        origin=move.claim.origin,
        proofs=proofs,
        before=said.candidate,
        after=after,
        candidate=said.candidate,
        headline=sight.after.headline,
        updates=updates,
        corrects=None if move.confirms else said.key or None,
        details=_details(move, None),
    )


def proof_of(move: SaidMove) -> Proof:
    """What the claim of a move rests on."""
    claim = move.claim
    return Proof(claim.origin, claim.as_of, claim.evidence, claim.source, claim.url)


def _details(move: SaidMove, more: Details | None) -> Details:
    details: Details = {"by": move.after.by, "origins": len(_whose(move))}
    if move.claim.speaker is not None:
        details["speaker"] = move.claim.speaker
    return details | (more or {})


def _whose(move: SaidMove) -> tuple[str, ...]:
    """Whose word the event is: of a withdrawal those who say that it is taken back."""
    told = move.after.reversal
    return told.origins if move.withdraws and told is not None else move.after.backers


def standing_calls(sight: Sight) -> tuple[Said, ...]:
    """The calls of desks that hold at present; a projection is none."""
    calls = (s for s in sight.after.statuses if s.kind is ClaimKind.CALLED and s.withdrawn is None)
    return tuple(said for said in calls if said.strength is Strength.FIRM)
