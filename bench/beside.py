"""The peers beside us, in the same run: a row for each of what they do as well."""

import sys
from collections.abc import Iterator, Sequence
from statistics import median

from bench.child import Child, started
from bench.figures import ms
from bench.peers import Peer, peers
from bench.peers.installed import installed
from bench.peers.measured import Polls, latencies, polls
from bench.races import host
from bench.report import Row

SOURCES, TURNING = 200, 20


def rows() -> list[Row]:
    """What each peer came to; a peer that can't be installed or run says why."""
    return [row for name, peer in peers().items() for row in _rows(name, peer)]


def _rows(name: str, peer: Peer) -> Iterator[Row]:
    folder, version = installed(peer.PACKAGE)
    if folder is None:
        yield Row(name, "", version)
        return
    for measure in (_unchanged, _told, _changed):
        print(f"  {name}{measure.__name__.replace('_', ' ')}", file=sys.stderr)
        try:
            with started("bench.newsroom") as newsroom:
                yield from measure(f"{name} {version}", peer, newsroom)
        except (RuntimeError, OSError) as error:
            yield Row(f"{name}{measure.__name__.replace('_', ' ')}", "", f"could not be measured: {error}")


def _unchanged(name: str, peer: Peer, newsroom: Child) -> Iterator[Row]:
    found = polls(peer, _urls(newsroom, "still", SOURCES))
    whole = f"{ms(found.whole)} with the start of its process"
    yield Row(f"{name}: CPU per unchanged poll, {SOURCES} sources in a batch", ms(found.each), whole)
    yield Row(f"{name}: memory with {SOURCES} sources (RSS)", f"{found.rss:.0f} MB")


def _told(name: str, peer: Peer, newsroom: Child) -> Iterator[Row]:
    urls = [_url(newsroom, "race", 0, 0), *_urls(newsroom, "still", SOURCES)[1:]]
    waits = latencies(peer, newsroom, urls)
    said = f"{ms(max(waits))} at worst of {len(waits)}" if waits else "no message came"
    yield Row(
        f"{name}: page served → message received, {SOURCES} sources, p50",
        ms(median(waits)) if waits else "–",
        said,
    )


def _changed(name: str, peer: Peer, newsroom: Child) -> Iterator[Row]:
    found: Polls = polls(peer, _urls(newsroom, "turn", TURNING), times=2)
    yield Row(f"{name}: CPU of a changed page of 200 KB, fetched and compared", ms(found.each))


def _urls(newsroom: Child, kind: str, count: int) -> Sequence[str]:
    return [_url(newsroom, kind, number, number) for number in range(count)]


def _url(newsroom: Child, kind: str, number: int, place: int) -> str:
    return f"http://{host(place)}:{newsroom.ready['port']}/{kind}/{number}"
