"""Many races as one: seats or electors won, by desk, and the line that means a majority.

A desk's total counts only what that desk has called; the official one what
boards have declared. Leads are counted apart and never added to calls.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tally.claim import ClaimKind
from tally.event import Event, EventKind, Level, Tier
from tally.race import Race
from tally.standing import Said, Standing

# The desk under whose name official declarations are added up.
OFFICIAL = "official"
_DECLARED = frozenset({ClaimKind.DECLARED, ClaimKind.CERTIFIED})


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Races that decide something together.

    ``weights``: how many seats or electors each race is worth, by race id.
    ``line``: how many are a majority. ``groups``: which group a candidate's
    win counts for, by race id and candidate id; the candidate's party, then
    the candidate, where it is not said.
    """

    id: str
    title: str
    weights: Mapping[str, int]
    line: int
    groups: Mapping[tuple[str, str], str] = field(default_factory=dict)


def won(aggregate: Aggregate, standings: Iterable[Standing]) -> dict[str, Counter[str]]:
    """What each desk has called, by group, in seats or electors."""
    totals: dict[str, Counter[str]] = {}
    for standing in standings:
        weight = aggregate.weights.get(standing.race.id, 0)
        for desk, said in _calls(standing):
            group = _group(aggregate, standing.race, said.candidate)
            if weight and group is not None:
                totals.setdefault(desk, Counter())[group] += weight
    return totals


def leading(aggregate: Aggregate, standings: Iterable[Standing]) -> Counter[str]:
    """Where each group is ahead in the votes counted so far, in seats or electors."""
    totals: Counter[str] = Counter()
    for standing in standings:
        leader = None if standing.headline is None else standing.headline.leader
        group = _group(aggregate, standing.race, leader)
        if group is not None:
            totals[group] += aggregate.weights.get(standing.race.id, 0)
    return totals


def crossed(
    aggregate: Aggregate, standings: Mapping[str, Standing], after: Standing, now: datetime
) -> tuple[Event, ...]:
    """The news when one race's standing becomes ``after``: a desk's total crosses the line, up or down.

    ``standings`` are all races' before, by race id.
    """
    old = won(aggregate, standings.values())
    new = won(aggregate, {**standings, after.race.id: after}.values())
    return tuple(_crossings(aggregate, old, new, after, now))


def _crossings(
    aggregate: Aggregate,
    old: Mapping[str, Counter[str]],
    new: Mapping[str, Counter[str]],
    after: Standing,
    now: datetime,
) -> Iterator[Event]:
    nothing: Counter[str] = Counter()
    for desk in sorted({*old, *new}):
        before, totals = old.get(desk, nothing), new.get(desk, nothing)
        for group in sorted({*before, *totals}):
            if (before[group] >= aggregate.line) != (totals[group] >= aggregate.line):
                cause = _latest(after, desk)
                yield _event(aggregate, desk, group, (before[group], totals[group]), cause, now)


def _event(
    aggregate: Aggregate, desk: str, group: str, totals: tuple[int, int], cause: Said, now: datetime
) -> Event:
    before, after = totals
    over = after >= aggregate.line
    kind = EventKind.LINE_CHANGE
    return Event(
        key=f"{aggregate.id}/{kind.value}/{desk}/{group}/{'above' if over else 'below'}/{cause.key}",
        kind=kind,
        race=aggregate.id,
        at=now,
        tier=Tier.CONFIRMED if desk == OFFICIAL else Tier.FLASH,
        level=Level.URGENT,
        origin=cause.origins[0],
        proofs=(cause.proof,),
        before="below" if over else "above",
        after="above" if over else "below",
        candidate=group,
        details={"desk": desk, "before": before, "total": after, "line": aggregate.line},
    )


def _desk(said: Said) -> str | None:
    """The desk whose total a status moves."""
    if said.kind is ClaimKind.CALLED:
        return said.by
    return OFFICIAL if said.kind in _DECLARED else None


def _calls(standing: Standing) -> Iterator[tuple[str, Said]]:
    """Each desk's present call of a race; a declaration and its certification count once."""
    official: Said | None = None
    for said in standing.statuses:
        if said.withdrawn is not None or said.candidate is None or said.status == "projected":
            continue
        desk = _desk(said)
        if desk == OFFICIAL:
            official = said
        elif desk is not None:
            yield desk, said
    if official is not None:
        yield OFFICIAL, official


def _latest(standing: Standing, desk: str) -> Said:
    """The call, or the withdrawn one, by which this desk's total moved."""
    mine = [said for said in standing.statuses if _desk(said) == desk]
    return max(mine, key=lambda said: said.withdrawn or said.since)


def _group(aggregate: Aggregate, race: Race, candidate: str | None) -> str | None:
    if candidate is None:
        return None
    known = race.candidate(candidate)
    party = None if known is None else known.party
    return aggregate.groups.get((race.id, candidate)) or party or candidate
