"""The outbox on its way to Telegram in a process of its own: store on disk, pacer, python-telegram-bot.

``{"chats": N}`` makes followers, ``{"tell": "urgent"|"routine", "chats": N}``
stores news for them and answers with the hour, any line tells what it costs.
"""

import argparse
import asyncio
import json
import logging
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from telegram import Bot

from bench.child import cpu, memory, monotonic, say
from bot.channels.telegram import READ_TIMEOUT, TelegramChannel, base_url, connections
from bot.outbox import Outbox
from bot.pacer import TELEGRAM, Budget, Pacer
from storage import Store
from tally.clock import system_clock
from tally.event import Event, EventKind, Headline, Level, Proof, Tier
from tally.evidence import Evidence
from tally.race import Candidate, Race
from tally.reading import Counted, Result

RACE = Race(
    "harbour",
    "Harbour Town, mayor",
    date(2031, 5, 4),
    ZoneInfo("Europe/Lisbon"),
    (Candidate("ash", "Ines Ash"), Candidate("birch", "Tom Birch")),
)
FIRST_CHAT = 1000
_KINDS = {
    Level.URGENT: EventKind.CONCESSION,
    Level.ROUTINE: EventKind.MILESTONE,
    Level.IMPORTANT: EventKind.CLOSE,
}


def news(number: int, level: Level) -> Event:
    """One piece of news of that level."""
    at = datetime.now(UTC)
    results = (Result("ash", 50_123, 50.1), Result("birch", 49_877, 49.9))
    proof = Proof("board", at, Evidence("Ash 50,123, Birch 49,877", "row 1"), url="https://board.example/1")
    return Event(
        f"news {number}",
        _KINDS[level],
        RACE.id,
        at,
        Tier.CONFIRMED,
        level,
        "board",
        (proof,),
        candidate="birch",
        headline=Headline("board", at, results, "ash", 246, 0.2, Counted(62.0)),
        details={"step": 50 + number},
    )


def told(store: Store, event: Event) -> None:
    """Make it happen, on the way that every event goes."""
    store.change(RACE, lambda standing: (standing, [event]), event.at)


def followed(store: Store, chats: int, race: str = RACE.id) -> None:
    """So many private chats that follow the race."""
    with store.db.writing():
        for number in range(chats):
            store.follow(store.add_chat("telegram", str(FIRST_CHAT + number)).id, race)


def channel(token: str, url: str, workers: int) -> TelegramChannel:
    """The Telegram channel with so many calls in flight."""
    requests = connections(workers + 1, READ_TIMEOUT)
    made = TelegramChannel(Bot(token, base_url=base_url(url), request=requests, get_updates_request=requests))
    made.WORKERS = workers
    return made


def pacer(rate: int) -> Pacer:
    """Telegram's own pace, or with another number of calls a second for everybody."""
    return Pacer(replace(TELEGRAM, everybody=Budget(rate, 1.0)))


async def main() -> None:
    """Send what is told until stdin closes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--workers", type=int, default=TelegramChannel.WORKERS)
    parser.add_argument("--rate", type=int, default=30)
    given = parser.parse_args()
    logging.basicConfig(level=logging.ERROR)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "bench.db") as store:
        way = channel(given.token, given.url, given.workers)
        box = Outbox(
            store, [way], {RACE.id: RACE}.get, clock=system_clock, pacers={way.NAME: pacer(given.rate)}
        )
        running = asyncio.create_task(box.run())
        say(ready=True, **memory())
        number = 0
        while line := await asyncio.to_thread(sys.stdin.readline):
            asked = json.loads(line)
            followed(store, asked.get("chats", 0))
            at = monotonic()
            if "tell" in asked:
                number += 1
                event = news(number, Level(asked["tell"]))
                told(store, event)
                box.wake()
            stored = monotonic() - at
            say(at=at, stored=stored, cpu=cpu(), counts=dict(store.counts()), **memory())
        await box.stop()
        await running
        await way.close()


if __name__ == "__main__":
    asyncio.run(main())
