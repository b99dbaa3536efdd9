"""Readings and claims as the short lines that stand in the expectation files."""

from scrapers.parser import Page
from tally.claim import Claim, Strength
from tally.race import Race
from tally.reading import Counted, Qualifier, Reading, Result, Status

_SIGNS = {Qualifier.EXACT: "", Qualifier.ABOUT: "~", Qualifier.AT_LEAST: ">=", Qualifier.AT_MOST: "<="}


def in_words(page: Page, race: Race, post: str | None = None) -> set[str]:
    """What a page tells (of one post where one is given), each thing once."""
    readings = {reading_in_words(r) for r in page.readings if _is_of(r.post, post)}
    return readings | {claim_in_words(c, race) for c in page.claims if _is_of(c.post, post)}


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


def claim_in_words(claim: Claim, race: Race) -> str:
    """ "concession yildirim > imamoglu (soft)"; a board or a party is called by its id where it has one."""
    words = [claim.kind, _called(claim.actor, race), f"> {claim.target}" if claim.target else ""]
    marks = ["(soft)" if claim.strength is Strength.SOFT else "", "(history)" if claim.history else ""]
    return " ".join(word for word in (*words, *marks) if word)


def _called(actor: str | None, race: Race) -> str:
    for origin in race.origins:
        if actor in (origin.id, origin.name, *origin.aliases):
            return origin.id
    return actor or ""
