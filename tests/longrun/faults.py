"""Each failure of a call, and what the chat saw of it: over real HTTP, with the strict emulator.

``python -m tests.longrun.faults`` prints the table. Every fault is met by an
alert of each level, and by an edit where edits differ.
"""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from telegram import Bot

from bench.sender import RACE, news, told
from bot.channels.telegram import TelegramChannel, base_url, connections
from bot.outbox import Outbox
from storage import Store
from tally.event import Level
from tests.emulator import (
    DropAfter,
    DropBefore,
    Emulator,
    Fault,
    Forbidden,
    Garbage,
    Late,
    Migrate,
    Room,
    Status,
    TooMany,
)

PATIENCE = 1.0  # seconds of the bot's read timeout here; 30 in the service
ONCE, TWICE, NEVER = 1, 2, 0


@dataclass(frozen=True)
class Case:
    """A fault at the first call: how often the chat sees the alert, and how its delivery ends."""

    name: str
    fault: Fault | None
    urgent: tuple[int, str]
    routine: tuple[int, str]
    rests: bool = False


SENT, DOUBTED, FAILED = "sent", "uncertain", "failed"
CASES = (
    Case("429, retry after 1 s", TooMany(1), (ONCE, SENT), (ONCE, SENT)),
    Case("403, blocked", Forbidden(), (NEVER, FAILED), (NEVER, FAILED), rests=True),
    Case("403, deactivated", Forbidden("user is deactivated"), (NEVER, FAILED), (NEVER, FAILED), rests=True),
    Case("group became a supergroup", Migrate(), (ONCE, SENT), (ONCE, SENT)),
    Case("400, topic closed", Status(400, "Bad Request: TOPIC_CLOSED"), (NEVER, FAILED), (NEVER, FAILED)),
    Case("400, no rights", Status(400, "Bad Request: not enough rights"), (NEVER, FAILED), (NEVER, FAILED)),
    Case(
        "400, markup refused", Status(400, "Bad Request: can't parse entities: x"), (ONCE, SENT), (ONCE, SENT)
    ),
    Case("502", Status(502, "Bad Gateway"), (ONCE, SENT), (ONCE, SENT)),
    Case("connection dropped before", DropBefore(), (ONCE, SENT), (NEVER, DOUBTED)),
    Case("connection dropped after", DropAfter(), (TWICE, SENT), (ONCE, DOUBTED)),
    Case("late answer", Late(3 * PATIENCE), (TWICE, SENT), (ONCE, DOUBTED)),
    Case("answer is no JSON", Garbage(), (TWICE, SENT), (ONCE, DOUBTED)),
    Case("connection refused", None, (ONCE, SENT), (ONCE, SENT)),
)


@dataclass(frozen=True)
class Seen:
    """What came of one case: how often the chat saw the alert, the delivery's state, the calls made."""

    times: int
    state: str
    calls: int
    resting: bool


async def one(case: Case, level: Level, folder: Path) -> Seen:
    """One chat, one alert, one fault."""
    async with Emulator() as telegram:
        anna = telegram.person("Anna", started=True)
        room = (
            anna.chat
            if not isinstance(case.fault, Migrate)
            else telegram.room("group", "Desk", members=[anna])
        )
        target = _fault(telegram, case, room)
        refused = case.fault is None
        port = int(telegram.url.rsplit(":", 1)[1])
        if refused:
            await telegram.stop()
        with Store(folder / f"{abs(hash((case.name, level)))}.db") as store:
            chat = store.add_chat("telegram", str(room.id), kind=room.chat.kind)
            store.follow(chat.id, RACE.id)
            event = news(1, level)
            told(store, event)
            await _sent(store, telegram, port if refused else None)
            state = store.db.rows("select state from deliveries")[0][0]
            resting = not store.chats("telegram")
        seen = [*telegram.sent(room.id), *(telegram.sent(target) if target else [])]
        calls = sum(call.method == "sendMessage" for call in telegram.calls)
        return Seen(len(seen), state, calls, resting)


def _fault(telegram: Emulator, case: Case, room: Room) -> int | None:
    """Order the fault; the address the chat moves to, if it does."""
    if isinstance(case.fault, Migrate):
        new = telegram.upgrade(room, told=False)
        return new.id
    if case.fault is not None:
        telegram.faults.order(case.fault)
    return None


async def _sent(store: Store, telegram: Emulator, comes_back: int | None) -> None:
    requests = connections(4, PATIENCE)
    bot = Bot(telegram.token, base_url=base_url(telegram.url), request=requests, get_updates_request=requests)
    box = Outbox(store, [TelegramChannel(bot)], {RACE.id: RACE}.get)
    running = asyncio.create_task(box.run())
    if comes_back is not None:
        await asyncio.sleep(0.3)  # the first call meets nobody
        await telegram.start(port=comes_back)
    async with asyncio.timeout(30):
        await box.drained()
    await box.stop()
    await running
    await requests.shutdown()


async def table(cases: Sequence[Case], folder: Path) -> bool:
    """All cases, printed; whether each is as it must be."""
    print(
        "| what happens to the first call | level | the chat sees it | delivery | calls | |\n"
        + "|---" * 6
        + "|"
    )
    well = True
    for case in cases:
        for level, wanted in ((Level.URGENT, case.urgent), (Level.ROUTINE, case.routine)):
            seen = await one(case, level, folder)
            right = (seen.times, seen.state) == wanted and seen.resting == case.rests
            well = well and right
            times = {0: "never", 1: "once", 2: "twice"}.get(seen.times, str(seen.times))
            state = seen.state + (", chat at rest" if seen.resting else "")
            print(
                f"| {case.name} | {level} | {times} | {state} | {seen.calls} | {'✓' if right else '✗'} |",
                flush=True,
            )
    return well


def main() -> int:
    """Print the table; 1 where a line is not as it must be."""
    with tempfile.TemporaryDirectory() as folder:
        return 0 if asyncio.run(table(CASES, Path(folder))) else 1


if __name__ == "__main__":
    sys.exit(main())
