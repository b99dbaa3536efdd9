"""What a peer's process costs: CPU and memory of it and all its children, by the kernel's own account."""

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.child import Child, started
from bench.peers import Peer
from bench.peers.installed import installed

_PATIENCE = 300


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU and of waiting, MB at the highest."""

    cpu: float
    seconds: float
    rss: float


@dataclass(frozen=True)
class Polls:
    """What a poll of a page costs a peer, in seconds of CPU: by itself, and with its part of the process."""

    each: float
    whole: float
    rss: float


def ran(peer: Peer, place: Path, rounds: int = 1, *, strict: bool = True) -> Cost:
    """Run it once. RuntimeError where it fails (with ``strict``)."""
    folder, why = installed(peer.PACKAGE)
    if folder is None:
        raise RuntimeError(why)
    (name, *arguments), environ = peer.command(place, rounds)
    began = time.monotonic()
    with (place / "log").open("ab") as log:
        process = subprocess.Popen(
            [f"{folder}/{name}", *arguments],
            cwd=place,
            env={**os.environ, **environ, "HOME": str(place)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if strict and process.returncode not in (0, -15):
        tail = (place / "log").read_text(errors="replace").strip().splitlines()[-1:]
        raise RuntimeError(f"{peer.NAME} ended with {process.returncode}: {' '.join(tail)[:200]}")
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - began, _megabytes(used))


def polls(peer: Peer, urls: Sequence[str], few: int = 2, times: int = 3) -> Polls:
    """A poll of each of ``urls``, none of which changes (or all do), after a round to get to know them.

    What the process costs by itself is told by one that polls only ``few``, or fewer times.
    """
    with tempfile.TemporaryDirectory() as folder, started("bench.peers.sink") as sink:
        told = sink.ready["url"]
        many = _prepared(peer, Path(folder) / "many", urls, told)
        if peer.ROUNDS_IN_ONE:
            one = min((ran(peer, many, 1) for _ in range(2)), key=lambda cost: cost.cpu)
            more = min((ran(peer, many, 1 + times) for _ in range(2)), key=lambda cost: cost.cpu)
            each = (more.cpu - one.cpu) / (times * len(urls))
            return Polls(each, one.cpu / len(urls), more.rss)
        small = _prepared(peer, Path(folder) / "few", urls[:few], told)
        least = min(ran(peer, small, strict=False).cpu for _ in range(times))
        best = min((ran(peer, many, strict=False) for _ in range(times)), key=lambda cost: cost.cpu)
        return Polls((best.cpu - least) / (len(urls) - few), best.cpu / len(urls), best.rss)


def latencies(peer: Peer, newsroom: Child, urls: Sequence[str], times: int = 5) -> list[float]:
    """Seconds from a changed page that was served to its message, one page of all changing in each round."""
    with tempfile.TemporaryDirectory() as folder, started("bench.peers.sink") as sink:
        place = _prepared(peer, Path(folder) / "told", urls, sink.ready["url"])
        found = []
        for _ in range(times):
            newsroom.ask(flip=0)
            ran(peer, place, strict=False)  # one of them stumbles after it has told
            served = [when for race, _, when in newsroom.ask(tell="served")["served"] if race == 0]
            came = [when for when in sink.ask()["came"] if when > served[-1]]
            found += [came[0] - served[-1]] if came else []
    return found


def _prepared(peer: Peer, place: Path, urls: Sequence[str], sink: str) -> Path:
    place.mkdir()
    peer.written(place, urls, sink)
    ran(peer, place, strict=False)
    return place


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss * 1024 / 1e6
