"""kill -9 in the middle of a fan-out: none lost, and none twice but what was in flight."""

import asyncio
import multiprocessing
import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest
from night_facts import RACE, event, states, tell

from bot.channels import Channel
from bot.outbox import Outbox
from bot.outcome import Outcome, Sent
from storage import Chat, Store
from tally.event import Event, Level
from tally.race import Race

CHATS, KILLS = 1000, 20
DICE = random.Random()  # noqa: S311 - moments, not secrets


class Postbox(Channel):
    """A channel whose messages survive the process: lines in a file, written at some point of the call."""

    NAME = "telegram"
    WORKERS = 3

    def __init__(self, path: Path) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def send(
        self, chat: Chat, event: Event, race: Race, *, edit_of: str | None = None, reply_to: str | None = None
    ) -> Outcome:
        await asyncio.sleep(DICE.uniform(0, 0.001))
        os.write(self.file, f"{chat.address} {event.key}\n".encode())
        await asyncio.sleep(DICE.uniform(0, 0.001))
        return Sent("line")


async def send_all(database: Path, postbox: Path) -> None:
    with Store(database) as store:
        box = Outbox(store, [Postbox(postbox)], lambda _: RACE)
        running = asyncio.create_task(box.run())
        await box.drained()
        await box.stop()
        await running


def in_another_process(database: Path, postbox: Path) -> None:
    asyncio.run(send_all(database, postbox))


@pytest.mark.slow
@pytest.mark.parametrize("level", [Level.URGENT, Level.ROUTINE])
def test_a_fan_out_that_is_killed_again_and_again_reaches_everybody(tmp_path: Path, level: Level) -> None:
    database, postbox = tmp_path / "night.db", tmp_path / "postbox"
    with Store(database) as store:
        with store.db.writing():
            for number in range(CHATS):
                store.follow(store.add_chat("telegram", str(number)).id, "harbour")
        tell(store, event("a", level=level))
    in_flight = 0
    fork = multiprocessing.get_context("fork")
    for _ in range(KILLS):
        process = fork.Process(target=in_another_process, args=(database, postbox))
        process.start()
        time.sleep(DICE.uniform(0.02, 0.12))
        process.kill()
        process.join()
        with Store(database) as store:
            under_way = list(states(store).values()).count("sending")
            assert under_way <= Postbox.WORKERS
            in_flight += under_way
    in_another_process(database, postbox)
    lines = Counter(postbox.read_text().splitlines())
    assert set(lines) == {f"{number} a" for number in range(CHATS)}, "none lost"
    assert lines.total() - CHATS <= in_flight, "none twice but what was in flight"
    assert in_flight > 0, "some kill came in the middle"
    with Store(database) as store:
        assert set(states(store).values()) == {"sent"}
