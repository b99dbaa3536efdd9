"""robots.txt: fetched once an hour per site, obeyed, and never taken for a yes when it could not be had.

No file (4xx) allows everything. A server error, or no answer, holds the pages
of that site back unless older rules are known, and is tried again soon.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego
from scrapy.http import Response

from scrapers.spiders.reasons import plainly

AGENT = "Tallywire"  # the name that robots.txt files would use
_GOOD_FOR = 3600.0
_TRY_AGAIN = 20.0
_LARGEST = 512 * 1024

Fetch = Callable[[str], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site asks of robots until ``expires`` (loop time); ``held`` is why nothing may be fetched."""

    expires: float
    parser: Protego | None = None
    held: str | None = None

    def refusal(self, url: str) -> str | None:
        """Why this page may not be fetched, or None."""
        if self.held is not None or self.parser is None:
            return self.held
        return None if self.parser.can_fetch(url, AGENT) else "the site's robots.txt forbids this page"

    @property
    def delay(self) -> float:
        """Seconds that the site wants between two requests."""
        return float(self.parser.crawl_delay(AGENT) or 0.0) if self.parser else 0.0


class RobotsBook:
    """The rules of all sites, and when each may be asked next."""

    def __init__(self, good_for: float = _GOOD_FOR, try_again: float = _TRY_AGAIN) -> None:
        self._good_for = good_for
        self._try_again = try_again
        self._rules: dict[str, Rules] = {}
        self._fetches: dict[str, asyncio.Task[Rules]] = {}
        self._next: dict[str, float] = {}

    async def rules(self, url: str, fetch: Fetch) -> Rules:
        """The rules for a page's site; one fetch serves all who wait for it."""
        site = site_of(url)
        known = self._rules.get(site)
        if known is not None and asyncio.get_running_loop().time() < known.expires:
            return known
        task = self._fetches.get(site)
        if task is None:
            task = self._fetches[site] = asyncio.create_task(self._renew(site, fetch, known))
            task.add_done_callback(lambda _: self._fetches.pop(site, None))
        return await asyncio.shield(task)

    def turn(self, url: str, delay: float) -> float:
        """Take the site's next turn: the loop time from which one request may be made."""
        site, now = site_of(url), asyncio.get_running_loop().time()
        begin = max(now, self._next.get(site, 0.0)) if delay else now
        self._next[site] = begin + delay
        return begin

    async def _renew(self, site: str, fetch: Fetch, known: Rules | None) -> Rules:
        try:
            response = await fetch(f"{site}/robots.txt")
            rules = self._read(site, response)
        except Exception as error:  # whatever went wrong, it is no permission
            rules = self._hold(site, plainly(error))
        if rules.held is not None and known is not None and known.held is None:
            rules = Rules(rules.expires, known.parser)
        self._rules[site] = rules
        return rules

    def _read(self, site: str, response: Response) -> Rules:
        now = asyncio.get_running_loop().time()
        if response.status == 429 or not 200 <= response.status < 500:
            return self._hold(site, f"HTTP {response.status}")
        if response.status >= 300:
            return Rules(now + self._good_for)
        text = response.body[:_LARGEST].decode("utf-8", "replace")
        return Rules(now + self._good_for, Protego.parse(text))

    def _hold(self, site: str, why: str) -> Rules:
        now = asyncio.get_running_loop().time()
        return Rules(now + self._try_again, held=f"robots.txt of {site} could not be had ({why})")


def site_of(url: str) -> str:
    """Scheme, host and port of an address, without user and password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
