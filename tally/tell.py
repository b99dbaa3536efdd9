"""A standing in lines, for the operator's terminal. Alerts are worded elsewhere."""

from collections.abc import Iterator

from tally.aggregate import told_totals
from tally.event import Event, Headline
from tally.race import Race
from tally.standing import Standing


def standing_lines(standing: Standing) -> Iterator[str]:
    """What is believed about a race, origin by origin and status by status."""
    race = standing.race
    yield f"{race.title} ({race.id}) · {standing.phase}"
    if standing.headline is None and not race.adds_up:
        yield "  nothing counted yet"
    for count in standing.origins.values():
        told = "▸" if standing.headline and count.origin == standing.headline.origin else " "
        yield f" {told} {headline_line(count.headline, race)}"
    for desk, totals in told_totals(standing).items():
        numbers = "  ".join(f"{name_of(race, group)} {number}" for group, number in totals.most_common())
        yield f"   {desk}: {numbers}  (of {sum(race.adds_up.values())}, {race.majority} decide)"
    for said in standing.statuses:
        who = name_of(race, said.candidate or said.by)
        taken_back = ", withdrawn" if said.withdrawn else ""
        yield f"   {said.status}: {who} ({', '.join(said.origins)}, {said.told_at:%H:%M}Z{taken_back})"
    for doubtful in standing.quarantine:
        yield f"   quarantined {doubtful.id}: {doubtful.why}"


def headline_line(headline: Headline, race: Race) -> str:
    """One origin's count in a line."""
    numbers = "  ".join(
        f"{name_of(race, r.candidate)} {number_of(r.share, r.votes)}" for r in headline.results[:3]
    )
    counted = f"  {headline.counted.pct:g} % counted" if headline.counted else ""
    told = numbers or _lead(headline, race)
    return f"{headline.origin}: {told}{counted}  ({headline.as_of:%Y-%m-%d %H:%M}Z)"


def _lead(headline: Headline, race: Race) -> str:
    """What is known of a count that tells no candidate's numbers, only who leads and by how much."""
    by = ""
    if headline.margin_votes is not None:
        by = f" by {headline.margin_votes:,} votes"
    elif headline.margin_points is not None:
        by = f" by {headline.margin_points:g} points"
    return f"{name_of(race, headline.leader)} leads{by}" if headline.leader else "no numbers"


def event_line(event: Event, race: Race) -> str:
    """One event with whose word it is and where that stands."""
    change = " → ".join(name_of(race, part) for part in (event.before, event.after) if part)
    url = next((proof.url for proof in event.proofs if proof.url), None)
    return "  ".join(
        part for part in (str(event.kind), change, f"[{event.origin}, {event.tier}]", url) if part
    )


def name_of(race: Race, actor: str | None) -> str:
    """A candidate's name, or that of anybody else as it was written."""
    candidate = race.candidate(actor) if actor else None
    return candidate.name if candidate else actor or "–"


def number_of(share: float | None, votes: int | None) -> str:
    """A share and votes, as far as they are known."""
    parts = [f"{share:g} %" if share is not None else "", f"{votes:,}" if votes is not None else ""]
    return " ".join(part for part in parts if part)
