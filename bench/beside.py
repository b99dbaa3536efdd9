"""The peers beside us, in the same run: a row for each of what they do as well."""

import sys
from collections.abc import Iterator, Sequence
from statistics import median

from bench.child import Child, started
from bench.figures import ms, times
from bench.peers import Peer, peers
from bench.peers.installed import installed
from bench.peers.measured import Polls, latencies, polls
from bench.races import host
from bench.report import Row

SOURCES, TURNING = 200, 20


def rows(ours: dict[str, float]) -> list[Row]:
    """Ours beside each peer's; a peer that can't be installed or run says why.

    ``ours`` has what was measured before in this run: "unchanged" and "told" in seconds, "rss" in MB.
    """
    with started("bench.newsroom") as newsroom:
        size = ("--sources", TURNING, "--rounds", 5, "--turning")
        with started("bench.unchanged", "watch", newsroom.ready["port"], *size) as watch:
            ours = {**ours, "changed": watch.ask(go=True)["median"]}
    return [row for name, peer in peers().items() for row in _rows(name, peer, ours)]


def _rows(name: str, peer: Peer, ours: dict[str, float]) -> Iterator[Row]:
    folder, version = installed(peer.PACKAGE)
    if folder is None:
        yield Row(f"beside {name}", "", version)
        return
    for measure in (_unchanged, _told, _changed):
        what = f"{name}{measure.__name__.replace('_', ' ')}"
        print(f"  {what}", file=sys.stderr)
        try:
            with started("bench.newsroom") as newsroom:
                yield from measure(name, peer, newsroom, ours)
        except (RuntimeError, OSError) as error:
            yield Row(what, "", f"could not be measured: {error}")


def _unchanged(name: str, peer: Peer, newsroom: Child, ours: dict[str, float]) -> Iterator[Row]:
    found = polls(peer, _urls(newsroom, "still", SOURCES))
    what = f"CPU per unchanged poll, {SOURCES} sources in a batch"
    yield _row(what, ours.get("unchanged"), name, found.each, f", {ms(found.whole)} with its process")
    mine = ours.get("rss")
    yield Row(
        f"memory with {SOURCES} sources (RSS)",
        f"{mine:.0f} MB" if mine else "–",
        f"{name} {found.rss:.0f} MB",
        times(mine, found.rss) if mine else "",
    )


def _told(name: str, peer: Peer, newsroom: Child, ours: dict[str, float]) -> Iterator[Row]:
    urls = [_url(newsroom, "race", 0, 0), *_urls(newsroom, "still", SOURCES)[1:]]
    what = f"page served → message received, {SOURCES} sources, p50"
    waits = latencies(peer, newsroom, urls)
    if not waits:
        yield Row(what, ms(ours["told"]) if "told" in ours else "–", f"{name}: no message came")
        return
    worst = f", {ms(max(waits))} at worst of {len(waits)}"
    yield _row(what, ours.get("told"), name, median(waits), worst)


def _changed(name: str, peer: Peer, newsroom: Child, ours: dict[str, float]) -> Iterator[Row]:
    found: Polls = polls(peer, _urls(newsroom, "turn", TURNING), times=2)
    what = "CPU of a changed page of 200 KB, fetched and read (peers: compared)"
    yield _row(what, ours["changed"], name, found.each)


def _row(what: str, ours: float | None, name: str, theirs: float, more: str = "") -> Row:
    ratio = times(ours, theirs) if ours is not None else ""
    return Row(what, ms(ours) if ours is not None else "–", f"{name} {ms(theirs)}{more}", ratio)


def _urls(newsroom: Child, kind: str, count: int) -> Sequence[str]:
    return [_url(newsroom, kind, number, number) for number in range(count)]


def _url(newsroom: Child, kind: str, number: int, place: int) -> str:
    return f"http://{host(place)}:{newsroom.ready['port']}/{kind}/{number}"
