"""How cost grows: with the sources that are watched, and with the readers of one piece of news."""

import resource
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager

from bench.child import Child, started
from bench.figures import ms
from bench.report import Row

SOURCES = (20, 200, 2_000, 10_000)
READERS = (10, 1_000, 100_000)
# So many messages are enough to know what one costs.
_SAMPLE = 1_000
_LATENCY = 0.005
# Bytes of a page: ten thousand are read once before they are asked again.
_SMALL = 9_000


def rows() -> list[Row]:
    """Both tables' parts."""
    _enough_files()
    return [*_sources(), *_readers()]


def _sources() -> Iterator[Row]:
    """A 304 of each source in a batch, and what remembering them takes."""
    with started("bench.newsroom", _SMALL) as newsroom:
        for count in SOURCES:
            rounds = 10 if count <= 200 else 3
            size = ("--sources", count, "--rounds", rounds)
            with started("bench.unchanged", "watch", newsroom.ready["port"], *size) as watch:
                found = watch.ask(go=True)
            what = f"{count:,} sources: CPU per unchanged poll in a batch"
            yield Row(what, ms(found["median"]), f"memory {found['rss']:.0f} MB")


def _readers() -> Iterator[Row]:
    """One urgent piece of news: until all deliveries are stored, and what sending one costs among them."""
    for count in READERS:
        wanted = min(count, _SAMPLE)
        telegram = started("bench.counting", "--latency", _LATENCY, "--limit", 0)
        with telegram as sink, _sender(sink) as sender:
            before = sender.ask(chats=count)
            told = sender.ask(tell="urgent")
            took = _until(sink, wanted)
            after = sender.ask()
            sent = sink.ask()["count"]
        stored = f"stored with its deliveries in {ms(told['stored'])}"
        each = (after["cpu"] - told["cpu"]) / max(sent, 1)
        what = f"{count:,} readers of one alert: CPU per message"
        speed = f"{stored}; {sent / took:.0f} a second, memory {before['rss']:.0f} → {after['rss']:.0f} MB"
        yield Row(what, ms(each), speed)


def _sender(telegram: Child) -> AbstractContextManager[Child]:
    where = ("--url", telegram.ready["url"], "--token", telegram.ready["token"])
    return started("bench.sender", *where, "--workers", 3, "--rate", 100_000)


def _until(telegram: Child, count: int) -> float:
    """Seconds until so many messages came."""
    began = time.monotonic()
    while telegram.ask()["count"] < count and time.monotonic() - began < 120:
        time.sleep(0.02)
    return time.monotonic() - began


def _enough_files() -> None:
    """Ten thousand sources keep as many connections open; processes started later inherit the limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 3 * SOURCES[-1]
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
