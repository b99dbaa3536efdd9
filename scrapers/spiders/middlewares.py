"""What every request passes on its way out: robots.txt, the site's own pace, and redirects."""

import asyncio
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from scrapers.spiders.asking import OWN
from scrapers.spiders.deadlines import Deadlines
from scrapers.spiders.errors import NotAllowed
from scrapers.spiders.robots import RobotsBook, site_of

_WEB = ("http://", "https://")


class Robots:
    """Obeys robots.txt, for the target of a redirect as well."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._book: RobotsBook = getattr(crawler.spider, "robots", None) or RobotsBook()
        self._deadlines: Deadlines = getattr(crawler.spider, "deadlines", None) or Deadlines()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way in. ROBOTSTXT_OBEY=False turns it off, for a run by hand."""
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass when its turn has come. Raises NotAllowed."""
        if request.meta.get("is_robots") or not request.url.startswith(_WEB):
            return
        proxy = request.meta.get("proxy")
        rules = await self._book.rules(request.url, lambda url: self._fetch(url, proxy))
        refusal = rules.refusal(request.url)
        if refusal is not None:
            raise NotAllowed(refusal)
        if rules.delay:
            await self._wait(self._book.turn(request.url, rules.delay))

    async def _wait(self, until: float) -> None:
        seconds = until - asyncio.get_running_loop().time()
        if seconds <= 0:
            return
        try:
            async with self._deadlines.until(None):
                await asyncio.sleep(seconds)
        except TimeoutError as stopped:
            raise NotAllowed("stopped while it waited for the site's Crawl-delay") from stopped

    async def _fetch(self, url: str, proxy: str | None) -> Response:
        meta = {"is_robots": True, "download_slot": f"robots {site_of(url)}"} | (
            {"proxy": proxy} if proxy else {}
        )
        return await self._crawler.engine.download_async(Request(url, meta=meta, dont_filter=True))


class Redirects(RedirectMiddleware):
    """Scrapy's redirects without a Referer: nobody needs to know who watches them from where.

    Nor does anybody but the source's own host get the headers that were meant for it.
    """

    def _build_redirect_request(
        self, source_request: Request, response: Response, *, url: str, **more: Any
    ) -> Request:
        made = super()._build_redirect_request(source_request, response, url=url, **more)
        if site_of(source_request.url) != site_of(url):
            for name in made.meta.pop(OWN, ()):
                made.headers.pop(name, None)
        return made

    def handle_referer(self, request: Request, response: Response) -> None:
        """Send none."""
        request.headers.pop("Referer", None)

    def _engine_started(self) -> None:
        """Scrapy would warn here that no Referer is sent."""
