"""The open spider: it takes jobs from a desk, fetches, climbs the ladder, and hands back what it found.

A spider decides nothing and keeps nothing. Its desk does: the watch (for ever)
or a run by hand (once).
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from typing import Any, Protocol

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from scrapers.spiders.answers import Answer, answer_to, failure
from scrapers.spiders.deadlines import Deadlines
from scrapers.spiders.memory import Said
from scrapers.spiders.polled import Job
from scrapers.spiders.robots import RobotsBook
from tally.clock import Clock
from tally.errors import FetchError

_log = logging.getLogger(__name__)

Item = dict[str, Any]


class Desk(Protocol):
    """Whom a spider works for."""

    clock: Clock
    robots: RobotsBook
    deadlines: Deadlines

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

    async def start(self) -> AsyncIterator[Any]:
        """Requests for as long as the desk has jobs. An exception here would close the spider for good."""
        while (job := await self.desk.next_job(self.name)) is not None:
            try:
                request = self.request_for(job)
            except Exception as error:
                self._deliver(job, failure(error))
            else:
                yield request

    def request_for(self, job: Job) -> Request:
        """The request of one poll, in a slot of its source's own."""
        job.headers = self.desk.said(job).conditions()
        return Request(
            job.source.url,
            callback=self.answered,
            errback=self.failed,
            headers=dict(job.headers),
            dont_filter=True,
            meta={"job": job, "download_slot": "/".join(job.key)},
        )

    async def answered(self, response: Response) -> AsyncIterator[Any]:
        """Scrapy's callback: an answer of any status."""
        job: Job = response.meta["job"]
        job.served_at = _served_at(response.meta)
        try:
            answer = await answer_to(job, response, self.desk.said(job), self.desk.clock())
        except Exception as error:
            _log.exception("an answer of %s could not be dealt with", "/".join(job.key))
            answer = failure(error)
        for output in self._deliver(job, answer):
            yield output

    def failed(self, problem: Failure) -> list[Any]:
        """Scrapy's errback: no answer, or one that was broken off."""
        job: Job = problem.request.meta["job"]  # type: ignore[attr-defined]
        return self._deliver(job, failure(problem.value or FetchError("no answer")))

    def after(self, job: Job, answer: Answer) -> list[Any]:
        """What is left to do when the desk has an answer; a feed goes on to its articles."""
        return []

    def _deliver(self, job: Job, answer: Answer) -> list[Any]:
        try:
            return [*self.desk.take(job, answer), *self.after(job, answer)]
        except Exception:
            _log.exception("an answer of %s could not be handed over", "/".join(job.key))
            return []


def _served_at(meta: dict[str, Any]) -> float | None:
    """The loop time in which the answer's head arrived."""
    began, latency = meta.get("began"), meta.get("download_latency")
    if began is None or latency is None:
        return asyncio.get_running_loop().time()
    return float(began + latency)
