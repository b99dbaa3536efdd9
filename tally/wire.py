"""Events, standings and health as plain JSON-able dicts, stable from release to release.

An event's form begins with the documented fields of ``replay --json`` (at,
race, kind, from, to, tier, origin, key); everything else comes after them.
Times are UTC with a Z, so that text order is time order.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tally.capture import Outcome
from tally.event import Event, EventKind, Level, Tier
from tally.health import SourceHealth
from tally.race import Race
from tally.standing import Phase, Standing
from tally.wire_parts import (
    claim_from_wire,
    claim_to_wire,
    count_from_wire,
    count_to_wire,
    quarantined_from_wire,
    quarantined_to_wire,
    said_from_wire,
    said_to_wire,
)
from tally.wire_words import (
    headline_from_wire,
    headline_to_wire,
    proof_from_wire,
    proof_to_wire,
    stamp,
    unstamp,
    unstamp_or_none,
)

Wire = dict[str, Any]


def event_to_wire(event: Event) -> Wire:
    """One event as one JSON object; the documented fields first, in their order."""
    return {
        "at": stamp(event.at),
        "race": event.race,
        "kind": event.kind.value,
        "from": event.before,
        "to": event.after,
        "tier": event.tier.value,
        "origin": event.origin,
        "key": event.key,
        "candidate": event.candidate,
        "level": event.level.value,
        "audience": event.kind.audience.value,
        "updates": event.updates,
        "corrects": event.corrects,
        "headline": None if event.headline is None else headline_to_wire(event.headline),
        "others": [headline_to_wire(other) for other in event.others],
        "proofs": [proof_to_wire(proof) for proof in event.proofs],
        "details": dict(event.details),
    }


def event_from_wire(data: Mapping[str, Any]) -> Event:
    """The event of :func:`event_to_wire`. KeyError or ValueError where it is none."""
    headline = data.get("headline")
    return Event(
        key=data["key"],
        kind=EventKind(data["kind"]),
        race=data["race"],
        at=unstamp(data["at"]),
        tier=Tier(data["tier"]),
        level=Level(data["level"]),
        origin=data["origin"],
        proofs=tuple(proof_from_wire(proof) for proof in data["proofs"]),
        before=data.get("from"),
        after=data.get("to"),
        candidate=data.get("candidate"),
        headline=None if headline is None else headline_from_wire(headline),
        others=tuple(headline_from_wire(other) for other in data.get("others", ())),
        updates=data.get("updates"),
        corrects=data.get("corrects"),
        details=dict(data.get("details", {})),
    )


def standing_to_wire(standing: Standing) -> Wire:
    """A standing without its race, whose id alone is kept: the race is the operator's file."""
    headline = standing.headline
    return {
        "race": standing.race.id,
        "phase": standing.phase.value,
        "phase_since": stamp(standing.phase_since),
        "headline": None if headline is None else headline.origin,
        "origins": [count_to_wire(count) for count in standing.origins.values()],
        "statuses": [said_to_wire(said) for said in standing.statuses],
        "quarantine": [quarantined_to_wire(item) for item in standing.quarantine],
        "waiting": [claim_to_wire(item) for item in standing.waiting],
        "notes": dict(standing.notes),
    }


def standing_from_wire(race: Race, data: Mapping[str, Any]) -> Standing:
    """The standing of :func:`standing_to_wire`, for the race as it is configured now."""
    origins = {count.origin: count for count in map(count_from_wire, data["origins"])}
    told_by = data["headline"]
    return Standing(
        race=race,
        headline=None if told_by is None else origins[told_by].headline,
        origins=origins,
        statuses=tuple(map(said_from_wire, data["statuses"])),
        phase=Phase(data["phase"]),
        phase_since=unstamp_or_none(data.get("phase_since")),
        quarantine=tuple(map(quarantined_from_wire, data["quarantine"])),
        waiting=tuple(map(claim_from_wire, data["waiting"])),
        notes=dict(data["notes"]),
    )


_HEALTH_TIMES = ("last_poll", "last_good", "last_read", "last_new", "failing_since", "lost_at")
_HEALTH_PLAIN = ("readable", "failures", "polls", "reason", "lost", "losses", "reads", "silent", "flaps")


def health_to_wire(health: SourceHealth) -> Wire:
    """A source's health."""
    wire: Wire = {
        "outcome": None if health.outcome is None else health.outcome.value,
        "page": None if health.page is None else health.page.value,
    }
    wire |= {name: stamp(getattr(health, name)) for name in _HEALTH_TIMES}
    wire |= {name: getattr(health, name) for name in _HEALTH_PLAIN}
    return wire


def health_from_wire(data: Mapping[str, Any]) -> SourceHealth:
    """The health of :func:`health_to_wire`; fields that it did not have yet keep their defaults."""
    fields: Wire = {name: unstamp_or_none(data.get(name)) for name in _HEALTH_TIMES}
    fields |= {name: data[name] for name in _HEALTH_PLAIN if name in data}
    fields |= {name: Outcome(data[name]) for name in ("outcome", "page") if data.get(name) is not None}
    return replace(SourceHealth.start(), **fields)
