"""An outbox at work on a night, under a clock that is set by hand."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.app import TelegramBot
from bot.outbox import Outbox
from bot.pacer import UNPACED, Pacer
from storage import Store
from storage.intake import Decision
from tally.decide import decide
from tally.event import Event
from tally.evidence import Evidence
from tally.race import Race
from tally.reading import Counted, Reading, Result
from tests.bot.conftest import NOW
from tests.emulator import Emulator, Person
from tests.emulator.people import PATIENCE


class Hand:
    """A clock that is set by hand."""

    def __init__(self, hour: datetime = NOW) -> None:
        self.hour = hour

    def __call__(self) -> datetime:
        return self.hour


class Desk:
    """Store, bot and outbox of one night; ``on`` moves the clock."""

    def __init__(self, telegram: Emulator, store: Store, races: dict[str, Race], clock: Hand) -> None:
        self.telegram = telegram
        self.store = store
        self.races = races
        self.clock = clock
        self.bot = TelegramBot(telegram.token, store, races, clock, telegram.url, wait=0.01)
        self.outbox = self._outbox()
        self._sending: asyncio.Task[None] | None = None

    def _outbox(self) -> Outbox:
        pacers = {"telegram": Pacer(UNPACED)}
        return Outbox(self.store, [self.bot.channel], self.races.get, clock=self.clock, pacers=pacers)

    async def open(self) -> None:
        await self.bot.start()
        self._sending = asyncio.create_task(self.outbox.run())

    async def close(self) -> None:
        await self.outbox.stop()
        if self._sending is not None:
            await self._sending
        await self.bot.stop()

    async def restart_outbox(self) -> None:
        """As after a stop of the process: what was claimed is settled, and it goes on."""
        await self.outbox.stop()
        if self._sending is not None:
            await self._sending
        self.outbox = self._outbox()
        self._sending = asyncio.create_task(self.outbox.run())

    def on(self, **more: float) -> None:
        """Later; whatever is due then goes out."""
        self.clock.hour += timedelta(**more)
        self.outbox.wake()

    def tell(self, *news: Event) -> None:
        """These events happen, on the way that every event goes."""
        for event in news:
            self.store.change(self.races[event.race], _happening(event), self.clock())
        self.outbox.wake()

    def count(self, doe: int, roe: int, race: str = "harbour", counted: float = 50) -> None:
        """The board of the race counts so many votes for each, and so many per cent."""
        cast = (("doe", doe), ("roe", roe))
        reading = Reading(
            race,
            "board",
            self.clock(),
            Evidence(f"Doe {doe}, Roe {roe}"),
            tuple(Result(name, votes, round(97.6 * votes / (doe + roe), 1)) for name, votes in cast),
            Counted(counted),
            url="https://board.example/count",
        )
        at = self.clock()
        self.store.change(self.races[race], lambda standing: decide(standing, [reading], [], at), at)
        self.outbox.wake()

    async def quiet(self) -> None:
        """Until nothing is left to send that is due."""
        await self.telegram.idle()
        await self.until(lambda: not self._busy())

    async def until(self, holds: Callable[[], object]) -> None:
        """Until something holds of which no call tells: what the outbox writes down after one."""
        async with asyncio.timeout(PATIENCE):
            while not holds():  # noqa: ASYNC110 - the database rings no bell
                await asyncio.sleep(0.002)

    def _busy(self) -> bool:
        due = self.store.db.rows(
            "select (select count(*) from deliveries where state in ('pending', 'sending'))"
            " + (select count(*) from notices"
            " where sending or ((wanted > shown or not pinned) and due_at <= ?))",
            (self.clock().strftime("%Y-%m-%dT%H:%M:%S.%fZ"),),
        )
        return bool(due[0][0])

    async def follower(self, name: str = "Anna", race: str = "harbour", language: str = "en") -> Person:
        person = self.telegram.person(name, language)
        person.sends(f"/follow {race}")
        await person.chat.next()
        return person

    async def ask(self, person: Person, words: str) -> str:
        """What is answered to these words."""
        before = len(person.chat.told)
        person.sends(words)
        await person.chat.until(lambda: len(person.chat.told) > before)
        return person.chat.told[-1].text


def _happening(event: Event) -> Decision:
    return lambda standing: (standing, [event])


@asynccontextmanager
async def desk(telegram: Emulator, store: Store, races: dict[str, Race], clock: Hand) -> AsyncIterator[Desk]:
    made = Desk(telegram, store, races, clock)
    await made.open()
    try:
        yield made
    finally:
        await made.close()
        store.close()
