"""Pages of sources with ``browser = true`` are made by a browser after they were fetched."""

from itertools import count
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import HtmlResponse, Response, TextResponse

from scrapers.spiders.asking import BROWSER, JAR, OWN
from scrapers.spiders.browser import Browser
from scrapers.spiders.deadlines import Deadlines
from scrapers.spiders.errors import NoBrowser
from scrapers.spiders.robots import site_of

# What a page's scripts ask for is fetched in so many slots at once.
_SLOTS = 6


class Rendering:
    """Gives sound HTML pages to the browser, and what it asks for to the engine, where all limits are."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._browser: Browser = getattr(crawler.spider, "browser", None) or Browser()
        self._deadlines: Deadlines = getattr(crawler.spider, "deadlines", None) or Deadlines()
        self._most = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._agent: str = crawler.settings["USER_AGENT"]
        crawler.signals.connect(self._browser.close, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way in."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """The page as its scripts make it."""
        if not request.meta.get(BROWSER) or response.status != 200 or not isinstance(response, TextResponse):
            return response
        try:
            until: float = request.meta["deadline"]
            async with self._deadlines.until(until):
                errand = _Errand(self._crawler, request)
                html = await self._browser.made(response, errand, self._agent, until)
        except TimeoutError as error:
            raise NoBrowser("the page's scripts came to no end in time") from error
        body = html.encode("utf-8", "replace")
        if len(body) > self._most:
            raise DownloadCancelledError("what the page's scripts made is too large")
        # The shell of the page stays the same while its figures change: it is never asked for by its version.
        headers = response.headers.copy()
        for name in ("ETag", "Last-Modified"):
            headers.pop(name, None)
        headers["Content-Type"] = "text/html; charset=utf-8"
        return HtmlResponse(response.url, 200, headers, body, request=request, encoding="utf-8")


class _Errand:
    """Fetches what one page's scripts ask for, on the page's own terms: its deadline, proxy and cookies."""

    def __init__(self, crawler: Crawler, page: Request) -> None:
        self._crawler, self._page = crawler, page
        self._numbers = count()

    async def __call__(self, method: str, url: str, headers: dict[str, str], body: bytes) -> Response:
        own_site = site_of(url) == site_of(self._page.url)
        if method not in ("GET", "HEAD") and not own_site:
            raise PermissionError("a script may send nothing to other sites")
        kept = {key: self._page.meta[key] for key in ("deadline", "proxy", JAR) if key in self._page.meta}
        slot = f"{self._page.meta['download_slot']} #{next(self._numbers) % _SLOTS}"
        own = self._page.meta.get(OWN, ()) if own_site else ()
        secrets = {name: self._page.headers[name] for name in own}
        request = Request(
            url,
            method=method,
            headers={**headers, **secrets},
            body=body,
            dont_filter=True,
            meta={**kept, OWN: tuple(own), "download_slot": slot},
        )
        return await self._crawler.engine.download_async(request)
