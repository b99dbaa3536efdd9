"""kill -9 at random moments of a night, and at the end it is the night of one who was left alone.

``python -m tests.longrun.chaos --kills 200``. The same story is told twice,
step by step, to the service as ``tallywire run`` composes it: once undisturbed,
once killed while it starts, polls, decides or sends, and started again on what
it left. Then the events must be the same, every delivery must have been made,
and nobody may have got anything twice but what was on its way at a kill.
"""

import argparse
import asyncio
import contextlib
import multiprocessing
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from bench.machine import busy, described
from storage import Store
from tests.emulator import Emulator
from tests.longrun.killed import READERS, followed, lives
from tests.longrun.story import STEPS, Story

TOWNS = 10
PATIENCE = 120.0
# A life that meets no moment of its kind is ended all the same.
LONGEST_LIFE = 8.0
# So long a server takes to answer: long enough to be killed meanwhile.
ANSWERS_AFTER = 0.02
_HOURS = re.compile(r"<tg-time[^>]*>|:\d{4,5}/|\b\d\d?:\d\d\b( \w+)?")
_TOLD_BY = ("sendMessage", "editMessageText")
DICE = random.Random()  # noqa: S311 - moments, not secrets


@dataclass
class Night:
    """What is left of a night: events and deliveries by what names them, and how it went."""

    events: dict[str, tuple[object, ...]] = field(default_factory=dict)
    deliveries: dict[tuple[str, str, str], str] = field(default_factory=dict)
    got: Counter[tuple[int, str]] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    moments: Counter[str] = field(default_factory=Counter)
    flying: Counter[tuple[int, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0


class Watched:
    """One service on one database, killed and started again."""

    def __init__(self, database: Path, story: Story, telegram: Emulator) -> None:
        self.database, self.story, self.telegram = database, story, telegram
        self.races = story.races()
        chats = [telegram.person(f"Reader {n}", started=True).chat.id for n in range(TOWNS * READERS)]
        followed(database, chats, self.races)
        story.untold = self._untold
        self._fork = multiprocessing.get_context("forkserver")
        self._fork.set_forkserver_preload(["tests.longrun.killed"])

    def born(self) -> ForkServerProcess:
        """One more life."""
        told = (self.database, self.races, self.telegram.url, self.telegram.token)
        process = self._fork.Process(target=lives, args=told)
        process.start()
        return process

    async def one_life(self, night: Night) -> None:
        """Start it, wait for some moment, and kill it."""
        kind = DICE.choice(("any", "poll", "page", "page", "call"))
        self.story.news.clear()
        self.story.asked.clear()
        calls = self._calls()
        process = self.born()
        end = time.monotonic() + LONGEST_LIFE
        if kind == "any":
            await asyncio.sleep(DICE.uniform(0, 1.5))
        elif kind == "poll":
            await _before(end, self.story.asked.wait())
            await asyncio.sleep(DICE.uniform(0, 0.02))
        elif kind == "page":
            await _before(end, self.story.news.wait())
            await asyncio.sleep(DICE.uniform(0, 0.03))
        else:
            with contextlib.suppress(AssertionError, TimeoutError):
                await self.telegram.until(lambda: self._calls() > calls, patience=LONGEST_LIFE)
            await asyncio.sleep(DICE.uniform(0, 2 * ANSWERS_AFTER))
        process.kill()
        under_way = self.story.under_way
        await asyncio.to_thread(process.join)
        process.close()
        self._looked_at(night, kind, under_way)

    async def last_life(self) -> None:
        """Nobody disturbs it: until everything is told, then an orderly end."""
        process = self.born()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not (self.story.over and not self._untold()):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.5)
        process.terminate()
        await asyncio.to_thread(process.join, 20)
        assert process.exitcode == 0, f"it ended with {process.exitcode}"

    def _looked_at(self, night: Night, kind: str, under_way: int) -> None:
        """What the kill met."""
        night.kills[kind] += 1
        night.moments["with polls under way"] += under_way > 0
        night.moments["between a page and its news"] += self.story.in_between > 0
        rows = self._rows(
            "select c.address, e.key from deliveries d join chats c on c.id = d.chat"
            " join events e on e.id = d.event where d.state = 'sending'"
        )
        night.moments["with calls in flight"] += bool(rows)
        night.flying.update((int(address), key) for address, key in rows)

    def _calls(self) -> int:
        return sum(1 for call in self.telegram.calls if call.method in _TOLD_BY)

    def _untold(self) -> set[str]:
        """The races with news that is not told yet."""
        return {
            str(race)
            for (race,) in self._rows(
                "select distinct e.race from deliveries d join events e on e.id = d.event"
                " where d.state in ('pending', 'sending')"
            )
        }

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Look into the database beside whoever works on it."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            return db.execute(sql).fetchall()


async def told(database: Path, kills: int) -> Night:
    """The whole story; with ``kills`` it goes on a little from kill to kill."""
    night, began = Night(), time.monotonic()
    async with Emulator(latency=ANSWERS_AFTER) as telegram, Story(TOWNS) as story:
        watched = Watched(database, story, telegram)
        for number in range(kills):
            story.allowed = TOWNS * len(STEPS) * (number + 1) // kills
            story.go_on()
            await watched.one_life(night)
        story.allowed = TOWNS * len(STEPS)
        story.go_on()
        await watched.last_life()
        if not story.over:
            night.faults.append(f"the story came to step {story.steps} of {story.allowed}")
        left(night, database)
        night.got.update(_alerts(telegram))
    night.seconds = time.monotonic() - began
    return night


def left(night: Night, database: Path) -> None:
    """Read the database when all is over."""
    with Store(database, readonly=True) as store:
        night.faults += store.check()
        for event in store.events():
            said = (event.race, event.kind.value, event.before, event.after, event.candidate)
            night.events[event.key] = (*said, event.tier.value, event.level.value, event.origin)
        rows = store.db.rows(
            "select e.key, c.address, d.action, d.state from deliveries d join chats c on c.id = d.chat"
            " join events e on e.id = d.event"
        )
        night.deliveries = {(row[0], row[1], row[2]): row[3] for row in rows}


def judged(alone: Night, killed: Night) -> list[tuple[bool, str]]:
    """What must be so, and what was found."""
    events = _difference(alone.events, killed.events)
    rows = _difference(dict.fromkeys(alone.deliveries), dict.fromkeys(killed.deliveries))
    states = Counter(killed.deliveries.values())
    doubt = {(int(chat), key) for (key, chat, _), state in killed.deliveries.items() if state == "uncertain"}
    lost = [alert for alert in alone.got if killed.got[alert] < alone.got[alert]]
    more, flew = _by_chat(killed.got - alone.got), _by_chat(killed.flying)
    return [
        (not alone.faults and not killed.faults, f"faults: {alone.faults + killed.faults or 'none'}"),
        (not events and bool(alone.events), f"{len(alone.events)} events; different: {events or 'none'}"),
        (
            not rows and bool(alone.deliveries),
            f"{len(alone.deliveries)} deliveries; different: {rows or 'none'}",
        ),
        (
            set(states) <= {"sent", "uncertain"} and doubt <= set(killed.flying),
            f"states {dict(states)}, alone {dict(Counter(alone.deliveries.values()))}",
        ),
        (not lost, f"{alone.got.total()} messages; lost: {[text for _, text in lost][:3] or 'none'}"),
        (more <= flew, f"{more.total()} came twice; {flew.total()} were on their way at a kill"),
    ]


def _by_chat(alerts: Counter[tuple[int, str]]) -> Counter[int]:
    """How many of them each chat has."""
    chats: Counter[int] = Counter()
    for (chat, _), number in alerts.items():
        chats[chat] += number
    return chats


def _difference(one: dict, other: dict) -> list[str]:  # type: ignore[type-arg]
    """Where two differ, the first few."""
    keys = [key for key in {**one, **other} if one.get(key, "missing") != other.get(key, "missing")]
    return [f"{key}: {one.get(key, 'missing')} / {other.get(key, 'missing')}" for key in keys[:5]]


def _alerts(telegram: Emulator) -> Iterator[tuple[int, str]]:
    """Chat and words of every alert and edit that was answered, without hours and ports, which differ."""
    for call in telegram.calls:
        if call.method in _TOLD_BY and call.code == 200:
            yield int(call.values["chat_id"]), _HOURS.sub("", call.values["text"])


async def _before(end: float, wait: Awaitable[object]) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(max(0.0, end - time.monotonic())):
            await wait


def main() -> int:
    """Both nights, and what they have in common."""
    parser = argparse.ArgumentParser(prog="python -m tests.longrun.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    given = parser.parse_args()
    print(described())
    if warning := busy():
        print(f"The machine: {warning}.")
    with tempfile.TemporaryDirectory() as folder:
        alone = asyncio.run(told(Path(folder) / "alone.db", 0))
        print(f"undisturbed: {len(alone.events)} events in {alone.seconds:.0f} s", flush=True)
        killed = asyncio.run(told(Path(folder) / "killed.db", given.kills))
    print(
        f"{killed.kills.total()} kills in {killed.seconds:.0f} s, by their moment {dict(killed.kills)}:"
        f" {dict(killed.moments)}"
    )
    print(f"kinds of events: {dict(Counter(event[1] for event in alone.events.values()))}")
    found = judged(alone, killed)
    for well, what in found:
        print(f"{'well' if well else 'NOT WELL':8}  {what}")
    return 0 if all(well for well, _ in found) else 1


if __name__ == "__main__":
    sys.exit(main())
