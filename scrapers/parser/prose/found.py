"""What a rule found in a sentence: a claim, or why what looks like one is none."""

from dataclasses import dataclass

from scrapers.parser.prose.pronouns import Who
from tally.claim import ClaimKind, Strength

NOBODY = "nobody of this race"


@dataclass(frozen=True, slots=True)
class Found:
    """One claim of a sentence, or (with ``veto``) why what looks like one is none."""

    kind: ClaimKind
    rule: str
    start: int
    actor: Who | None = None
    target: str | None = None
    strength: Strength = Strength.FIRM
    history: bool = False
    veto: str | None = None
