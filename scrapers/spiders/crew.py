"""The five spiders, opened in one loop and kept open."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from scrapers.spiders import settings as project
from scrapers.spiders.article import ArticleSpider
from scrapers.spiders.base import Desk, OpenSpider
from scrapers.spiders.feed import FeedSpider
from scrapers.spiders.liveblog import LiveBlogSpider
from scrapers.spiders.results_feed import ResultsFeedSpider
from scrapers.spiders.results_page import ResultsPageSpider

_log = logging.getLogger(__name__)

SPIDERS: tuple[type[OpenSpider], ...] = (
    ArticleSpider,
    LiveBlogSpider,
    ResultsPageSpider,
    ResultsFeedSpider,
    FeedSpider,
)
_REOPEN = 1.0  # seconds until a spider that closed by itself is opened again


class Crew:
    """Opens the spiders for a desk; ``lost(name)`` is called when one closed by itself."""

    def __init__(self, desk: Desk, changes: dict[str, Any], lost: Callable[[str], None]) -> None:
        self._desk = desk
        self._lost = lost
        self._runner = AsyncCrawlerRunner(_settings(changes))
        self._crawls: dict[str, asyncio.Task[None]] = {}
        self._at_work = {spider.name: asyncio.Event() for spider in SPIDERS}
        self._stopping = False

    def open(self) -> None:
        """Open all of them; they run as tasks of the running loop."""
        for spider in SPIDERS:
            self._open(spider)

    def is_at_work(self, spider: str) -> None:
        """A spider has asked for its first job."""
        self._at_work[spider].set()

    async def close(self) -> None:
        """Close all of them, when their last downloads are over.

        Scrapy ignores it when a crawl that is only just opening is told to
        stop, and it would stay open for ever; so they may open first.
        """
        self._stopping = True
        for name, crawl in tuple(self._crawls.items()):
            opened = asyncio.create_task(self._at_work[name].wait())
            await asyncio.wait((opened, crawl), return_when=asyncio.FIRST_COMPLETED)
            opened.cancel()
        await self._runner.stop()
        if self._crawls:
            await asyncio.wait(self._crawls.values())

    def _open(self, spider: type[OpenSpider]) -> None:
        if self._stopping:
            return
        crawl = self._runner.crawl(spider, desk=self._desk)
        self._crawls[spider.name] = crawl
        crawl.add_done_callback(lambda done: self._closed(spider, done))

    def _closed(self, spider: type[OpenSpider], crawl: "asyncio.Task[None]") -> None:
        """Nothing known closes a spider; what does all the same must not end the night."""
        del self._crawls[spider.name]
        self._at_work[spider.name].clear()
        if self._stopping:
            return
        error = None if crawl.cancelled() else crawl.exception()
        _log.critical("the spider %s closed by itself and is opened again", spider.name, exc_info=error)
        self._lost(spider.name)
        asyncio.get_running_loop().call_later(_REOPEN, self._open, spider)


def _settings(changes: dict[str, Any]) -> Settings:
    settings = Settings()
    settings.setmodule(project, priority="project")
    settings.setdict({**project.OF_THE_WATCH, **changes}, priority="cmdline")
    return settings
