"""How a status that moved becomes an event: new, firmer, confirmed by a second origin, or taken back."""

from collections.abc import Iterator

from tally.claim import ClaimKind
from tally.draft import SaidMove
from tally.event import Event, EventKind, Level, Proof, Tier
from tally.race import Rank
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
    """The event of a withdrawal: news of its own that corrects the first."""
    said = move.after
    race = sight.after.race
    who = said.by or said.candidate or "race"
    number = sight.count_up(f"{kind.value}.taken_back")
    return Event(
        key=f"{race.id}/{kind.value}/{who}/withdrawn/{number}",
        kind=kind,
        race=race.id,
        at=sight.now,
        tier=Tier.CONFIRMED if race.rank_of(move.claim.origin) is Rank.OFFICIAL else Tier.FLASH,
        level=level,
        origin=move.claim.origin,
        proofs=(proof_of(move),),
        before=said.candidate,
        after=after,
        candidate=said.candidate,
        headline=sight.after.headline,
        corrects=said.key or None,
        details=_details(move, None),
    )


def proof_of(move: SaidMove) -> Proof:
    """What the claim of a move rests on."""
    claim = move.claim
    return Proof(claim.origin, claim.as_of, claim.evidence, claim.source, claim.url)


def _details(move: SaidMove, more: Details | None) -> Details:
    details: Details = {"by": move.after.by, "origins": len(move.after.origins)}
    if move.claim.speaker is not None:
        details["speaker"] = move.claim.speaker
    return details | (more or {})


def standing_calls(sight: Sight) -> tuple[Said, ...]:
    """The calls of desks that hold at present."""
    return tuple(s for s in sight.after.statuses if s.kind is ClaimKind.CALLED and s.withdrawn is None)
