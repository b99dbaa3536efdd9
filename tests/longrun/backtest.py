"""Every recorded count of a folder against its truth: ``python -m tests.longrun.backtest FOLDER``.

``NAME.truth.csv`` holds the changes of the lead, ``NAME.top2.truth.csv`` those of the first two;
``NAME.anomalies.csv``, where there is one, the snapshots at which the data themselves are odd. A series
without a truth is test data: whatever it tells anybody is false.
"""

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from nights.backtest import backtest
from nights.series import SeriesOptions, replay_series
from tally.event import Audience
from tally.race import Method

# Nothing of a test series may be told before its polls close, which no series outlives.
_NEVER = datetime(2100, 1, 1, tzinfo=UTC)


def compare(truth: Path) -> bool:
    """One series; prints what came of it, and whether nothing was missed or false."""
    name = truth.name.split(".")[0]
    series, anomalies = truth.with_name(f"{name}.csv"), truth.with_name(f"{name}.anomalies.csv")
    options = SeriesOptions(method=Method.TOP_N, seats=2) if ".top2." in truth.name else None
    started = process_time()
    result = backtest(series, truth, options, anomalies if anomalies.exists() and options is None else None)
    print(f"== {truth.name}: {result.snapshots:,} snapshots, {process_time() - started:.1f} s of CPU")
    for line in result.lines():
        print(f"   {line}")
    return not (result.missed or result.false)


def silent(series: Path) -> bool:
    """A series of test data; whether it told no follower anything."""
    told = Counter(
        event.kind
        for event in replay_series(series, SeriesOptions(polls_close=_NEVER))
        if event.kind.audience is Audience.FOLLOWERS
    )
    print(f"== {series.name}: test data, {sum(told.values())} alerts {dict(told) or ''}")
    return not told


def main(folder: Path) -> int:
    """Compare them all; the number of series that went wrong."""
    truths = sorted(folder.glob("*.truth.csv"))
    if not truths:
        print(f"{folder}: no recorded counts here; nothing to compare")
        return 0
    known = {truth.name.split(".")[0] for truth in truths}
    tests = [path for path in sorted(folder.glob("testdata*.csv")) if "." not in path.stem]
    wrong = sum(not compare(truth) for truth in truths)
    wrong += sum(not silent(series) for series in tests if series.stem not in known)
    print(f"{len(truths) + len(tests) - wrong} well, {wrong} wrong")
    return wrong


if __name__ == "__main__":
    sys.exit(min(main(Path(sys.argv[1])), 1))
