"""Many races as one: seats or electors won, by desk, and the line that means a majority.

A race that adds up others has their weights and the line; its candidates are
the groups for which they are won. A desk's total counts only what that desk
has called; the official one what boards have declared. Leads are counted apart
and never added to calls, and neither are projections.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from tally.claim import ClaimKind
from tally.event import Event, EventKind, Level, Tier
from tally.race import Race
from tally.standing import Note, Phase, Said, Standing

# The desk under whose name official declarations are added up.
OFFICIAL = "official"
_DECLARED = frozenset({ClaimKind.DECLARED, ClaimKind.CERTIFIED})
# A total is a note of the standing: the desk, and the group, whose name may hold a slash.
_NOTE, _BESIDE, _NUMBER = "aggregate.", "|", "aggregate_number"
Totals = Mapping[str, Counter[str]]


def won(race: Race, members: Iterable[Standing]) -> dict[str, Counter[str]]:
    """What each desk has called, by group, in seats or electors."""
    totals: dict[str, Counter[str]] = {}
    for standing in members:
        weight = race.adds_up.get(standing.race.id, 0)
        for desk, said in _calls(standing):
            group = _group(race, standing.race, said.candidate)
            if weight and group is not None:
                totals.setdefault(desk, Counter())[group] += weight
    return totals


def leading(race: Race, members: Iterable[Standing]) -> Counter[str]:
    """Where each group is ahead in the votes counted so far, in seats or electors."""
    totals: Counter[str] = Counter()
    for standing in members:
        leader = None if standing.headline is None else standing.headline.leader
        group = _group(race, standing.race, leader)
        if group is not None:
            totals[group] += race.adds_up.get(standing.race.id, 0)
    return totals


def add_up(
    standing: Standing, members: Sequence[Standing], now: datetime
) -> tuple[Standing, tuple[Event, ...]]:
    """The standing of a race that adds up others, and the news: a desk's total crossed the line, up or down.

    Pure, and it may be asked as often as one likes: what it told it keeps in
    the notes. Where no total moved the very same standing comes back.
    """
    race, old = standing.race, told_totals(standing)
    new = won(race, members)
    if old == new or race.majority is None:
        return standing, ()
    notes: dict[str, Note] = {name: value for name, value in standing.notes.items() if _desk_of(name) is None}
    events = tuple(_crossings(race, old, new, members, notes, now))
    for desk, totals in new.items():
        notes |= {f"{_NOTE}{desk}{_BESIDE}{group}": number for group, number in totals.items()}
    return replace(standing, notes=notes), events


def told_totals(standing: Standing) -> dict[str, Counter[str]]:
    """The totals by desk as they were last added up."""
    totals: dict[str, Counter[str]] = {}
    for name, value in standing.notes.items():
        desk = _desk_of(name)
        if desk is not None and isinstance(value, int):
            totals.setdefault(desk, Counter())[name.rpartition(_BESIDE)[2]] = value
    return totals


def _desk_of(note: str) -> str | None:
    return note.removeprefix(_NOTE).rpartition(_BESIDE)[0] if note.startswith(_NOTE) else None


def _crossings(
    race: Race, old: Totals, new: Totals, members: Sequence[Standing], notes: dict[str, Note], now: datetime
) -> Iterator[Event]:
    line = race.majority or 0
    for desk in sorted({*old, *new}):
        before, after = old.get(desk, Counter()), new.get(desk, Counter())
        for group in sorted({*before, *after}):
            if (before[group] >= line) != (after[group] >= line):
                known = notes.get(_NUMBER, 0)
                notes[_NUMBER] = (known if isinstance(known, int) else 0) + 1
                moved = (before[group], after[group])
                yield _event(race, (desk, group), moved, _latest(members, desk), now, f"{notes[_NUMBER]}")


def _event(
    race: Race, whose: tuple[str, str], totals: tuple[int, int], cause: Said, now: datetime, number: str
) -> Event:
    (desk, group), (before, after) = whose, totals
    over = after >= (race.majority or 0)
    words = ("below", "above") if over else ("above", "below")
    said = cause.reversal.proof if cause.withdrawn and cause.reversal else cause.proof
    return Event(
        key=f"{race.id}/{EventKind.LINE_CHANGE.value}/{desk}/{group}/{words[1]}/{number}",
        kind=EventKind.LINE_CHANGE,
        race=race.id,
        at=now,
        tier=Tier.CONFIRMED if desk == OFFICIAL else Tier.FLASH,
        level=Level.URGENT,
        origin=said.origin,
        proofs=(said,),
        before=words[0],
        after=words[1],
        candidate=group,
        details={"line": "seats", "desk": desk, "before": before, "total": after, "majority": race.majority},
    )


def _desk(said: Said) -> str | None:
    """The desk whose total a status moves."""
    if said.kind is ClaimKind.CALLED:
        return said.by
    return OFFICIAL if said.kind in _DECLARED else None


def _cause(said: Said) -> str | None:
    return OFFICIAL if said.kind is ClaimKind.ANNULLED else _desk(said)


def _calls(standing: Standing) -> Iterator[tuple[str, Said]]:
    """Each desk's present call; a declaration and its certification count once, unless annulled."""
    official: Said | None = None
    for said in standing.statuses:
        if said.withdrawn is not None or said.candidate is None or said.status == "projected":
            continue
        desk = _desk(said)
        if desk == OFFICIAL:
            official = said
        elif desk is not None:
            yield desk, said
    if official is not None and standing.phase is not Phase.ANNULLED:
        yield OFFICIAL, official


def _latest(members: Iterable[Standing], desk: str) -> Said:
    """The call, or the withdrawn one, by which this desk's total moved last."""
    mine = [said for standing in members for said in standing.statuses if _cause(said) == desk]
    return max(mine, key=lambda said: said.withdrawn or said.since)


def _group(race: Race, member: Race, candidate: str | None) -> str | None:
    """For whom a win counts: the one of the same id, else the one who is called as the winner's party is."""
    if candidate is None:
        return None
    known = member.candidate(candidate)
    party = "" if known is None or known.party is None else known.party.casefold()
    for each in race.candidates:
        names = (each.name, each.party or each.id, each.id, *each.aliases)
        if each.id == candidate or party in map(str.casefold, names):
            return each.id
    return candidate if known is None or known.party is None else known.party
