"""The parts of a standing on the wire: counts, statuses, what is held, waiting or in quarantine."""

from collections.abc import Mapping
from typing import Any

from tally.claim import Claim, ClaimKind, Strength
from tally.race import Rank
from tally.reading import Reading, Status
from tally.standing import Count, Doubt, Mark, Quarantined, Reversal, Said
from tally.wire_words import (
    counted_from_wire,
    counted_to_wire,
    evidence_from_wire,
    evidence_to_wire,
    headline_from_wire,
    headline_to_wire,
    lead_from_wire,
    lead_to_wire,
    proof_from_wire,
    proof_to_wire,
    result_from_wire,
    result_to_wire,
    stamp,
    unstamp,
    unstamp_or_none,
)

Wire = dict[str, Any]

_READING_PLAIN = (
    *("race", "origin", "stamped", "source", "url", "turnout", "votes_cast"),
    *("electorate", "votes_left", "round", "post"),
)
_CLAIM_PLAIN = (
    *("race", "origin", "actor", "target", "speaker", "stamped", "history", "source", "url", "post"),
)
_COUNT_PLAIN = ("origin", "leader", "updates", "pace", "silences")


def reading_to_wire(reading: Reading) -> Wire:
    """A reading with its evidence."""
    return {name: getattr(reading, name) for name in _READING_PLAIN} | {
        "as_of": stamp(reading.as_of),
        "status": reading.status.value,
        "counted": counted_to_wire(reading.counted),
        "lead": lead_to_wire(reading.lead),
        "results": [result_to_wire(result) for result in reading.results],
        "evidence": evidence_to_wire(reading.evidence),
    }


def reading_from_wire(data: Mapping[str, Any]) -> Reading:
    """The reading of :func:`reading_to_wire`."""
    return Reading(
        **{name: data[name] for name in _READING_PLAIN if name in data},
        as_of=unstamp(data["as_of"]),
        status=Status(data["status"]),
        counted=counted_from_wire(data["counted"]),
        lead=lead_from_wire(data["lead"]),
        results=tuple(map(result_from_wire, data["results"])),
        evidence=evidence_from_wire(data["evidence"]),
    )


def claim_to_wire(claim: Claim) -> Wire:
    """A claim with its evidence."""
    return {name: getattr(claim, name) for name in _CLAIM_PLAIN} | {
        "kind": claim.kind.value,
        "as_of": stamp(claim.as_of),
        "strength": claim.strength.value,
        "evidence": evidence_to_wire(claim.evidence),
    }


def claim_from_wire(data: Mapping[str, Any]) -> Claim:
    """The claim of :func:`claim_to_wire`."""
    return Claim(
        **{name: data[name] for name in _CLAIM_PLAIN if name in data},
        kind=ClaimKind(data["kind"]),
        as_of=unstamp(data["as_of"]),
        strength=Strength(data["strength"]),
        evidence=evidence_from_wire(data["evidence"]),
    )


def _mark_to_wire(mark: Mark) -> Wire:
    lines = [[r.candidate, r.votes, r.share, r.qualifier.value, r.seats] for r in mark.results]
    return {"as_of": stamp(mark.as_of), "pct": mark.pct, "results": lines}


def _mark_from_wire(data: Mapping[str, Any]) -> Mark:
    names = ("candidate", "votes", "share", "qualifier", "seats")
    results = tuple(result_from_wire(dict(zip(names, line, strict=True))) for line in data["results"])
    return Mark(unstamp(data["as_of"]), results, data["pct"])


def count_to_wire(count: Count) -> Wire:
    """One origin's count."""
    return {name: getattr(count, name) for name in _COUNT_PLAIN} | {
        "rank": count.rank.name.lower(),
        "level": list(count.level),
        "moved": stamp(count.moved),
        "silent_since": stamp(count.silent_since),
        "quiet_at": stamp(count.quiet_at),
        "reading": reading_to_wire(count.reading),
        "headline": headline_to_wire(count.headline),
        "past": [_mark_to_wire(mark) for mark in count.past],
    }


def count_from_wire(data: Mapping[str, Any]) -> Count:
    """The count of :func:`count_to_wire`."""
    return Count(
        **{name: data[name] for name in _COUNT_PLAIN},
        rank=Rank[data["rank"].upper()],
        level=tuple(data["level"]),
        moved=unstamp(data["moved"]),
        silent_since=unstamp_or_none(data["silent_since"]),
        quiet_at=unstamp_or_none(data["quiet_at"]),
        reading=reading_from_wire(data["reading"]),
        headline=headline_from_wire(data["headline"]),
        past=tuple(map(_mark_from_wire, data["past"])),
    )


def said_to_wire(said: Said) -> Wire:
    """One status."""
    return {
        "kind": said.kind.value,
        "since": stamp(said.since),
        "key": said.key,
        "by": said.by,
        "candidate": said.candidate,
        "strength": said.strength.value,
        "origins": list(said.origins),
        "withdrawn": stamp(said.withdrawn),
        "confirmed": said.confirmed,
        "firm": list(said.firm),
        "reversal": _reversal_to_wire(said.reversal),
        "proof": proof_to_wire(said.proof),
    }


def said_from_wire(data: Mapping[str, Any]) -> Said:
    """The status of :func:`said_to_wire`."""
    return Said(
        kind=ClaimKind(data["kind"]),
        since=unstamp(data["since"]),
        key=data["key"],
        by=data["by"],
        candidate=data["candidate"],
        strength=Strength(data["strength"]),
        origins=tuple(data["origins"]),
        withdrawn=unstamp_or_none(data["withdrawn"]),
        confirmed=data["confirmed"],
        firm=tuple(data.get("firm", data["origins"] if data["strength"] == Strength.FIRM else ())),
        reversal=_reversal_from_wire(data.get("reversal")),
        proof=proof_from_wire(data["proof"]),
    )


def _reversal_to_wire(reversal: Reversal | None) -> Wire | None:
    if reversal is None:
        return None
    return {
        "key": reversal.key,
        "origins": list(reversal.origins),
        "confirmed": reversal.confirmed,
        "proof": proof_to_wire(reversal.proof),
    }


def _reversal_from_wire(data: Mapping[str, Any] | None) -> Reversal | None:
    if data is None:
        return None
    proof = proof_from_wire(data["proof"])
    return Reversal(data["key"], proof, tuple(data["origins"]), data["confirmed"])


def quarantined_to_wire(item: Quarantined) -> Wire:
    """One reading in quarantine."""
    return {
        "id": item.id,
        "doubt": item.doubt.value,
        "why": item.why,
        "since": stamp(item.since),
        "times": item.times,
        "rejected": item.rejected,
        "last": stamp(item.last),
        "reading": reading_to_wire(item.reading),
    }


def quarantined_from_wire(data: Mapping[str, Any]) -> Quarantined:
    """The item of :func:`quarantined_to_wire`."""
    return Quarantined(
        id=data["id"],
        doubt=Doubt(data["doubt"]),
        why=data["why"],
        since=unstamp(data["since"]),
        times=data["times"],
        rejected=data["rejected"],
        last=unstamp_or_none(data["last"]),
        reading=reading_from_wire(data["reading"]),
    )
