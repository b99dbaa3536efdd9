"""The service as a process that can be killed: forked from one that has everything imported."""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

from bot.app import TelegramBot
from bot.outbox import Outbox
from bot.pacer import UNPACED, Pacer
from scheduler import Service, Tempo
from scrapers.parser.prose import warm
from storage import Store
from tally.clock import system_clock
from tally.race import Race

READERS = 3
# Once, here, and every process that is forked from this one has it.
warm({"en"})


def readers_of(race: int, chats: Sequence[int]) -> Sequence[int]:
    """Each race has readers of its own."""
    return chats[READERS * race : READERS * (race + 1)]


def followed(database: Path, chats: Sequence[int], races: Sequence[Race]) -> None:
    """Before the night: who follows what, and the operator."""
    with Store(database) as store:
        for number, race in enumerate(races):
            for place, address in enumerate(readers_of(number, chats)):
                chat = store.add_chat("telegram", str(address), operator=number == place == 0)
                level = ("routine", "important", "urgent")[place]
                store.follow(chat.id, race.id, level=level)


def lives(database: Path, races: Sequence[Race], url: str, token: str) -> None:
    """Run until killed or told to stop."""
    logging.basicConfig(level=logging.CRITICAL)
    asyncio.run(_run(database, races, url, token))


async def _run(database: Path, races: Sequence[Race], url: str, token: str) -> None:
    with Store(database) as store:
        by_id = {race.id: race for race in races}
        bot = TelegramBot(token, store, by_id, system_clock, url)
        # Telegram's limits are no part of this: what waits for a turn is overtaken by newer counts.
        outbox = Outbox(store, [bot.channel], by_id.get, pacers={"telegram": Pacer(UNPACED)})
        await Service(
            races,
            store,
            outbox,
            clock=system_clock,
            bot=bot,
            tempo=Tempo(tick=0.5),
            watching={"allow_hosts": ["127.0.0.0/8"]},
        ).run()
