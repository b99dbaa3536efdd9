"""Readings and claims as the short lines that stand in the expectation files."""

from collections.abc import Iterable

from scrapers.parser import Page
from tally.claim import Claim, ClaimKind, Strength
from tally.reading import Qualifier, Reading, Status

_SIGNS = {Qualifier.EXACT: "", Qualifier.ABOUT: "~", Qualifier.AT_LEAST: ">=", Qualifier.AT_MOST: "<="}
# A feed names its status; what prose calls a count is told by its claims.
_STRUCTURED = ("table", "json")


def in_words(page: Page, post: str | None = None) -> set[str]:
    """What a page tells (of one post where one is given).

    What one origin's count is told by in several sentences, headline and
    figures and how much is counted, is one line: whether reader or tally puts
    it together is their business.
    """
    readings = [r for r in page.readings if _is_of(r.post, post)]
    claims = _claims([c for c in page.claims if _is_of(c.post, post)])
    origins = {r.origin for r in readings}
    return claims | {_of_one(origin, [r for r in readings if r.origin == origin]) for origin in origins}


def _is_of(identity: str | None, post: str | None) -> bool:
    return post is None or (identity or "").endswith(f"#{post}")


def _of_one(origin: str, readings: list[Reading]) -> str:
    """ "anadolu: imamoglu 48.41%, yildirim 48.99%, counted 96.38"; contradictions stand side by side."""
    candidates = sorted({result.candidate for r in readings for result in r.results})
    parts = [f"{name} {' / '.join(_numbers(name, readings))}" for name in candidates]
    parts += _each(f"counted {_SIGNS[c.qualifier]}{c.pct:g}" for r in readings if (c := r.counted))
    parts += _each(lead for r in readings if (lead := _lead(r)))
    parts += _each(f"turnout {r.turnout:g}" for r in readings if r.turnout is not None)
    fed = [r for r in readings if r.evidence.rule in _STRUCTURED]
    parts += _each(r.status for r in fed if r.status != Status.UNOFFICIAL)
    return f"{origin}: {', '.join(parts)}"


def _each(words: Iterable[str]) -> list[str]:
    return sorted(set(words))


def _numbers(candidate: str, readings: list[Reading]) -> list[str]:
    results = [result for r in readings for result in r.results if result.candidate == candidate]
    votes = _each(f"{result.votes}" for result in results if result.votes is not None)
    shares = _each(f"{_SIGNS[r.qualifier]}{r.share:g}%" for r in results if r.share is not None)
    return votes + shares


def _lead(reading: Reading) -> str:
    """A lead with its size; one without a size goes without saying where the numbers show it."""
    lead = reading.lead
    if lead is None or (lead.votes is None and lead.points is None):
        return ""
    size = f"{lead.votes}" if lead.votes is not None else f"{lead.points} pt"
    return f"lead {lead.candidate} {_SIGNS[lead.qualifier]}{size}"


# Whose act it is goes without saying where only a board can act; whom it is about, where it is the actor.
_BY_SOMEBODY = (ClaimKind.CONCESSION, ClaimKind.VICTORY_CLAIM, ClaimKind.REFUSAL, ClaimKind.CONGRATULATION)
_ABOUT_SOMEBODY = (ClaimKind.CONGRATULATION, ClaimKind.CALLED, ClaimKind.DECLARED, ClaimKind.CERTIFIED)


def _claims(claims: list[Claim]) -> set[str]:
    """Each claim once; a headline that leaves out whom it is about says the same as the story."""
    told = {c.kind for c in claims if c.target}
    return {
        claim_in_words(c) for c in claims if c.target or c.kind not in _ABOUT_SOMEBODY or c.kind not in told
    }


def claim_in_words(claim: Claim) -> str:
    """ "concession yildirim (soft)", "congratulation Erdoğan > imamoglu", "annulled"."""
    words: list[str] = [claim.kind]
    if claim.kind in _BY_SOMEBODY:
        words.append((claim.actor or "nobody").split()[-1])
    if claim.kind in _ABOUT_SOMEBODY:
        words.append(f"> {claim.target or 'nobody'}")
    if claim.strength is Strength.SOFT:
        words.append("(soft)")
    return " ".join([*words, "(history)"] if claim.history else words)
