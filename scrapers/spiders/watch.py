"""The open watch: takes polls, keeps the spiders at work, and remembers what each source said."""

import asyncio
import contextlib
import logging
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from scrapers.parser.kinds import kind_named
from scrapers.spiders import settings as project
from scrapers.spiders.answers import Answer, failure
from scrapers.spiders.base import Item
from scrapers.spiders.browser import Browser
from scrapers.spiders.cadence import Facts
from scrapers.spiders.crew import SPIDERS, Crew
from scrapers.spiders.deadlines import Deadlines
from scrapers.spiders.leads import led_to
from scrapers.spiders.memory import Memory, Said
from scrapers.spiders.polled import Job, Key, Polled
from scrapers.spiders.robots import RobotsBook
from tally.capture import Outcome
from tally.clock import Clock
from tally.errors import FetchError
from tally.race import Race, Source

_log = logging.getLogger(__name__)

_GRACE = 1.0  # seconds that polls under way have when the watch is stopped
_LOST = 900.0  # seconds after which a poll that never came back is given up
_GAP = 1.0  # seconds between two articles of a feed, where the feed leaves so much time
_SOUND = (Outcome.READ, Outcome.NOTHING, Outcome.UNCHANGED)

HandOver = Callable[[Polled], None]


class Watch:
    """Polls sources when told to, and hands over exactly one ``Polled`` for each poll.

    ``hand_over`` is called on the loop. If it raises, nothing of that answer
    is remembered, so that the next poll gets the page again: what was not
    taken in must not be "unchanged" ever after. Polls that are cut off by
    ``stop`` are not handed over.

    ``allow_hosts`` are addresses that may be reached although they are not
    public (see ``AddressGuard``); ``pace`` scales the waits between failures
    as it scales cadences (0.1 is ten times as fast); ``timeout`` is seconds
    for a whole poll and ``max_body`` bytes of unpacked content; ``environ`` is
    where sources' secrets are taken from.
    """

    def __init__(
        self,
        hand_over: HandOver,
        *,
        clock: Clock,
        user_agent: str = project.USER_AGENT,
        allow_hosts: Iterable[str] = (),
        pace: float = 1.0,
        timeout: float = project.DOWNLOAD_TIMEOUT,
        max_body: int = project.DOWNLOAD_MAXSIZE,
        robots: RobotsBook | None = None,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self.clock, self.environ = clock, environ
        self.robots = robots or RobotsBook()
        self.deadlines = Deadlines()
        self.browser = Browser()
        self._hand_over = hand_over
        self._pace = pace
        self._memories: dict[Key, Memory] = {}
        self._leads: dict[Key, tuple[Source, ...]] = {}
        self._queues: dict[str, asyncio.Queue[Job]] = {spider.name: asyncio.Queue() for spider in SPIDERS}
        self._under_way = 0
        self._ended = asyncio.Event()
        self._stopping = self._closed = False
        changes = {
            "USER_AGENT": user_agent,
            "FETCH_ALLOW_HOSTS": list(allow_hosts),
            "DOWNLOAD_TIMEOUT": timeout,
            "DOWNLOAD_MAXSIZE": max_body,
        }
        self._crew = Crew(self, changes, self._give_up)

    async def start(self) -> None:
        """Open the spiders. They stay open until ``stop``."""
        self._crew.open()

    def poll(self, race: Race, source: Source) -> bool:
        """Poll a source now. False if a poll of it is under way, or if it is being left alone for a while.

        Raises ConfigError for a page kind that there is not.
        """
        spider = kind_named(source.kind).fetched_by
        memory = self._memories.setdefault((race.id, source.name), Memory(race, source))
        now = asyncio.get_running_loop().time()
        if memory.job is not None and now - memory.job.asked > _LOST:
            self._lose(memory.job, "the poll never came back")
        if self._stopping or memory.job is not None or memory.breaker.holds(now):
            return False
        memory.meet(race, source)
        memory.job = Job(race, source, self.clock(), now, spider)
        self._under_way += 1
        self._queues[spider].put_nowait(memory.job)
        return True

    def facts(self, race: Race, source: Source) -> Facts:
        """What is known of a source that matters for its next turn."""
        memory = self._memories.get((race.id, source.name))
        return memory.facts(asyncio.get_running_loop().time()) if memory is not None else Facts()

    def keep_only(self, races: Iterable[Race]) -> None:
        """Forget the sources of other races; a poll of one that is under way still comes back."""
        ids = {race.id for race in races}
        for key, memory in tuple(self._memories.items()):
            if key[0] not in ids and memory.job is None:
                del self._memories[key]
                self._leads.pop(key, None)

    async def stop(self) -> None:
        """Close the spiders; polls under way have a second to end and are then cut off.

        A page that was had by then and is still being read gets another
        second. Nothing is handed over when this has returned.
        """
        self._stopping = True
        await self._quiet()
        self.deadlines.cut()
        await self._crew.close()
        await self._quiet()
        self._closed = True

    @property
    def in_flight(self) -> int:
        """How many polls are under way."""
        return self._under_way

    # What the spiders ask of their desk.

    async def next_job(self, spider: str) -> Job | None:
        """The next poll for a spider; waits until there is one."""
        self._crew.is_at_work(spider)
        return await self._queues[spider].get()

    def said(self, job: Job) -> Said:
        """What the source said last."""
        return self._memories[job.key].said

    def take(self, job: Job, answer: Answer) -> Iterable[Item]:
        """Hand an answer over, and remember it once it has been taken."""
        memory = self._memories.get(job.key)
        if memory is None or memory.job is not job:
            return ()
        memory.job = None
        self._under_way -= 1
        if job.source.access.page > 1 and answer.outcome is Outcome.NOTHING:
            # Posts move on to the next page, and one without news is no loss.
            answer = replace(answer, outcome=Outcome.UNCHANGED)
        self._ended.set()
        if self._closed or (self._stopping and answer.outcome is Outcome.FAILED):
            return ()
        self._judge(memory, answer)
        try:
            self._hand_over(_polled(job, answer))
        except Exception:
            _log.exception("what %s said was not taken in; it will be asked again", "/".join(job.key))
        else:
            _remember(memory, answer)
        return ()

    def follow(self, job: Job, answer: Answer) -> Iterable[Job]:
        """Poll what a page leads to, or led to when it last changed: one by one, as they are of one site."""
        page, capture = answer.page, answer.capture
        if page is not None and capture is not None and (page.links or page.feeds):
            found = led_to(job.source, job.spider, capture.final_url, page)
            self._forget(job.key, {lead.name for lead in found})
            self._leads[job.key] = found
        leads = self._leads.get(job.key, ())
        gap = min(_GAP, job.source.cadence * self._pace / (2 * len(leads))) if leads else 0.0
        for place, lead in enumerate(leads):
            asyncio.get_running_loop().call_later(place * gap, self.poll, job.race, lead)
        return ()

    def _forget(self, key: Key, kept: Collection[str] = ()) -> None:
        """What a page no longer leads to; on a long night there are thousands of articles."""
        for lead in self._leads.pop(key, ()):
            theirs = (key[0], lead.name)
            memory = self._memories.get(theirs)
            if lead.name not in kept and memory is not None and memory.job is None:
                del self._memories[theirs]
                self._forget(theirs)

    async def _quiet(self) -> None:
        """Wait until no poll is under way, for a second at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GRACE):
                while self._under_way:
                    self._ended.clear()
                    await self._ended.wait()

    def _judge(self, memory: Memory, answer: Answer) -> None:
        now = asyncio.get_running_loop().time()
        unfit = answer.outcome is Outcome.UNREADABLE and answer.capture is None
        if unfit or answer.outcome in (Outcome.FAILED, Outcome.CHALLENGE):
            memory.breaker.bad(now, memory.source.cadence * self._pace)
        else:
            memory.breaker.good()
            if memory.note(answer.page, answer.fresh, now):
                # What a feed leads to is asked with the feed: its articles set its pace.
                self._memories.get(_root(memory), memory).moved = now
        if answer.wait:
            memory.breaker.wait(now, answer.wait)

    def _give_up(self, spider: str) -> None:
        """A spider closed: its polls are lost, but for those that it had not taken yet."""
        waiting = set(self._queues[spider]._queue)  # type: ignore[attr-defined]
        for memory in tuple(self._memories.values()):
            job = memory.job
            if job is not None and job.spider == spider and job not in waiting:
                self._lose(job, "the spider closed")

    def _lose(self, job: Job, why: str) -> None:
        self.take(job, failure(FetchError(why)))


def _root(memory: Memory) -> Key:
    """The source of the race file that a page belongs to."""
    return (memory.race.id, memory.source.name.partition("/")[0])


def _polled(job: Job, answer: Answer) -> Polled:
    took = asyncio.get_running_loop().time() - job.asked
    return Polled(
        job.race,
        job.source,
        answer.capture,
        answer.page,
        answer.outcome,
        answer.reason,
        job.started,
        took,
        job.served_at,
    )


def _remember(memory: Memory, answer: Answer) -> None:
    """Only what made sense: a wall that is still there must not become "unchanged"."""
    if answer.capture is None or answer.outcome not in _SOUND:
        return
    if answer.page is None:
        memory.keep(answer.capture, memory.said.fingerprint, memory.said.read_at)
    else:
        memory.keep(answer.capture, answer.page.fingerprint, asyncio.get_running_loop().time())
