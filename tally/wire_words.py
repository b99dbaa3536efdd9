"""The small parts of the wire: times, evidence, proofs, results and headlines."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, overload

from tally.event import Headline, Proof
from tally.evidence import Evidence
from tally.reading import Counted, Lead, Qualifier, Result

Wire = dict[str, Any]


@overload
def stamp(moment: datetime) -> str: ...
@overload
def stamp(moment: None) -> None: ...
def stamp(moment: datetime | None) -> str | None:
    """A moment as ISO 8601 in UTC with a Z, to the second unless there is a fraction."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def unstamp(text: str) -> datetime:
    """The moment of :func:`stamp`, aware, in UTC. ValueError where it is none."""
    return datetime.fromisoformat(text).astimezone(UTC)


def unstamp_or_none(text: str | None) -> datetime | None:
    """The same for a moment that may be missing."""
    return None if text is None else unstamp(text)


def evidence_to_wire(evidence: Evidence) -> Wire:
    """Quote, place and rule."""
    return {"quote": evidence.quote, "where": evidence.where, "rule": evidence.rule}


def evidence_from_wire(data: Mapping[str, Any]) -> Evidence:
    """The evidence of :func:`evidence_to_wire`."""
    return Evidence(data["quote"], data.get("where", ""), data.get("rule", ""))


def proof_to_wire(proof: Proof) -> Wire:
    """A proof, its evidence flat beside whose word it is."""
    about = {"origin": proof.origin, "as_of": stamp(proof.as_of), "source": proof.source, "url": proof.url}
    return about | evidence_to_wire(proof.evidence)


def proof_from_wire(data: Mapping[str, Any]) -> Proof:
    """The proof of :func:`proof_to_wire`."""
    evidence = evidence_from_wire(data)
    return Proof(data["origin"], unstamp(data["as_of"]), evidence, data.get("source"), data.get("url"))


def result_to_wire(result: Result) -> Wire:
    """One candidate's line."""
    return {
        "candidate": result.candidate,
        "votes": result.votes,
        "share": result.share,
        "qualifier": result.qualifier.value,
        "seats": result.seats,
    }


def result_from_wire(data: Mapping[str, Any]) -> Result:
    """The line of :func:`result_to_wire`."""
    qualifier = Qualifier(data.get("qualifier", "exact"))
    return Result(data["candidate"], data["votes"], data["share"], qualifier, data.get("seats"))


def counted_to_wire(counted: Counted | None) -> Wire | None:
    """How much is counted."""
    if counted is None:
        return None
    return {"pct": counted.pct, "qualifier": counted.qualifier.value, "basis": counted.basis}


def counted_from_wire(data: Mapping[str, Any] | None) -> Counted | None:
    """The share of :func:`counted_to_wire`."""
    if data is None:
        return None
    return Counted(data["pct"], Qualifier(data.get("qualifier", "exact")), data.get("basis"))


def lead_to_wire(lead: Lead | None) -> Wire | None:
    """A lead told as such."""
    if lead is None:
        return None
    return {
        "candidate": lead.candidate,
        "votes": lead.votes,
        "points": lead.points,
        "qualifier": lead.qualifier.value,
    }


def lead_from_wire(data: Mapping[str, Any] | None) -> Lead | None:
    """The lead of :func:`lead_to_wire`."""
    if data is None:
        return None
    return Lead(data["candidate"], data["votes"], data["points"], Qualifier(data.get("qualifier", "exact")))


def headline_to_wire(headline: Headline) -> Wire:
    """The numbers of a race at one moment."""
    return {
        "origin": headline.origin,
        "as_of": stamp(headline.as_of),
        "leader": headline.leader,
        "margin_votes": headline.margin_votes,
        "margin_points": headline.margin_points,
        "counted": counted_to_wire(headline.counted),
        "turnout": headline.turnout,
        "source": headline.source,
        "url": headline.url,
        "results": [result_to_wire(result) for result in headline.results],
    }


def headline_from_wire(data: Mapping[str, Any]) -> Headline:
    """The headline of :func:`headline_to_wire`."""
    return Headline(
        origin=data["origin"],
        as_of=unstamp(data["as_of"]),
        results=tuple(map(result_from_wire, data["results"])),
        leader=data["leader"],
        margin_votes=data.get("margin_votes"),
        margin_points=data.get("margin_points"),
        counted=counted_from_wire(data.get("counted")),
        turnout=data.get("turnout"),
        source=data.get("source"),
        url=data.get("url"),
    )
