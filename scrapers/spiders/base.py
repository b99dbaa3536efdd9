"""The open spider: it takes jobs from a desk, fetches, climbs the ladder, and hands back what it found.

A spider decides nothing and keeps nothing. Its desk does: the watch (for ever)
or a run by hand (once).
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any, Protocol

from scrapy import Spider
from scrapy.exceptions import IgnoreRequest, NotSupported

from scrapers.spiders.answers import Answer, answer_to, failure
from scrapers.spiders.asking import request_for
from scrapers.spiders.browser import Browser
from scrapers.spiders.deadlines import Deadlines
from scrapers.spiders.memory import Said
from scrapers.spiders.polled import Job
from scrapers.spiders.reasons import DOWNLOAD_ERRORS
from scrapers.spiders.robots import RobotsBook
from tally.clock import Clock
from tally.errors import FetchError

_log = logging.getLogger(__name__)

Item = dict[str, Any]

# A process may have so many connections open; hung sources are left alone long before.
_AT_ONCE = 900
# What is wrong with a server or an address is no fault of ours, and its reason is handed over.
_EXPECTED = (OSError, ValueError, FetchError, IgnoreRequest, NotSupported, *DOWNLOAD_ERRORS)


class Desk(Protocol):
    """Whom a spider works for."""

    clock: Clock
    robots: RobotsBook
    deadlines: Deadlines
    environ: Mapping[str, str]
    browser: Browser

    async def next_job(self, spider: str) -> Job | None:
        """The next poll for this spider; None when there will be none any more."""
        ...

    def said(self, job: Job) -> Said:
        """What the source said last."""
        ...

    def take(self, job: Job, answer: Answer) -> Iterable[Item]:
        """Take what a poll came to; the items are for Scrapy's exports."""
        ...

    def follow(self, job: Job, answer: Answer) -> Iterable[Job]:
        """Jobs for the articles that a feed leads to, where this spider is to fetch them itself."""
        ...


class OpenSpider(Spider):
    """What the five spiders have in common. By hand: ``url`` and ``race``, or ``source`` as RACE/NAME."""

    name: str

    def __init__(self, desk: Desk | None = None, **arguments: str) -> None:
        super().__init__()
        if desk is None:
            from scrapers.spiders.by_hand import HandDesk  # noqa: PLC0415 - the open watch never needs it

            desk = HandDesk(self.name, arguments)
        self.desk = desk
        self.robots = desk.robots
        self.deadlines = desk.deadlines
        self.browser = desk.browser
        self._polls: set[asyncio.Task[list[Item]]] = set()
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def start(self) -> AsyncIterator[Item]:
        """Poll for as long as the desk has jobs; a run by hand comes to its end, and gives items.

        An exception here would close the spider for good, and a download that
        was awaited here would hold up the others: each poll is a task.
        """
        while (job := await self.desk.next_job(self.name)) is not None:
            task = asyncio.create_task(self._poll(job))
            self._polls.add(task)
            task.add_done_callback(self._polls.discard)
        for found in await asyncio.gather(*self._polls):
            for item in found:
                yield item

    async def _poll(self, job: Job) -> list[Item]:
        """One poll: fetch, climb the ladder, hand over, and go on to what it leads to."""
        answer = await self._answer(job)
        try:
            found = list(self.desk.take(job, answer))
            for article in self.after(job, answer):
                found += await self._poll(article)
        except Exception:
            _log.exception("an answer of %s could not be handed over", "/".join(job.key))
            return []
        return found

    async def _answer(self, job: Job) -> Answer:
        try:
            async with self._room:
                request = request_for(job, self.desk.said(job), self.desk.environ)
                response = await self.crawler.engine.download_async(request)
            job.served_at = _served_at(response.meta)
            return await answer_to(job, response, self.desk.said(job), self.desk.clock())
        except Exception as error:
            if not isinstance(error, _EXPECTED):
                _log.exception("a poll of %s stumbled", "/".join(job.key))
            return failure(error)

    def after(self, job: Job, answer: Answer) -> Iterable[Job]:
        """What is left to do when the desk has an answer; a feed goes on to its articles."""
        return ()


def _served_at(meta: dict[str, Any]) -> float | None:
    """The loop time in which the answer's head arrived."""
    began, latency = meta.get("began"), meta.get("download_latency")
    if began is None or latency is None:
        return asyncio.get_running_loop().time()
    return float(began + latency)
