"""RSS and Atom: they lead to articles; numbers count only where an entry is nothing but a result."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from scrapers.parser.contests import Contest, page_of
from scrapers.parser.contests.figures import votes_of
from scrapers.parser.document import Media, document_of
from scrapers.parser.document.links import Item, links_about
from scrapers.parser.document.nodes import Node, XmlNode, first, text_at
from scrapers.parser.document.stamps import stamp_of
from scrapers.parser.options import OF_CONTESTS, Option, checker, texts
from scrapers.parser.page import Page, Unreadable, told
from tally.capture import Capture
from tally.race import Race, Source
from tally.reading import Lead

NAME = "rss"
FETCHED_BY = "feed"
OPTIONS = {
    **OF_CONTESTS,
    "match": Option(
        'words of which one must stand in an entry; a candidate\'s name without it, "*" for all', texts
    ),
}
check_options = checker(OPTIONS)

# A bot's line about one contest: "Georgia (EV: 16): Biden +1560".
_LEAD = re.compile(
    r"^(?P<title>.{2,80}?):\s+(?P<name>[^\W\d][\w .'’-]{1,40}?)\s+\+\s?(?P<votes>\d[\d.,]*)(?:\s+votes)?$"
)


def sniff(capture: Capture) -> float:
    """XML that is RSS, RDF or Atom."""
    document = document_of(capture)
    if document.media is not Media.XML:
        return 0.0
    return 0.9 if re.search(r"<(?:\w+:)?(?:rss|RDF|feed)\b", document.text[:3000]) else 0.0


def read(capture: Capture, race: Race, source: Source, published: datetime | None) -> Page:
    """The links that concern the race, and a lead where an entry is one."""
    root = _root(capture)
    links = links_about(_items(root), race, source, capture.final_url or capture.url)
    page = told((), (), nothing=f"{len(links)} links that concern the race", published=published)
    # Most feeds tell no results at all, which is no fault of theirs.
    with suppress(Unreadable):
        page = page_of(contests(capture, source.options), capture, race, source, published, rule=NAME)
    newest = [hour for item in _items(root) if (hour := _hour(item, race, source, capture.fetched_at))]
    return replace(
        page, links=links, published=max(newest, default=page.published), title=_title(root) or None
    )


def contests(capture: Capture, options: Mapping[str, object]) -> tuple[Contest, ...]:
    """Entries that are nothing but a contest and its leader."""
    found = (_contest(item, n) for n, item in enumerate(_items(_root(capture)), 1))
    return tuple(contest for contest in found if contest)


def _contest(item: Item, number: int) -> Contest | None:
    for text in (item.title, item.summary):
        line = _LEAD.match(" ".join(text.split()))
        if line and (votes := votes_of(line["votes"])) is not None:
            lead = Lead(line["name"].strip(), votes=votes)
            stamp = item.stamp or None
            return Contest(line["title"], (), where=f"entry {number}", lead=lead, stamp=stamp, quote=line[0])
    return None


def _root(capture: Capture) -> Node:
    document = document_of(capture)
    if document.media is not Media.XML:
        raise Unreadable(f"wrong type: {document.media.value} where a feed was expected")
    root = XmlNode(document.xml)
    if root.name not in ("rss", "RDF", "feed"):
        raise Unreadable(f"not the shape of a feed: its root is {root.name}")
    return root


def _items(root: Node) -> Iterator[Item]:
    channel = first(root, "channel")
    for holder in (root, channel) if channel else (root,):
        for entry in holder.all("item", "entry"):
            summary = text_at(entry, "description") or text_at(entry, "summary")
            stamp = next(
                (t for tag in ("pubDate", "updated", "published", "date") if (t := text_at(entry, tag))), ""
            )
            yield Item(_link(entry), _bare(text_at(entry, "title")), _bare(summary), stamp)


def _link(entry: Node) -> str:
    """RSS writes the address as text, Atom as an attribute; of several the one for readers."""
    links = list(entry.all("link"))
    for link in links:
        if link.attribute("href") and link.attribute("rel") in ("", "alternate"):
            return link.attribute("href")
    guid = first(entry, "guid")
    identity = guid.text if guid and guid.attribute("isPermaLink") != "false" else ""
    return next((link.text for link in links if link.text), identity if identity.startswith("http") else "")


def _hour(item: Item, race: Race, source: Source, fetched: datetime) -> datetime | None:
    return stamp_of(item.stamp, source.timezone or race.timezone, near=fetched)


def _title(root: Node) -> str:
    return text_at(root, "channel", "title") or text_at(root, "title")


def _bare(text: str) -> str:
    """Text without the HTML that descriptions come with."""
    return " ".join(re.sub(r"<[^<>]{0,300}>", " ", text).split())
