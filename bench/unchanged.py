"""CPU per poll of a page that has not changed: our watch beside bare aiohttp, in batches of all sources."""

import argparse
import asyncio
import json
import re
import sys
from dataclasses import replace
from statistics import median

import aiohttp

from bench.child import cpu, memory, say
from bench.races import RESULTS_KIND, races
from scrapers.spiders.polled import Polled
from scrapers.spiders.watch import Watch
from tally.capture import Outcome
from tally.clock import system_clock
from tally.race import Source

_WARM_UP = 3


async def watch_rounds(
    port: int, sources: int, rounds: int, *, turning: bool = False
) -> tuple[list[float], int]:
    """Seconds of CPU per poll in each round by the watch, and how many polls were not "unchanged"."""
    polled: list[Outcome] = []
    done = asyncio.Event()

    def take(result: Polled) -> None:
        polled.append(result.outcome)
        if len(polled) % sources == 0:
            done.set()

    everything = [
        (race, source) for race in races(min(40, sources), sources, port, 5.0) for source in race.sources
    ]
    if turning:
        everything = [(race, turned(source)) for race, source in everything]
    watch = Watch(take, clock=system_clock, allow_hosts=["127.0.0.0/8"])
    await watch.start()
    costs = []
    for _ in range(_WARM_UP + rounds):
        done.clear()
        before = cpu()
        for race, source in everything:
            watch.poll(race, source)
        await done.wait()
        costs.append((cpu() - before) / sources)
    await watch.stop()
    changed = [outcome for outcome in polled[_WARM_UP * sources :] if outcome is not Outcome.UNCHANGED]
    return costs[_WARM_UP:], len(changed)


def turned(source: Source) -> Source:
    """The same source with a page of results that is another every time."""
    return replace(source, url=re.sub("/(race|still)/", "/turn/", source.url), kind=RESULTS_KIND)


async def bare_rounds(port: int, sources: int, rounds: int) -> tuple[list[float], int]:
    """The same polls by aiohttp alone: conditional GETs, all of a round at once."""
    urls = [source.url for race in races(min(40, sources), sources, port, 5.0) for source in race.sources]
    tags: dict[str, str] = {}
    changed = 0

    async def get(session: aiohttp.ClientSession, url: str) -> None:
        nonlocal changed
        headers = {"If-None-Match": tags[url]} if url in tags else {}
        async with session.get(url, headers=headers) as response:
            await response.read()
            changed += response.status != 304
            tags[url] = response.headers["ETag"]

    costs = []
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        for number in range(_WARM_UP + rounds):
            if number == _WARM_UP:
                changed = 0
            before = cpu()
            await asyncio.gather(*(get(session, url) for url in urls))
            costs.append((cpu() - before) / sources)
    return costs[_WARM_UP:], changed


async def main() -> None:
    """Measure as the arguments say, each time the parent asks."""
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=["watch", "bare"])
    parser.add_argument("port", type=int)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--turning", action="store_true", help="pages that are never the same twice")
    given = parser.parse_args()
    say(ready=True)
    while line := sys.stdin.readline():
        json.loads(line)
        size = (given.port, given.sources, given.rounds)
        if given.way == "watch":
            costs, changed = await watch_rounds(*size, turning=given.turning)
        else:
            costs, changed = await bare_rounds(*size)
        say(median=median(costs), best=min(costs), changed=changed, **memory())


if __name__ == "__main__":
    asyncio.run(main())
