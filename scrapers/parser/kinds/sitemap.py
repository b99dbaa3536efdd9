"""News sitemaps: addresses with titles and hours, hours before the home page has them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from scrapers.parser.document import Media, document_of
from scrapers.parser.document.links import Item, links_about
from scrapers.parser.document.nodes import Node, XmlNode, text_at
from scrapers.parser.document.stamps import stamp_of
from scrapers.parser.options import Option, checker, texts
from scrapers.parser.page import Page, Unreadable, told
from tally.capture import Capture
from tally.race import Race, Source

NAME = "sitemap"
FETCHED_BY = "feed"
OPTIONS = {
    "match": Option(
        'words of which one must stand in an entry; a candidate\'s name without it, "*" for all', texts
    )
}
check_options = checker(OPTIONS)

_SITEMAPS = 3


def sniff(capture: Capture) -> float:
    """XML that is a sitemap or an index of them."""
    document = document_of(capture)
    if document.media is not Media.XML:
        return 0.0
    return 0.9 if re.search(r"<(?:\w+:)?(?:urlset|sitemapindex)\b", document.text[:3000]) else 0.0


def read(capture: Capture, race: Race, source: Source, published: datetime | None) -> Page:
    """The links that concern the race."""
    document = document_of(capture)
    if document.media is not Media.XML:
        raise Unreadable(f"wrong type: {document.media.value} where a sitemap was expected")
    root = XmlNode(document.xml)
    if root.name not in ("urlset", "sitemapindex"):
        raise Unreadable(f"not the shape of a sitemap: its root is {root.name}")
    items = list(_items(root))
    links = links_about(items, race, source, capture.final_url or capture.url)
    zone = source.timezone or race.timezone
    hours = [hour for item in items if (hour := stamp_of(item.stamp, zone, near=capture.fetched_at))]
    if root.name == "sitemapindex":
        feeds = _newest(root)
        return replace(told((), (), nothing=f"an index of sitemaps; {len(feeds)} are looked at"), feeds=feeds)
    page = told((), (), nothing=f"{len(links)} links that concern the race", published=published)
    return replace(page, links=links, published=max(hours, default=published))


def _newest(root: Node) -> tuple[str, ...]:
    """Of an index the few sitemaps in which today's stories are: of news, else those that changed last.

    Big sites list thousands, a month or a section each.
    """
    entries = [(text_at(entry, "loc"), text_at(entry, "lastmod")) for entry in root.all("sitemap")]
    of_news = [entry for entry in entries if "news" in entry[0].rpartition("/")[2].lower()]
    # ISO hours sort as texts; of those without one the first are the newest on most sites.
    return tuple(link for link, _ in sorted(of_news or entries, key=lambda e: e[1], reverse=True)[:_SITEMAPS])


def _items(root: Node) -> Iterator[Item]:
    for entry in root.all("url", "sitemap"):
        stamp = text_at(entry, "news", "publication_date") or text_at(entry, "lastmod")
        words = " ".join((text_at(entry, "news", "title"), text_at(entry, "news", "keywords")))
        yield Item(text_at(entry, "loc"), words, stamp=stamp)
