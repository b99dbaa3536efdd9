"""The watcher of the watcher: told of everything that happens, and asked how it goes."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitoring.condition import Check, Facts, checks, is_well, summary
from monitoring.metrics import Metrics
from monitoring.present import Present
from monitoring.pulse import DatabasePulse, LoopPulse
from monitoring.server import Server
from monitoring.supervisor import PATIENCE, Patience, Supervisor
from settings import Listen
from storage import Store
from tally.capture import Capture, Outcome
from tally.clock import Clock
from tally.errors import Damaged, StorageError
from tally.event import Event
from tally.race import Race
from tally.reading import Reading

_log = logging.getLogger(__name__)

Races = Callable[[], Iterable[Race]]
Work = Callable[[], Awaitable[None]]


async def _nobody(_: str) -> None:
    """The alarm of a house in which there is nobody to tell but the log."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What the monitor asks of others.

    ``alarm`` tells operators without the database, ``telegram`` says what is
    wrong with Telegram (None: nothing), ``channels`` are those with an outbox.
    """

    alarm: Callable[[str], Awaitable[object]] = _nobody
    telegram: Callable[[], str | None] = lambda: None
    channels: tuple[str, ...] = ()


_ALONE = Neighbours()


class Monitor:
    """Metrics, supervisor and pulses of one service.

    ``races`` gives those in force, ``listen`` is where it answers (None:
    nowhere), ``works`` run beside it for ever (heartbeats, upkeep). A fault of
    the monitor is logged and stays with it.
    """

    def __init__(
        self,
        store: Store,
        races: Races,
        *,
        clock: Clock,
        neighbours: Neighbours = _ALONE,
        listen: Listen | None = None,
        patience: Patience = PATIENCE,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.metrics = Metrics()
        self.supervisor = Supervisor(store, clock, patience)
        self.database = DatabasePulse(store, neighbours.alarm)
        self.works: list[Work] = []
        self.started = False
        self._loop = LoopPulse(self.metrics.lagged)
        self._store, self._races, self._clock = store, races, clock
        self._neighbours, self._monotonic = neighbours, monotonic
        self._look_every = patience.look
        self._began = self._sent = monotonic()
        self._tasks: set[asyncio.Task[None]] = set()
        present = Present(store, self.supervisor, self.watched, self.facts, monotonic)
        self.metrics.registry.register(present)
        self.server = Server(listen, self.metrics.registry, self.checks) if listen else None

    async def start(self) -> None:
        """Open the server and begin. Raises ConfigError where its address can't be had."""
        if self.server is not None:
            await self.server.open()
        for work in (self._loop.run, self.database.run, self._looking, *self.works):
            self._spawn(self._keep(work))

    async def stop(self) -> None:
        """Stop everything."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.server is not None:
            await self.server.close()

    def polled(
        self,
        race: Race,
        source: str,
        outcome: Outcome,
        took: float,
        found: tuple[Capture | None, Sequence[Reading], int],
    ) -> None:
        """A poll came to its end in ``took`` seconds; ``found`` are page, readings and number of claims."""
        capture, readings, claims = found
        self.supervisor.polled(race, source, outcome, self._monotonic())
        self.metrics.polled(race.id, source, outcome, took)
        if readings or claims:
            self.metrics.read(race.id, source, readings, claims)
        if capture is not None:
            self.metrics.fetched(capture, readings)

    def told(self, events: Sequence[Event], seconds: float | None = None) -> None:
        """News was stored, so many seconds after its page arrived."""
        self.metrics.told(events, seconds)

    def delivered(self, channel: str, outcome: str, event_at: datetime | None) -> None:
        """A channel was called."""
        self._sent = self._monotonic()
        self.metrics.delivered(channel, outcome, event_at, self._clock())

    def trouble(self, where: str, error: BaseException) -> None:
        """A fault was contained."""
        self.metrics.trouble(where)
        if isinstance(error, Damaged):
            self._spawn(self.database.damaged(error))

    def watched(self) -> list[Race]:
        """The races that are watched now."""
        now = self._clock()
        return [race for race in self._races() if race.watch_until is None or now < race.watch_until]

    def facts(self) -> Facts:
        """What is so at this moment."""
        good = self.supervisor.last_good
        names = [(race.id, source.name) for race in self.watched() for source in race.sources]
        try:
            waiting = tuple((name, self._store.waiting(name)) for name in self._neighbours.channels)
            lost = sum(self._store.health(*name).lost is not None for name in names)
            database, paused = self.database.wrong, self._store.paused
        except StorageError as error:
            waiting, lost, database, paused = (), 0, str(error), False
        if paused or not any(count for _, count in waiting):
            self._sent = self._monotonic()
        return Facts(
            since_good=self._monotonic() - (self._began if good is None else good),
            started=self.started,
            watching=bool(names),
            database=database,
            telegram=self._neighbours.telegram(),
            lag=self._loop.last,
            waiting=waiting,
            stuck=self._monotonic() - self._sent,
            sources=len(names),
            lost=lost,
        )

    def checks(self) -> tuple[Check, ...]:
        """Everything that makes the service ready."""
        return checks(self.facts())

    def is_well(self) -> bool:
        """Whether all of it is well."""
        return is_well(self.checks())

    def summary(self) -> str:
        """One line for a person."""
        return summary(self.facts())

    async def _looking(self) -> None:
        while True:
            await asyncio.sleep(self._look_every)
            self.told(self.supervisor.look(self.watched(), self._monotonic()))
            self.facts()  # an outbox is stuck since it was last seen empty

    async def _keep(self, work: Work) -> None:
        while True:
            try:
                await work()
            except StorageError as error:
                self.trouble("monitor", error)
                _log.error("the monitor waits for the database: %s", error)
            except Exception as error:
                self.trouble("monitor", error)
                _log.exception("the monitor stumbled and goes on")
            else:
                return
            await asyncio.sleep(self._look_every)

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
