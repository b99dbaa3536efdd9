"""Readings and claims as JSON: the form of ``read --json``, and the items of a crawl by hand.

The documented fields come first and keep their names; further ones follow.
"""

from collections.abc import Iterator
from typing import Any

from scrapers.parser.page import Page
from tally.claim import Claim
from tally.reading import Counted, Lead, Reading, Result

Json = dict[str, Any]


def page_to_json(page: Page, url: str, race: str | None) -> Json:
    """One page as one object: ``url``, ``race``, ``readings``, ``claims``, and what else is known of it."""
    return {
        "url": url,
        "race": race,
        "readings": [reading_to_json(reading) for reading in page.readings],
        "claims": [claim_to_json(claim) for claim in page.claims],
        "outcome": str(page.outcome),
        "reason": page.reason,
        "title": page.title,
        "published": page.published.isoformat() if page.published else None,
        "links": list(page.links),
    }


def items(page: Page, url: str, race: str | None) -> Iterator[Json]:
    """One item for each reading and each claim, with ``type``, ``url`` and ``race`` in front."""
    for reading in page.readings:
        yield {"type": "reading", "url": url, "race": race, **reading_to_json(reading)}
    for claim in page.claims:
        yield {"type": "claim", "url": url, "race": race, **claim_to_json(claim)}


def reading_to_json(reading: Reading) -> Json:
    """A reading; numbers that the page does not give are null."""
    return {
        "origin": reading.origin,
        "as_of": reading.as_of.isoformat(),
        "counted": _counted(reading.counted) if reading.counted else None,
        "status": str(reading.status),
        "results": [_result(result) for result in reading.results],
        "lead": _lead(reading.lead) if reading.lead else None,
        "evidence": reading.evidence.quote,
        "where": reading.evidence.where,
        "rule": reading.evidence.rule,
        "stamped": reading.stamped,
        "turnout": reading.turnout,
        "votes_cast": reading.votes_cast,
        "electorate": reading.electorate,
        "votes_left": reading.votes_left,
        "round": reading.round,
        "post": reading.post,
    }


def claim_to_json(claim: Claim) -> Json:
    """A claim; ``history`` marks one of an earlier vote told again."""
    return {
        "kind": str(claim.kind),
        "actor": claim.actor,
        "target": claim.target,
        "speaker": claim.speaker,
        "strength": str(claim.strength),
        "evidence": claim.evidence.quote,
        "where": claim.evidence.where,
        "rule": claim.evidence.rule,
        "origin": claim.origin,
        "as_of": claim.as_of.isoformat(),
        "stamped": claim.stamped,
        "history": claim.history,
        "post": claim.post,
    }


def _counted(counted: Counted) -> Json:
    return {"pct": counted.pct, "qualifier": str(counted.qualifier), "basis": counted.basis}


def _result(result: Result) -> Json:
    return {
        "candidate": result.candidate,
        "share": result.share,
        "votes": result.votes,
        "qualifier": str(result.qualifier),
    }


def _lead(lead: Lead) -> Json:
    return {
        "candidate": lead.candidate,
        "votes": lead.votes,
        "points": lead.points,
        "qualifier": str(lead.qualifier),
    }
