"""Which articles a feed leads to: the newest few, remembered until the feed has newer ones."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from scrapers.spiders.robots import site_of
from tally.race import Source

_AT_ONCE = 10


def article_sources(feed: Source, base: str, links: Iterable[str]) -> tuple[Source, ...]:
    """A source for each of the newest articles; it has the feed's origin, rank, language and cadence.

    Its name is the feed's with a part of its own, so that the outcome of one
    article is never taken for another's.
    """
    addresses = dict.fromkeys(urljoin(base, link).partition("#")[0] for link in links)
    web = [address for address in addresses if urlsplit(address).scheme in ("http", "https")]
    return tuple(_article(feed, address) for address in web[:_AT_ONCE])


def _article(feed: Source, address: str) -> Source:
    mark = hashlib.sha256(address.encode()).hexdigest()[:8]
    # What the feed's host was trusted with is no other's business.
    access = feed.access if site_of(address) == site_of(feed.url) else replace(feed.access, headers=())
    return replace(feed, name=f"{feed.name}/{mark}", url=address, kind="article", options={}, access=access)
