"""Scrapy's settings, for the open watch and for ``scrapy`` by hand alike. Each says what it prevents."""

import os
from typing import TYPE_CHECKING, Any

from scrapers.spiders.unpacking import ACCEPTED
from tally import __version__

if TYPE_CHECKING:
    from settings import Settings

BOT_NAME = "tallywire"
SPIDER_MODULES = ["scrapers.spiders"]


def user_agent(contact: str | None) -> str:
    """Who we are, and where the operator can be asked (an address of mail or web)."""
    us = f"Tallywire/{__version__}"
    return f"{us} (+{contact.strip()})" if contact and contact.strip() else us


def watch_options(settings: "Settings") -> dict[str, Any]:
    """The options of a ``Watch`` that the operator's settings give."""
    return {
        "user_agent": user_agent(settings.contact),
        "allow_hosts": list(settings.allow_hosts),
        "environ": settings.environ,
    }


USER_AGENT = user_agent(os.environ.get("TALLYWIRE_CONTACT"))

# One plain asyncio loop, shared with everything else in the process.
TWISTED_REACTOR_ENABLED = False

_HANDLER = "scrapers.spiders.handler.GuardedHandler"
DOWNLOAD_HANDLERS: dict[str, str | None] = {
    "http": _HANDLER,
    "https": _HANDLER,
    "ftp": None,
    "s3": None,
    "data": None,
}
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_TIMEOUT = 20  # seconds for a whole poll, redirects and slow drips included
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024  # bytes of content, after decompression
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 5
ROBOTSTXT_OBEY = True
# By hand it is the operator's own machine: anything may be fetched. The open watch turns this off.
FETCH_ANY_ADDRESS = True
FETCH_ALLOW_HOSTS: list[str] = []

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": ACCEPTED,
}

# A hung source must delay nobody: each has its own slot, and only the sum is limited.
CONCURRENT_REQUESTS = 1000
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1  # 100 would start a hundred tasks for every page
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 100 * 1024 * 1024
DOWNLOAD_DELAY = 0

# First in, first out; the same address is asked again and again.
SCHEDULER_PRIORITY_QUEUE = "scrapy.pqueues.ScrapyPriorityQueue"
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

# Only what is needed: no retries, cookies only where a source wants them, no cache that would keep the
# first page for ever, and an answer of any status comes back to the spider.
DOWNLOADER_MIDDLEWARES_BASE = {
    "scrapers.spiders.rendering.Rendering": 50,
    "scrapers.spiders.middlewares.Robots": 100,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapers.spiders.middlewares.Redirects": 600,
    "scrapers.spiders.cookies.Cookies": 700,
}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
EXTENSIONS_BASE = {"scrapy.extensions.feedexport.FeedExporter": 0}
COOKIES_ENABLED = False
RETRY_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
WARN_ON_GENERATOR_RETURN_VALUE = False
STATS_DUMP = False

LOG_LEVEL = "WARNING"
FEED_EXPORT_ENCODING = "utf-8"
FEED_EXPORT_INDENT = 2
# By hand, without -O or -o, what was read is printed.
FEEDS: dict[str, dict[str, Any]] = {"stdout:": {"format": "json", "store_empty": False}}

OF_THE_WATCH: dict[str, Any] = {
    "FETCH_ANY_ADDRESS": False,
    "DOWNLOAD_HANDLERS": {**DOWNLOAD_HANDLERS, "file": None},
    "EXTENSIONS_BASE": {},
}
