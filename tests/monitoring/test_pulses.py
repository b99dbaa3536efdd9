"""A database that can't be written is told past the database; a full disk before it is full."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.alarm import Alarm
from bot.channels.telegram import TelegramChannel, make_bot
from monitoring.monitor import Monitor, Neighbours
from monitoring.pulse import DatabasePulse, DiskPulse
from storage import Store
from tally.errors import Damaged
from tests.emulator import Emulator, Status
from tests.monitoring.conftest import NOON, RACE


class Told(list[str]):
    async def __call__(self, sentence: str) -> None:
        self.append(sentence)


@contextmanager
def locked(store: Store) -> Iterator[None]:
    store.db.rows("pragma busy_timeout = 10")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("begin immediate")
    yield
    other.execute("rollback")
    other.close()


@contextmanager
def readonly(store: Store) -> Iterator[None]:
    store.db.rows("pragma query_only = on")
    yield
    store.db.rows("pragma query_only = off")


@pytest.mark.parametrize(
    ("fault", "words"), [(locked, "another program holds the file locked"), (readonly, "can't be written")]
)
async def test_it_is_told_when_it_lasts_and_when_it_is_over(store: Store, fault: object, words: str) -> None:
    told = Told()
    pulse = DatabasePulse(store, told)
    with fault(store):  # type: ignore[operator]
        await pulse.beat()
        assert told == []
        assert words in str(pulse.wrong)
        for _ in range(4):
            await pulse.beat()
    assert len(told) == 1
    assert words in told[0]
    await pulse.beat()
    assert told[1:] == ["The database can be used again."]
    assert pulse.wrong is None


async def test_a_moment_is_not_told(store: Store) -> None:
    told = Told()
    pulse = DatabasePulse(store, told)
    with locked(store):
        await pulse.beat()
    await pulse.beat()
    assert told == []


async def test_damage_is_told_once_with_the_way_out_and_does_not_pass(store: Store) -> None:
    told = Told()
    monitor = Monitor(store, lambda: [RACE], clock=lambda: NOON, neighbours=Neighbours(alarm=told))
    for _ in range(3):
        monitor.trouble("intake", Damaged("night.db: the file is damaged"))
    await monitor.database.damaged(Damaged("night.db: the file is damaged"))
    await monitor.database.beat()
    assert len(told) == 1
    assert "tallywire restore" in told[0]
    assert not monitor.is_well()
    await monitor.stop()


async def test_operators_hear_of_it_past_the_outbox(tmp_path: Path) -> None:
    async with Emulator() as telegram:
        anna, ben = (telegram.person(name, started=True) for name in ("Anna", "Ben"))
        channel = TelegramChannel(make_bot(telegram.token, telegram.url))
        telegram.faults.order(Status(502), method="sendMessage")
        alarm = Alarm(channel, [str(anna.chat.id), "77", str(ben.chat.id)])
        assert await alarm("The database can't be used: the disk is full.") == 1
        heard = [seen.text for person in (anna, ben) for seen in person.chat.told]
        await channel.close()
    assert len(heard) == 1
    assert "the disk is full" in heard[0]
    assert "Tallywire, of itself" in heard[0]


async def test_without_telegram_nobody_is_told_and_nothing_fails() -> None:
    assert await Alarm(None, ["1"])("The disk is full.") == 0


def test_too_little_room_is_told_once_until_there_is_plenty_again(tmp_path: Path) -> None:
    told: list[str] = []
    disk = DiskPulse(tmp_path, told.append, least=1000)
    for free in (5000, 999, 500, 1500, 900, 2500, 10):
        disk.look(free)
    assert len(told) == 2
    assert str(tmp_path) in told[0]
