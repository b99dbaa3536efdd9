"""A standing and its night in lines, for the operator's terminal. Alerts are worded elsewhere."""

from collections.abc import Iterable, Iterator

from tally.event import Event, Headline
from tally.race import Race
from tally.standing import Standing


def standing_lines(standing: Standing, events: Iterable[Event] = ()) -> Iterator[str]:
    """What is believed about a race, origin by origin and status by status, then its events as a timeline."""
    race = standing.race
    yield f"{race.title} ({race.id}) · {standing.phase}"
    if standing.headline is None:
        yield "  nothing counted yet"
    for count in standing.origins.values():
        told = "▸" if standing.headline and count.origin == standing.headline.origin else " "
        yield f" {told} {headline_line(count.headline, race)}"
    for said in standing.statuses:
        who = _name(race, said.candidate or said.by)
        taken_back = ", withdrawn" if said.withdrawn else ""
        yield f"   {said.kind}: {who} ({', '.join(said.origins)}, {said.since:%H:%M}Z{taken_back})"
    for doubtful in standing.quarantine:
        yield f"   quarantined {doubtful.id}: {doubtful.why}"
    for event in events:
        yield f"   {event.at:%Y-%m-%d %H:%M}Z  {event_line(event, race)}"


def headline_line(headline: Headline, race: Race) -> str:
    """One origin's count in a line."""
    numbers = "  ".join(
        f"{_name(race, r.candidate)} {_number(r.share, r.votes)}" for r in headline.results[:3]
    )
    counted = f"  {headline.counted.pct:g} % counted" if headline.counted else ""
    return f"{headline.origin}: {numbers}{counted}  ({headline.as_of:%Y-%m-%d %H:%M}Z)"


def event_line(event: Event, race: Race) -> str:
    """One event with whose word it is and where that stands."""
    change = " → ".join(_name(race, part) for part in (event.before, event.after) if part)
    url = next((proof.url for proof in event.proofs if proof.url), None)
    return "  ".join(
        part for part in (str(event.kind), change, f"[{event.origin}, {event.tier}]", url) if part
    )


def _name(race: Race, actor: str | None) -> str:
    candidate = race.candidate(actor) if actor else None
    return candidate.name if candidate else actor or "–"


def _number(share: float | None, votes: int | None) -> str:
    parts = [f"{share:g} %" if share is not None else "", f"{votes:,}" if votes is not None else ""]
    return " ".join(part for part in parts if part)
