"""Readings and claims as the short lines that stand in the expectation files."""

from scrapers.parser import Page
from tally.claim import Claim, ClaimKind, Strength
from tally.reading import Counted, Qualifier, Reading, Result, Status

_SIGNS = {Qualifier.EXACT: "", Qualifier.ABOUT: "~", Qualifier.AT_LEAST: ">=", Qualifier.AT_MOST: "<="}


def in_words(page: Page, post: str | None = None) -> set[str]:
    """What a page tells (of one post where one is given), each thing once."""
    readings = {reading_in_words(r) for r in page.readings if _is_of(r.post, post)}
    return readings | {claim_in_words(c) for c in page.claims if _is_of(c.post, post)}


def _is_of(identity: str | None, post: str | None) -> bool:
    return post is None or (identity or "").endswith(f"#{post}")


def reading_in_words(reading: Reading) -> str:
    """ "anadolu: imamoglu 48.41%, yildirim 48.99%, counted 96.38"."""
    parts = sorted(_result(result) for result in reading.results)
    if reading.counted is not None:
        parts.append(f"counted {_counted(reading.counted)}")
    if reading.lead is not None:
        told = reading.lead.votes if reading.lead.votes is not None else f"{reading.lead.points} points"
        parts.append(f"lead {reading.lead.candidate} {_SIGNS[reading.lead.qualifier]}{told}")
    if reading.turnout is not None:
        parts.append(f"turnout {reading.turnout:g}")
    if reading.status is not Status.UNOFFICIAL:
        parts.append(reading.status)
    return f"{reading.origin}: {', '.join(parts)}"


def _result(result: Result) -> str:
    votes = f" {result.votes}" if result.votes is not None else ""
    share = f" {_SIGNS[result.qualifier]}{result.share:g}%" if result.share is not None else ""
    return f"{result.candidate}{votes}{share}"


def _counted(counted: Counted) -> str:
    return f"{_SIGNS[counted.qualifier]}{counted.pct:g}"


# Whose act it is goes without saying where only a board can act; whom it is about, where it is the actor.
_BY_A_CANDIDATE = (ClaimKind.CONCESSION, ClaimKind.VICTORY_CLAIM, ClaimKind.REFUSAL)
_ABOUT_SOMEBODY = (ClaimKind.CONGRATULATION, ClaimKind.CALLED, ClaimKind.DECLARED, ClaimKind.CERTIFIED)


def claim_in_words(claim: Claim) -> str:
    """ "concession yildirim (soft)", "congratulation Recep Tayyip Erdoğan > imamoglu", "annulled"."""
    words: list[str] = [claim.kind]
    if claim.kind in _BY_A_CANDIDATE or claim.kind is ClaimKind.CONGRATULATION:
        words.append(claim.actor or "nobody")
    if claim.kind in _ABOUT_SOMEBODY:
        words.append(f"> {claim.target or 'nobody'}")
    if claim.strength is Strength.SOFT:
        words.append("(soft)")
    return " ".join([*words, "(history)"] if claim.history else words)
