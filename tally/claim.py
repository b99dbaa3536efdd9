"""A claim: somebody said something about the race that is not a number."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tally.evidence import Evidence


class ClaimKind(StrEnum):
    """What was said. Every withdrawal is a claim of its own, never a deletion."""

    CONCESSION = "concession"
    CONCESSION_WITHDRAWN = "concession_withdrawn"
    REFUSAL = "refusal"
    VICTORY_CLAIM = "victory_claim"
    VICTORY_CLAIM_WITHDRAWN = "victory_claim_withdrawn"
    CONGRATULATION = "congratulation"
    CALLED = "called"
    CALL_WITHDRAWN = "call_withdrawn"
    DECLARED = "declared"
    DECLARATION_WITHDRAWN = "declaration_withdrawn"
    CERTIFIED = "certified"
    CERTIFICATION_WITHDRAWN = "certification_withdrawn"
    RECOUNT = "recount"
    CHALLENGED = "challenged"
    ANNULLED = "annulled"


class Strength(StrEnum):
    """Firm ("concedes"), or soft ("congratulates him, he is ahead for now"). A soft call is a projection."""

    FIRM = "firm"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim.

    ``actor`` is who did it: a candidate's id where it is one, else the name as
    written (a desk that calls, a board that declares, a president who
    congratulates). ``target`` is the candidate it is about (the one called,
    congratulated, declared). ``speaker`` is who says so where that is somebody
    else. ``origin`` is whose word it is (the outlet, or the agency it quotes).
    ``history`` marks an earlier vote told again, which alerts nobody; then
    ``race`` is that earlier race where it is known.
    """

    race: str
    kind: ClaimKind
    origin: str
    as_of: datetime
    evidence: Evidence
    actor: str | None = None
    target: str | None = None
    speaker: str | None = None
    strength: Strength = Strength.FIRM
    stamped: bool = False
    history: bool = False
    source: str | None = None
    url: str | None = None
    post: str | None = None
