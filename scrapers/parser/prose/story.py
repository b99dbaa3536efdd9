"""What a whole story tells: claims are told once, and what is taken back in it does not stand."""

from dataclasses import replace

from tally.claim import Claim, ClaimKind, Strength

_TAKEN_BACK = {
    ClaimKind.CONCESSION_WITHDRAWN: ClaimKind.CONCESSION,
    ClaimKind.VICTORY_CLAIM_WITHDRAWN: ClaimKind.VICTORY_CLAIM,
    ClaimKind.CALL_WITHDRAWN: ClaimKind.CALLED,
    ClaimKind.DECLARATION_WITHDRAWN: ClaimKind.DECLARED,
}


def settle(claims: list[Claim]) -> tuple[list[Claim], list[tuple[Claim, str]]]:
    """The claims that stand, each once, and those that do not, with the reason."""
    once = _once(claims)
    kept, dropped = [], []
    for claim in once:
        why = _falls(claim, once)
        if why:
            dropped.append((claim, why))
        else:
            kept.append(claim)
    return kept, dropped


def _once(claims: list[Claim]) -> list[Claim]:
    """One claim for each thing said: the firm one before the soft, then the first; posts stay apart."""
    best: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        actor = None if claim.kind is ClaimKind.RECOUNT else claim.actor  # a race is recounted once
        key = (claim.kind, actor, claim.history, claim.post, _about(claim))
        known = best.get(key)
        if known is None:
            best[key] = claim
        elif known.strength is Strength.SOFT and claim.strength is Strength.FIRM:
            best[key] = replace(claim, target=claim.target or known.target)
        elif known.target is None and claim.target is not None:
            best[key] = replace(known, target=claim.target)
    return list(best.values())


def _about(claim: Claim) -> str | None:
    """Calls and congratulations are different ones where they are about different people."""
    apart = (ClaimKind.CALLED, ClaimKind.DECLARED, ClaimKind.CONGRATULATION)
    return claim.target if claim.kind in apart else None


def _falls(claim: Claim, claims: list[Claim]) -> str | None:
    if claim.history:
        return None
    for other in claims:
        if _TAKEN_BACK.get(other.kind) is claim.kind and other.post == claim.post and not other.history:
            same = other.actor == claim.actor if other.actor else True
            if same:
                return "taken back in the same story"
    if claim.kind is ClaimKind.CALLED and _is_declared(claim, claims):
        return "declared by an authority, not called by a desk"
    if claim.kind is ClaimKind.REFUSAL and _came_round(claim, claims):
        return "refused before it was conceded"
    if claim.kind is ClaimKind.CONCESSION and _won(claim.actor, claims):
        return "conceded by the one who has won"
    if claim.kind is ClaimKind.CONCESSION and _is_conceded_to(claim, claims):
        return "conceded by the one to whom another conceded"
    if claim.kind is ClaimKind.CONCESSION and claim.strength is Strength.SOFT and _is_over(claim, claims):
        return "a kind word by the one to whom the other conceded"
    return None


def _came_round(claim: Claim, claims: list[Claim]) -> bool:
    """Whether the one who refused concedes in the same story, and does not take it back."""
    same = [c for c in claims if c.actor == claim.actor and c.post == claim.post and not c.history]
    kinds = {c.kind for c in same if c.strength is Strength.FIRM}
    return ClaimKind.CONCESSION in kinds and ClaimKind.CONCESSION_WITHDRAWN not in kinds


def _is_conceded_to(claim: Claim, claims: list[Claim]) -> bool:
    """Whether others concede to the one who seems to concede, in words as plain: one of both was misread."""
    to_him = [c for c in claims if c.kind is ClaimKind.CONCESSION and c.target == claim.actor]
    return any(c.actor != claim.actor and c.strength is Strength.FIRM and not c.history for c in to_him)


def _is_over(claim: Claim, claims: list[Claim]) -> bool:
    """Whether the other one has conceded in plain words, to the one who is now kind to him."""
    firm = (c for c in claims if c.kind is ClaimKind.CONCESSION and c.strength is Strength.FIRM)
    return any(c.actor == claim.target and not c.history for c in firm)


def _is_declared(claim: Claim, claims: list[Claim]) -> bool:
    same = (c for c in claims if c.kind is ClaimKind.DECLARED and c.target == claim.target)
    return any(c.evidence.quote == claim.evidence.quote for c in same)


def _won(actor: str | None, claims: list[Claim]) -> bool:
    """Whether the story says that the one who concedes has won: then the sentence was read wrongly."""
    winning = (ClaimKind.CALLED, ClaimKind.DECLARED)
    return any(c.kind in winning and c.target == actor and not c.history for c in claims)
