"""Half an hour of a bad night at 100 polls a second, and nothing may have grown, leaked or been lost.

``python -m tests.longrun.soak --minutes 30``. The service as ``tallywire run``
composes it watches 500 pages; one request in twelve meets a trouble
(``tests.longrun.troubles``), every few seconds a race changes its lead. At the end
the troubles stop for a while, and then: every change that was served was told
once, every source is polled and sound, no file is left open, and the memory of
the last third is that of the first within five per cent.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.child import Child, started
from bench.figures import percentile
from bench.machine import busy, described
from bench.races import votes_of

RACES, SOURCES, CADENCE, SHARE = 200, 500, 5.0, 1 / 12
# No race turns more often than three times in half an hour: from then on one alert is edited instead.
FLIP_EVERY, LOOK_EVERY, WARM_UP = 3.5, 5.0, 60.0
# Longer than the longest that a failing source is left alone, and a poll besides.
CALM = 100.0
GROWTH = 0.05


@dataclass
class Soak:
    """What was seen while it ran, and at its end."""

    looks: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    took: float = 0.0
    sources: dict[str, Any] = field(default_factory=dict)
    end: dict[str, Any] = field(default_factory=dict)
    newsroom: dict[str, Any] = field(default_factory=dict)
    sent: list[tuple[int, str, float]] = field(default_factory=list)
    chats: Sequence[int] = ()


def soaked(minutes: float) -> Soak:
    """Run it."""
    soak = Soak(took=60 * minutes)
    with started("tests.longrun.stormy", RACES) as newsroom, started("bench.telegram", RACES) as telegram:
        soak.chats = telegram.ready["chats"]
        where = ("--telegram", telegram.ready["url"], "--token", telegram.ready["token"])
        size = ("--races", RACES, "--sources", SOURCES, "--cadence", CADENCE)
        chats = ("--chats", json.dumps(soak.chats))
        with started("tests.longrun.soak_service", newsroom.ready["port"], *where, *chats, *size) as service:
            time.sleep(15)  # the first reading of every page
            newsroom.ask(share=SHARE)
            _stir(soak, newsroom, service)
            newsroom.ask(share=0)
            time.sleep(CALM)
            soak.newsroom = newsroom.ask(tell="served")
            soak.sources = service.ask(tell="sources")
            soak.end = service.ask(tell="end")
        soak.sent = telegram.ask(tell="sent")["sent"]
    return soak


def _stir(soak: Soak, newsroom: Child, service: Child) -> None:
    """Let races change their lead, and look at the service now and then."""
    began = time.monotonic()
    look_at = flip_at = 0.0
    while (now := time.monotonic() - began) < soak.took:
        if now >= flip_at:
            newsroom.ask(flip=True)
            flip_at += FLIP_EVERY
        if now >= look_at:
            soak.looks.append((now, service.ask()))
            look_at += LOOK_EVERY
        time.sleep(max(0.0, min(flip_at, look_at) - (time.monotonic() - began)))


@dataclass(frozen=True)
class Verdict:
    """One thing that must be so."""

    what: str
    found: str
    well: bool


def judged(soak: Soak) -> list[Verdict]:
    """All of them."""
    first, last = soak.looks[0][1], soak.looks[-1][1]
    seconds = soak.looks[-1][0] - soak.looks[0][0]
    rate = (last["polls"] - first["polls"]) / seconds
    troubled = sum(n for name, n in soak.newsroom["done"].items() if name not in ("304", "200"))
    waited = max(soak.sources["ages"].values())
    left = soak.end["after"] - soak.end["before"]
    return [
        Verdict("polls a second", f"{rate:.1f}", rate > 0.85 * SOURCES / CADENCE),
        Verdict("requests that met a trouble", f"{troubled:,}", troubled > 0),
        *_told(soak),
        _memory(soak),
        Verdict("files open", f"{last['fds']} at work, {left:+d} when it had stopped", left <= 0),
        Verdict("tasks", f"{first['tasks']} → {last['tasks']}", last["tasks"] < 2 * first["tasks"] + 50),
        Verdict(
            "sources",
            f"{len(soak.sources['ages'])} polled, the last of them {waited:.0f} s ago",
            len(soak.sources["ages"]) == SOURCES and waited < 3 * CADENCE + 10,
        ),
        Verdict("not sound again", f"{soak.sources['unsound'] or 'none'}"[:300], not soak.sources["unsound"]),
        Verdict("faults of the service itself", str(last["troubles"]), last["troubles"] == 0),
        Verdict("deliveries", str(_deliveries(soak)), set(_deliveries(soak)) <= {"sent"}),
    ]


def _told(soak: Soak) -> list[Verdict]:
    """Each change that was served whole was told once, to whom it belongs."""
    served = {(race, version): when for race, version, when in soak.newsroom["served"]}
    votes = {(soak.chats[race], f"{max(votes_of(race, v)):,}"): (race, v) for race, v in served}
    told: Counter[tuple[int, int]] = Counter()
    waits, strange = [], 0
    for chat, text, at in soak.sent:
        found = [change for (to, number), change in votes.items() if to == chat and number in text]
        strange += len(found) != 1
        for change in found[:1]:
            told[change] += 1
            waits.append(at - served[change])
    missing = sorted(set(served) - set(told))
    twice = sum(1 for number in told.values() if number > 1)
    slow = ", ".join(f"p{p} {1000 * percentile(waits, p):.0f} ms" for p in (50, 95, 100))
    said = f"{len(served):,} served, {len(missing)} missing, {twice} twice, {strange} other alerts"
    return [
        Verdict("changes", said, bool(served) and not (missing or twice or strange)),
        Verdict("served → received", slow, bool(waits)),
        Verdict(
            "changes not taken in at the end", str(soak.newsroom["waiting"]), soak.newsroom["waiting"] == 0
        ),
    ]


def _memory(soak: Soak) -> Verdict:
    """The last third (of half an hour: ten minutes) beside the first."""
    part = soak.took / 3
    warm = min(WARM_UP, part / 2)
    first = [look["rss"] for at, look in soak.looks if warm <= at < part]
    last = [look["rss"] for at, look in soak.looks if at >= soak.took - part]
    before, after = sum(first) / len(first), sum(last) / len(last)
    said = (
        f"{before:.1f} → {after:.1f} MB ({after / before - 1:+.1%}), at most {soak.looks[-1][1]['peak']:.0f}"
    )
    return Verdict("memory (RSS)", said, after <= before * (1 + GROWTH))


def _deliveries(soak: Soak) -> dict[str, int]:
    counts = soak.end["counts"]
    return {n.removeprefix("deliveries."): v for n, v in counts.items() if n.startswith("deliveries.")}


def main() -> int:
    """Run as long as the arguments say, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.longrun.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    given = parser.parse_args()
    print(described())
    if warning := busy():
        print(f"Take the figures with salt: {warning}.")
    soak = soaked(given.minutes)
    last = soak.looks[-1][1]
    print(f"{given.minutes:g} minutes, {last['cpu']:.0f} s of CPU, outcomes {last['outcomes']}")
    print(f"answers {dict(sorted(soak.newsroom['done'].items()))}")
    verdicts = judged(soak)
    for verdict in verdicts:
        print(f"{'well' if verdict.well else 'NOT WELL':8}  {verdict.what}: {verdict.found}")
    return 0 if all(verdict.well for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
