"""Recorded counts with faults in them, against their truth: ``python -m tests.longrun.faulted FOLDER``.

Feeds fail in a few ways, over and over: a snapshot of zeros, one candidate's zero, an earlier state out of
a cache (``stale``; ``cache`` where the page around it says how far the count is now), a digit too many, a
reset to a part of the count, two numbers at each other's names. Each is put between real snapshots
(``between``) or in the place of one (``instead``). None may make news of a lead.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random

from nights.backtest import compare, read_anomalies, read_truth
from nights.series import Snapshot, read_series
from tally.event import EventKind
from tally.reading import Counted, Result

Lines = tuple[Result, ...]


def _times(result: Result, factor: float) -> Result:
    votes = None if result.votes is None else int(result.votes * factor)
    return replace(result, votes=votes, share=None if votes is not None else result.share)


def zeros(past: Sequence[Lines], _: Random) -> Lines:
    """Everything is zero."""
    return tuple(Result(r.candidate, r.votes and 0, r.share and 0.0) for r in past[-1])


def zeroed(past: Sequence[Lines], _: Random) -> Lines:
    """The leader has nothing."""
    first = max(past[-1], key=_rank).candidate
    return tuple(Result(r.candidate, 0, 0.0) if r.candidate == first else r for r in past[-1])


def cache(past: Sequence[Lines], random: Random) -> Lines:
    """An earlier state."""
    return past[-min(len(past), random.randint(2, 12))]


def stale(past: Sequence[Lines], random: Random) -> Lines:
    """An earlier state, and how far the count was then."""
    return cache(past, random)


def typo(past: Sequence[Lines], random: Random) -> Lines:
    """One candidate has a digit too many."""
    who = random.choice(past[-1]).candidate
    return tuple(_times(r, 10.0) if r.candidate == who else r for r in past[-1])


def reset(past: Sequence[Lines], random: Random) -> Lines:
    """A part of each total, as a system that loads anew shows it."""
    part = random.choice((0.02, 0.05, 0.3, 0.7))
    return tuple(_times(r, part * random.uniform(0.8, 1.2)) for r in past[-1])


def swapped(past: Sequence[Lines], _: Random) -> Lines:
    """The first two at each other's numbers."""
    best = sorted(past[-1], key=_rank, reverse=True)[:2]
    if len(best) < 2:
        return past[-1]
    other = {best[0].candidate: best[1], best[1].candidate: best[0]}
    return tuple(replace(other.get(r.candidate, r), candidate=r.candidate) for r in past[-1])


FAULTS: dict[str, Callable[[Sequence[Lines], Random], Lines]] = {
    fault.__name__: fault for fault in (zeros, zeroed, stale, cache, typo, reset, swapped)
}


def _rank(result: Result) -> tuple[int, float]:
    return result.votes or 0, result.share or 0.0


def faulted(snapshots: Sequence[Snapshot], fault: str, instead: bool, random: Random) -> Iterator[Snapshot]:
    """The snapshots of a series, one in twenty with a fault after it, or in its place; never two on end."""
    past: dict[str, list[Lines]] = {}
    sound: dict[str, int] = {}
    pcts: dict[int, Counted | None] = {}
    following = {id(a): b for a, b in _pairs(snapshots)}
    for snapshot in snapshots:
        known = past.setdefault(snapshot.race.id, [])
        known.append(snapshot.reading.results)
        pcts[id(snapshot.reading.results)] = snapshot.reading.counted
        hit = sound.get(snapshot.race.id, 0) > 1 and random.random() < 0.05
        sound[snapshot.race.id] = 0 if hit else sound.get(snapshot.race.id, 0) + 1
        if not (hit and instead):
            yield snapshot
        after = following.get(id(snapshot))
        if hit and after is not None:
            results = FAULTS[fault](known, random)
            reading = replace(snapshot.reading, results=results)
            if fault == "stale":
                reading = replace(reading, counted=pcts[id(results)])
            if not instead:
                half = (after.reading.as_of - snapshot.reading.as_of) / 2
                reading = replace(reading, as_of=snapshot.reading.as_of + half)
            yield replace(snapshot, reading=reading)
        elif hit and instead:
            yield snapshot


def _pairs(snapshots: Sequence[Snapshot]) -> Iterator[tuple[Snapshot, Snapshot]]:
    last: dict[str, Snapshot] = {}
    for snapshot in snapshots:
        if (before := last.get(snapshot.race.id)) is not None:
            yield before, snapshot
        last[snapshot.race.id] = snapshot


def main(folder: Path, seeds: int = 1) -> int:
    """Put every fault into every series; how many false changes of the lead came of it."""
    total = 0
    for truth in sorted(folder.glob("*.truth.csv")):
        if ".top2." in truth.name:
            continue
        name = truth.name.split(".")[0]
        snapshots = list(read_series(truth.with_name(f"{name}.csv")))
        odd, wanted = read_anomalies(truth.with_name(f"{name}.anomalies.csv")), read_truth(truth)
        for fault, instead, seed in product(FAULTS, (False, True), range(seeds)):
            put_in = faulted(snapshots, fault, instead, Random(seed))  # noqa: S311 - faults, no secrets
            result = compare(put_in, wanted, odd)
            false = [event for event in result.false if event.kind is not EventKind.FIRST_RESULTS]
            total += len(false)
            if false or (result.missed and not instead):
                how = "instead" if instead else "between"
                print(f"{name}: {fault} {how}, {seed}: {len(false)} false, {len(result.missed)} missed")
                for line in list(result.lines())[-len(false) :]:
                    print(f"   {line}")
    print(f"{total} false changes of the lead or ties")
    return total


if __name__ == "__main__":
    sys.exit(min(main(Path(sys.argv[1]), *map(int, sys.argv[2:3])), 1))
