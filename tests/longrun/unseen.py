"""Counts that nobody recorded against their truth: ``python -m tests.longrun.unseen [COUNTS]``.

The counts are made (``counts.py``), their truth is the plain definition (``naive.py``). Each goes through
once as it is, and once with each fault that feeds have put between its snapshots (``faulted.py``). What must
hold: nothing false of a sound count, 99 in 100 told at the snapshot that shows them, and next to nothing
false or lost by a fault.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from random import Random

from nights.backtest import Backtest, compare
from nights.series import Snapshot
from tally.event import EventKind
from tests.longrun.counts import count
from tests.longrun.faulted import FAULTS, faulted
from tests.longrun.naive import truth_of


def judged(snapshots: Sequence[Snapshot], fault: str | None, seed: int) -> Backtest:
    """What is told of a count, or of one with a fault in it, against the truth of the sound count."""
    served = snapshots
    if fault is not None:
        served = list(faulted(snapshots, fault, instead=False, random=Random(seed)))  # noqa: S311 - no secret
    return compare(served, truth_of(snapshots))


def figures(counts: int, fault: str | None = None) -> Counter[str]:
    """Snapshots, changes and ties found, told late, missed and false over so many counts."""
    total: Counter[str] = Counter()
    for seed in range(counts):
        result = judged(count(seed), fault, seed)
        false = [event for event in result.false if event.kind is not EventKind.FIRST_RESULTS]
        total["snapshots"] += result.snapshots
        total["found"] += sum(result.found.values())
        total["late"] += sum(result.late.values())
        total["missed"] += len(result.missed)
        total["false"] += len(false)
    return total


def main(counts: int = 1000) -> int:
    """Print the figures; 1 where a sound count was told falsely or less than 99 in 100 at once."""
    sound = figures(counts)
    print(f"sound: {dict(sound)}")
    for fault in FAULTS:
        print(f"{fault}: {dict(figures(counts, fault))}")
    at_once = (sound["found"] - sound["late"]) / (sound["found"] + sound["missed"])
    print(f"{at_once:.2%} told at the snapshot that shows it")
    return int(bool(sound["false"]) or at_once < 0.99)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
