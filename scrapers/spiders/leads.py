"""What a page leads to: a feed's newest articles, an index's sitemaps, a live blog's older page."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from scrapers.parser.document.links import joined
from scrapers.parser.page import Page
from scrapers.spiders.liveblog import LiveBlogSpider
from scrapers.spiders.robots import site_of
from tally.race import Source

_AT_ONCE = 10


def led_to(source: Source, spider: str, base: str, page: Page) -> tuple[Source, ...]:
    """The sources that a page, got by a spider, leads to; all have its origin, rank, language and pace."""
    if spider == LiveBlogSpider.name:
        return _older(source, page.links)
    if page.feeds and "/" not in source.name:  # an index in an index leads nowhere
        return _sources(source, base, page.feeds, source.kind)
    return article_sources(source, base, page.links)


def article_sources(feed: Source, base: str, links: Iterable[str]) -> tuple[Source, ...]:
    """A source for each of the newest articles."""
    return _sources(feed, base, links, "article")


def _sources(feed: Source, base: str, links: Iterable[str], kind: str) -> tuple[Source, ...]:
    addresses = dict.fromkeys(address for link in links if (address := joined(base, link)))
    return tuple(_source(feed, address, kind) for address in list(addresses)[:_AT_ONCE])


def _source(feed: Source, address: str, kind: str) -> Source:
    """Its name is the feed's with a part of its own: one article's outcome is never taken for another's."""
    mark = hashlib.sha256(address.encode()).hexdigest()[:8]
    # What the feed's host was trusted with is no other's business.
    access = feed.access if site_of(address) == site_of(feed.url) else replace(feed.access, headers=())
    options = feed.options if kind == feed.kind else {}
    return replace(feed, name=f"{feed.name}/{mark}", url=address, kind=kind, options=options, access=access)


def _older(blog: Source, links: Iterable[str]) -> tuple[Source, ...]:
    """The page after this one, while there are to be more."""
    access, link = blog.access, next(iter(links), None)
    if link is None or access.page >= access.pages:
        return ()
    root = blog.name.partition("/")[0]
    further = replace(access, page=access.page + 1)
    return (replace(blog, name=f"{root}/page {further.page}", url=link, access=further),)
