"""From a page's change to sendMessage: the whole service, a newsroom and a Telegram, each a process."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.child import Child, started
from bench.figures import percentile
from bench.races import votes_of

RACES, SOURCES, CADENCE = 40, 200, 5.0
# The first polls are spread over five seconds, and the first readings make news of their own.
WARM_UP = 12.0
FLIP_EVERY = 0.5
# A flip is served within a cadence, with its jitter.
LAST_WAIT = 7.0


@dataclass(frozen=True)
class Night:
    """What one run came to. ``latencies`` and ``cpu_per_poll`` are in seconds, memory in MB.

    ``served`` are the changed pages that were fetched, ``failed`` the polls that came to nothing,
    ``stored`` the median seconds from a page's head to its event in the store.
    """

    latencies: tuple[float, ...]
    served: int
    polls: int
    seconds: float
    cpu_per_poll: float
    rss: float
    peak: float
    failed: int
    stored: float | None
    troubles: int

    @property
    def polls_per_second(self) -> float:
        """How fast it polled."""
        return self.polls / self.seconds

    def latency(self, wanted: float) -> float:
        """A percentile of the time from served to received, in seconds."""
        return percentile(self.latencies, wanted)


def night(seconds: float, hanging: int = 0, module: str = "bench.service") -> Night:
    """Run the service (or what is compared with it) for so long over 200 sources, with ``hanging`` more."""
    with started("bench.newsroom") as newsroom, started("bench.telegram", RACES) as telegram:
        arguments = _arguments(telegram.ready, hanging)
        with started(module, newsroom.ready["port"], *arguments) as service:
            _warm_up(service)
            before, began = service.ask(), time.monotonic()
            _flip(newsroom, seconds)
            after, took = service.ask(), time.monotonic() - began
            time.sleep(LAST_WAIT)
            served = newsroom.ask(tell="served")["served"]
            sent = telegram.ask(tell="sent")["sent"]
    return _night(before, after, took, len(served), list(_latencies(served, sent, telegram.ready["chats"])))


def _arguments(telegram: Mapping[str, Any], hanging: int) -> list[object]:
    return [
        *("--telegram", telegram["url"], "--token", telegram["token"]),
        *("--chats", json.dumps(telegram["chats"])),
        *("--races", RACES, "--sources", SOURCES, "--cadence", CADENCE, "--hanging", hanging),
    ]


def _warm_up(service: Child) -> None:
    """Until every page was read once and asked for once more; longer where the machine is busy."""
    time.sleep(WARM_UP)
    end = time.monotonic() + 4 * WARM_UP
    while service.ask()["polls"] < 2 * SOURCES and time.monotonic() < end:
        time.sleep(0.5)


def _flip(newsroom: Child, seconds: float) -> None:
    """Let one race after another change its lead."""
    flips = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        newsroom.ask(flip=flips % RACES)
        flips += 1
        time.sleep(FLIP_EVERY)


def _latencies(
    served: Sequence[tuple[int, int, float]],
    sent: Sequence[tuple[int, str, float]],
    chats: Sequence[int],
) -> Iterator[float]:
    """For each change that was served: the time until its alert, found by its numbers, was received."""
    for race, version, when in served:
        votes = f"{max(votes_of(race, version)):,}"
        told = [at for chat, text, at in sent if chat == chats[race] and votes in text]
        if told:
            yield min(told) - when


def _night(
    before: Mapping[str, Any], after: Mapping[str, Any], took: float, served: int, latencies: Sequence[float]
) -> Night:
    polls = after["polls"] - before["polls"]
    return Night(
        latencies=tuple(latencies),
        served=served,
        polls=polls,
        seconds=took,
        cpu_per_poll=(after["cpu"] - before["cpu"]) / max(polls, 1),
        rss=after["rss"],
        peak=after["peak"],
        failed=after["failed"] - before["failed"],
        stored=after["stored"],
        troubles=after["troubles"],
    )
