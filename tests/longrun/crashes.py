"""kill -9 at random moments of a fan-out over HTTP: none lost, and none twice but what was in flight.

``python -m tests.longrun.crashes --kills 100 --chats 1000``. A process of its
own counts what arrives; the sender is killed, its database is looked at, and
it is started again. Where a fan-out ends before the kills do, the next begins.
"""

import argparse
import asyncio
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event as Signal
from pathlib import Path

from bench.child import Child, started
from bench.sender import RACE, channel, followed, news, told
from bot.channels.telegram import _trust
from bot.outbox import Outbox
from bot.pacer import UNPACED, Pacer
from storage import Store
from tally.event import Level

WORKERS = 3
# What a sender gets done between its start and its end, with a Telegram that answers in 5 ms.
LATENCY = 0.005
LIFE = 0.08
DICE = random.Random()  # noqa: S311 - moments, not secrets


@dataclass
class Night:
    """What happened so far. ``flying`` are chat and news of the calls in flight at some kill."""

    kills: int = 0
    in_the_middle: int = 0
    fan_outs: int = 0
    flying: Counter[tuple[int, str]] = field(default_factory=Counter)


async def send_all(database: Path, url: str, token: str, begun: Signal) -> None:
    """The outbox as the service runs it, until nothing is left."""
    with Store(database) as store:
        way = channel(token, url, WORKERS)
        box = Outbox(store, [way], {RACE.id: RACE}.get, pacers={way.NAME: Pacer(UNPACED)})
        running = asyncio.create_task(box.run())
        begun.set()
        await box.drained()
        await box.stop()
        await running


def sender(database: Path, url: str, token: str, begun: Signal) -> None:
    """The process that is killed."""
    asyncio.run(send_all(database, url, token, begun))


def one_more(database: Path, number: int) -> None:
    """One more urgent piece of news for all."""
    with Store(database) as store:
        told(store, news(number, Level.URGENT))


def under_way(database: Path) -> list[tuple[int, str]]:
    """Chat and news of the rows that a killed process left as ``sending``."""
    with Store(database, readonly=True) as store:
        rows = store.db.rows(
            "select c.address, e.key from deliveries d join chats c on c.id = d.chat"
            " join events e on e.id = d.event where d.state = 'sending'"
        )
    return [(int(row[0]), str(row[1])) for row in rows]


def waiting(database: Path) -> int:
    """How many deliveries are still to be made."""
    with Store(database, readonly=True) as store:
        return store.waiting("telegram")


def one_life(database: Path, telegram: Child) -> None:
    """Start the sender, and kill it at some moment: mostly while it sends, sometimes while it starts."""
    fork = multiprocessing.get_context("fork")
    begun = fork.Event()
    process = fork.Process(
        target=sender, args=(database, telegram.ready["url"], telegram.ready["token"], begun)
    )
    process.start()
    if DICE.random() < 0.9:
        begun.wait(10)
    time.sleep(DICE.uniform(0, LIFE))
    process.kill()
    process.join()
    process.close()


def last_life(database: Path, telegram: Child) -> None:
    """The sender may finish."""
    fork = multiprocessing.get_context("fork")
    process = fork.Process(
        target=sender, args=(database, telegram.ready["url"], telegram.ready["token"], fork.Event())
    )
    process.start()
    process.join(300)


def killed(kills: int, chats: int, database: Path, telegram: Child) -> Night:
    """Fan out and kill so often, then let it end."""
    night = Night()
    with closing(Store(database)) as store:
        followed(store, chats)
    while night.kills < kills:
        if not waiting(database):
            night.fan_outs += 1
            one_more(database, night.fan_outs)
        one_life(database, telegram)
        night.kills += 1
        left = under_way(database)
        assert len(left) <= WORKERS, f"{len(left)} were under way"
        night.in_the_middle += bool(left)
        night.flying.update(left)
    last_life(database, telegram)
    return night


def judged(night: Night, chats: int, telegram: Child, database: Path) -> bool:
    """Compare what arrived with what must have, and say it."""
    got = Counter(int(row[0]) for row in telegram.ask(tell="got")["got"])
    lost = sum(1 for number in range(chats) if got[1000 + number] < night.fan_outs)
    more = Counter({chat: got[chat] - night.fan_outs for chat in got if got[chat] > night.fan_outs})
    flew = Counter[int]()
    for (chat, _), times in night.flying.items():
        flew[chat] += times
    unexplained = sum((more - flew).values())
    with Store(database, readonly=True) as store:
        states = {name: n for name, n in store.counts().items() if name.startswith("deliveries.")}
    print(
        f"{night.kills} kills, {night.in_the_middle} of them with calls in flight"
        f" ({night.flying.total()} calls); "
        f"{night.fan_outs} fan-outs to {chats:,} chats: {got.total():,} messages, lost {lost}, "
        f"twice {more.total()}, of these not in flight at a kill {unexplained}; at the end {states}"
    )
    sent = states.get("deliveries.sent", 0) == chats * night.fan_outs
    return lost == 0 and unexplained == 0 and sent and (night.in_the_middle > 0 or night.kills < 10)


def main() -> int:
    """Kill as often as the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m tests.longrun.crashes", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--chats", type=int, default=1000)
    given = parser.parse_args()
    _trust()  # read once here and not by each of the processes
    with (
        tempfile.TemporaryDirectory() as folder,
        started("bench.counting", "--latency", LATENCY, "--limit", 0) as telegram,
    ):
        database = Path(folder) / "night.db"
        night = killed(given.kills, given.chats, database, telegram)
        return 0 if judged(night, given.chats, telegram, database) else 1


if __name__ == "__main__":
    sys.exit(main())
