"""How fast a long series is replayed on one core: ``python -m tests.longrun.throughput [ROWS]``.

A made-up night of 500 races with three candidates each, some 2,000 rows a minute of the night: counts that
grow, close races whose lead changes now and then, a feed that stops. A reading is one snapshot of one race.
CPU time of this process alone, and its memory at a quarter and at the end.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import process_time

import psutil

from nights.series import replay_series

RACES, NAMES = 500, ("Ash Party list", "Birch, Ana", "Cedar")
START = datetime(2031, 5, 4, 20, tzinfo=UTC)


def rows(wanted: int) -> Iterator[str]:
    """The lines of the series, its header first."""
    random = Random(7)  # noqa: S311 - a made-up night, no secrets
    yield "race,timestamp_utc,candidate,party,votes,share,pct_counted"
    snapshots = wanted // (RACES * len(NAMES))
    pull = [random.uniform(-0.05, 0.05) for _ in range(RACES)]
    votes = [[random.randint(100, 200) for _ in NAMES] for _ in range(RACES)]
    for number in range(snapshots):
        at = f"{START + timedelta(minutes=number):%Y-%m-%dT%H:%M:%SZ}"
        pct = f"{99.0 * (number + 1) / snapshots:.2f}"
        for race in range(RACES):
            batch = random.randint(0, 400)
            mine = votes[race]
            mine[0] += int(batch * (0.5 + pull[race] + random.uniform(-0.03, 0.03)))
            mine[1] += int(batch * (0.5 - pull[race]))
            mine[2] += batch // 20
            total = sum(mine)
            for name, has in zip(NAMES, mine, strict=True):
                candidate = f'"{name}"' if "," in name else name
                yield f"Race {race},{at},{candidate},P,{has},{100 * has / total:.2f},{pct}"


def main(wanted: int = 3_000_000) -> None:
    """Write a series of so many rows (a million readings), replay it, and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "night.csv"
        lines = 0
        with path.open("w", encoding="utf-8") as file:
            for line in rows(wanted):
                file.write(line + "\n")
                lines += 1
        process, events, early = psutil.Process(), 0, 0.0
        began = process_time()
        for _ in replay_series(path):
            events += 1
            if events == 1000:
                early = process.memory_info().rss / 1e6
        seconds = process_time() - began
        readings = (lines - 1) // len(NAMES)
        late = process.memory_info().rss / 1e6
    print(f"{lines - 1:,} rows, {readings:,} readings of {RACES} races, {events:,} events")
    print(
        f"{seconds:.1f} s of CPU: {readings / seconds:,.0f} readings/s, {(lines - 1) / seconds:,.0f} rows/s"
    )
    print(f"memory: {early:.0f} MB after 1,000 events, {late:.0f} MB at the end")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
