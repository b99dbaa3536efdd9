"""Everything that an event rests on: its proofs, what it updates or corrects, and what was read around it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tally.claim import Claim
from tally.event import Event, Proof
from tally.race import Race
from tally.reading import Reading
from tally.tell import event_line, headline_line
from tally.timeline import hour, link, timeline


@dataclass(frozen=True, slots=True)
class Grounds:
    """An event with all that has to do with it.

    ``related`` are the events that it updates or corrects and those that
    update or correct it; ``readings`` and ``claims`` what was read around it.
    """

    event: Event
    related: tuple[Event, ...] = ()
    readings: tuple[Reading, ...] = ()
    claims: tuple[Claim, ...] = ()


def grounds(
    event: Event,
    events: Sequence[Event],
    readings: Iterable[Reading],
    claims: Iterable[Claim],
    around: timedelta,
) -> Grounds:
    """What of a race's night has to do with one of its events; ``around`` is before and after it."""
    named = {event.updates, event.corrects} - {None}
    related = [e for e in events if e.key in named or event.key in (e.updates, e.corrects)]
    moments = [event.at, *(proof.as_of for proof in event.proofs)]
    first, last = min(moments) - around, max(moments) + around
    return Grounds(
        event,
        tuple(related),
        tuple(reading for reading in readings if first <= reading.as_of <= last),
        tuple(claim for claim in claims if first <= claim.as_of <= last),
    )


def because(found: Grounds, race: Race) -> Iterator[str]:
    """It all in lines."""
    event = found.event
    yield f"{hour(event.at, race)}  {event_line(event, race)}"
    yield f"  key {event.key}, {event.level}"
    if event.headline is not None:
        yield f"  the numbers: {headline_line(event.headline, race)}"
    for other in event.others:
        yield f"  beside it: {headline_line(other, race)}"
    yield from _details(event.details)
    for proof in event.proofs:
        yield from _proof(proof, race)
    for each in found.related:
        yield f"{_relation(event, each)}: {hour(each.at, race)}  {event_line(each, race)}  {each.key}"
    if found.readings or found.claims:
        yield "What was read around it:"
        yield from (f"  {line}" for line in timeline(race, found.readings, found.claims))


def _details(details: Mapping[str, object]) -> Iterator[str]:
    known = {name: value for name, value in details.items() if value not in (None, "")}
    if known:
        yield "  " + ", ".join(f"{name} {value}" for name, value in known.items())


def _proof(proof: Proof, race: Race) -> Iterator[str]:
    where = f" ({proof.evidence.where})" if proof.evidence.where else ""
    read_by = f", read by {proof.evidence.rule}" if proof.evidence.rule else ""
    yield f"It rests on {proof.origin}, as of {hour(proof.as_of, race)}{where}{read_by}:"
    yield f"  “{proof.evidence.quote}”"
    address = link(race, proof.url, proof.source)
    if address is not None:
        yield f"  {address}"


def _relation(event: Event, other: Event) -> str:
    if other.key == event.updates:
        return "It confirms"
    if other.key == event.corrects:
        return "It corrects"
    return "Confirmed by" if other.updates == event.key else "Corrected by"
