"""The one process in which everything runs: when each source is due, and who hears of what came of it.

It decides nothing. APScheduler says when, the watch fetches and reads, the
store takes in and decides, the outbox tells; each is given what it needs here,
and a fault of one is written down and stays with it.
"""

import asyncio
import logging
import signal
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from races import Roster
from scrapers.parser.prose import warm
from scrapers.spiders.heartbeat import beat
from scrapers.spiders.polled import Polled
from scrapers.spiders.spoken import languages_of
from scrapers.spiders.stats import Stats
from scrapers.spiders.timetable import Timetable
from scrapers.spiders.watch import Watch
from storage import Store
from tally.capture import Outcome
from tally.clock import Clock
from tally.event import Event
from tally.race import Race, Source
from tally.stage import outlook

if TYPE_CHECKING:
    from monitoring.monitor import Monitor

_log = logging.getLogger(__name__)

_TALKATIVE = ("scrapy", "apscheduler", "aiohttp.access", "httpx", "httpcore")

Hear = Callable[[Sequence[Event]], object]


class Bot(Protocol):
    """Who listens to chats. Starting never raises."""

    async def start(self) -> None: ...  # noqa: D102

    async def stop(self) -> None: ...  # noqa: D102


class Outbox(Protocol):
    """Who tells people. ``run`` works until ``stop``; ``wake`` says that there is something to tell."""

    async def run(self) -> None: ...  # noqa: D102

    def wake(self) -> None: ...  # noqa: D102

    async def stop(self) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Tempo:
    """``pace`` scales cadences (0.1: ten times as often); ``tick`` is seconds until time passes again."""

    pace: float = 1.0
    tick: float = 5.0


class Service:
    """Watch, store, outbox and bot in one loop.

    ``hear`` is told of new events, ``heartbeat`` is a file that says when a
    poll last went well, ``watching`` holds further options of the ``Watch``.
    A ``Roster`` of races may change while it works. ``monitor``, where one is
    given, is told of everything and started and stopped with the service.
    """

    monitor: "Monitor | None" = None

    def __init__(
        self,
        races: Iterable[Race] | Roster,
        store: Store,
        outbox: Outbox,
        *,
        clock: Clock,
        bot: Bot | None = None,
        tempo: Tempo = Tempo(),
        hear: Hear = len,
        heartbeat: Path | None = None,
        watching: Mapping[str, Any] | None = None,
    ) -> None:
        self.stats = Stats()
        self._roster = races if isinstance(races, Roster) else Roster(races)
        self._races = self._roster.in_force
        self._store, self._outbox, self._bot = store, outbox, bot
        self._clock, self._tempo = clock, tempo
        self._hear, self._heartbeat = hear, heartbeat
        self._watch = Watch(self._take_in, clock=clock, pace=tempo.pace, **(watching or {}))
        seen = lambda race: outlook(store.standing(race), clock())  # noqa: E731
        self._timetable = Timetable(self._poll, tempo.pace, outlook=seen, known=self._watch.facts)
        self._telling: asyncio.Task[None] | None = None
        self._ticks: asyncio.Task[None] | None = None

    async def run(self, until: asyncio.Event | None = None) -> None:
        """Start, work until ``until`` is set or SIGTERM or SIGINT comes, and stop."""
        end = until or asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, end.set)
        try:
            await self.start()
            await end.wait()
        finally:
            await self.stop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    async def start(self) -> None:
        """Start everything; polls begin within seconds."""
        for name in _TALKATIVE:
            if logging.getLogger(name).level == logging.NOTSET:
                logging.getLogger(name).setLevel(logging.WARNING)
        if self.monitor is not None:
            await self.monitor.start()
        if self._bot is not None:
            await self._bot.start()
        self._telling = asyncio.create_task(self._keep("the outbox", self._outbox.run))
        self._ticks = asyncio.create_task(self._keep("the ticking", self._ticking))
        # The first page in a language would otherwise stall everything for a third of a second.
        await asyncio.to_thread(warm, languages_of(self._races.values()))
        await self._watch.start()
        self._timetable.start(self._races.values())
        if self.monitor is not None:
            self.monitor.started = True

    async def stop(self) -> None:
        """Stop in the order of the flow: what was read is still stored, what is being told is told whole."""
        self._timetable.stop()
        await _contained(self._watch.stop)
        await _ended(self._ticks)
        await _contained(self._outbox.stop)
        await _ended(self._telling)
        if self._bot is not None:
            await _contained(self._bot.stop)
        if self.monitor is not None:
            await _contained(self.monitor.stop)
        self._beat()

    def _poll(self, race: Race, source: Source) -> None:
        if self._is_watched(race):
            self._watch.poll(race, source)

    def _take_in(self, polled: Polled) -> None:
        """Take what the watch hands over. If the store can't, the watch must know, to ask for it again."""
        if self._races.get(polled.race.id) != polled.race:
            return  # the race was changed or taken off while its page was fetched
        page = polled.page if polled.outcome is Outcome.READ else None
        readings, claims = (page.readings, page.claims) if page is not None else ((), ())
        found = (polled.capture, polled.outcome, readings, claims)
        try:
            intake = self._store.take_in(
                polled.race, polled.source, *found, self._clock(), reason=polled.reason
            )
        except Exception as error:
            self._in_trouble("intake", error)
            raise
        self.stats.count(intake.outcome, len(readings), len(claims), datetime.now(UTC))
        if self.monitor is not None:
            taken = (polled.capture, readings, len(claims))
            self.monitor.polled(polled.race, polled.source.name, intake.outcome, polled.took, taken)
        self._timetable.answered(polled.race, polled.source)
        self._tell(intake.events, polled.served_at)

    def _tell(self, events: Sequence[Event], served_at: float | None = None) -> None:
        if not events:
            return
        seconds = None if served_at is None else time.monotonic() - served_at
        if seconds is not None:
            self.stats.latencies.append(seconds)
        if self.monitor is not None:
            self.monitor.told(events, seconds)
        self.stats.events += len(events)
        self._outbox.wake()
        self._timetable.look_again({event.race for event in events})
        try:
            self._hear(events)
        except Exception:
            _log.exception("events are stored, but whoever listens stumbled over them")

    async def _ticking(self) -> None:
        """Let time pass for every race: a feed that stopped is told, an embargo lifts."""
        while True:
            await asyncio.sleep(self._tempo.tick)
            self._timetable.mind_the_clock()
            await self._renew()
            for race in tuple(self._races.values()):
                try:
                    self._tell(self._time_passes(race))
                except Exception as error:
                    self._in_trouble("ticking", error)
                    _log.exception("time could not pass for %s", race.id)
            self._beat()

    def _time_passes(self, race: Race) -> Sequence[Event]:
        """The news that time makes in a race; one that adds up others has none but theirs."""
        if not race.adds_up:
            return self._store.tick(race, self._clock())
        parts = [self._races[part] for part in race.adds_up if part in self._races]
        return self._store.add_up(race, parts, self._clock())

    async def _renew(self) -> None:
        """Take changed race files up without a restart; operators hear of it, and of what was refused."""
        found = await asyncio.to_thread(self._roster.look)
        if found is None:
            return
        _log.warning(found.words)
        if found.races is not None:
            await asyncio.to_thread(warm, languages_of(found.races))
            self._roster.take_up(found.races)
            self._watch.keep_only(found.races)
            self._timetable.take_up(found.races)
        self._store.tell_operators(found.words)
        self._outbox.wake()

    def _in_trouble(self, where: str, error: Exception) -> None:
        self.stats.troubles += 1
        if self.monitor is not None:
            self.monitor.trouble(where, error)

    def _beat(self) -> None:
        if self._heartbeat is not None:
            watching = any(self._is_watched(race) for race in self._races.values())
            beat(self._heartbeat, datetime.now(UTC), self.stats.last_good, watching)

    def _is_watched(self, race: Race) -> bool:
        return race.watch_until is None or self._clock() < race.watch_until

    async def _keep(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Run something for ever: if it fails, it is told and begun again."""
        while True:
            try:
                await work()
            except Exception as error:
                self._in_trouble(name, error)
                _log.exception("%s stumbled and begins again", name)
            else:
                return
            await asyncio.sleep(1)


async def _contained(stop: Callable[[], Awaitable[None]]) -> None:
    """One step of stopping, after which the others are taken whatever happened."""
    try:
        await stop()
    except Exception:
        _log.exception("stopping went wrong; the rest is stopped all the same")


async def _ended(task: asyncio.Task[None] | None) -> None:
    if task is not None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
