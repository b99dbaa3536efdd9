"""The whole service in a process of its own, as ``tallywire run`` composes it, on the bench's races."""

import argparse
import asyncio
import json
import logging
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.arguments import arguments
from bench.child import cpu, memory, say
from bench.races import races
from bot.app import TelegramBot
from bot.outbox import Outbox
from scheduler import Service
from storage import Store
from tally.capture import Outcome
from tally.clock import system_clock
from tally.race import Race


def followed(store: Store, chats: Sequence[int], watched: Sequence[Race]) -> None:
    """Each race has one reader, who wants to hear of its lead alone."""
    for address, race in zip(chats, watched, strict=False):
        chat = store.add_chat("telegram", str(address))
        store.follow(chat.id, race.id, kinds=["lead_change"])


def composed(given: argparse.Namespace, store: Store) -> Service:
    """The service with everything it needs."""
    watched = races(given.races, given.sources, given.port, given.cadence, given.hanging)
    followed(store, json.loads(given.chats), watched)
    by_id = {race.id: race for race in watched}
    bot = TelegramBot(given.token, store, by_id, system_clock, given.telegram)
    outbox = Outbox(store, [bot.channel], by_id.get)
    watching = {"allow_hosts": ["127.0.0.0/8"]}
    return Service(watched, store, outbox, clock=system_clock, bot=bot, watching=watching)


async def answered(service: Service) -> None:
    """Tell the parent of polls, CPU and memory, and of what was stored since it last asked."""
    while await asyncio.to_thread(sys.stdin.readline):
        stats = service.stats
        say(
            cpu=cpu(),
            polls=stats.polls,
            failed=stats.outcomes[Outcome.FAILED],
            events=stats.events,
            troubles=stats.troubles,
            stored=stats.latency(50),
            **memory(),
        )
        stats.latencies.clear()


async def main() -> None:
    """Run until stdin closes."""
    given = arguments()
    logging.basicConfig(level=logging.ERROR)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "bench.db") as store:
        service = composed(given, store)
        await service.start()
        say(ready=True)
        await answered(service)
        await service.stop()


if __name__ == "__main__":
    asyncio.run(main())
