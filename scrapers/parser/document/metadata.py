"""A page's own title, language and hour."""

from datetime import datetime, timedelta, tzinfo

from scrapers.parser.document.document import Document, Media
from scrapers.parser.document.linked_data import linked_data, of_type, text_in
from scrapers.parser.document.stamps import stamp_of
from tally.race import Race, Source

_MODIFIED = (
    "meta[property='article:modified_time']",
    "meta[property='og:updated_time']",
    "meta[itemprop=dateModified]",
    "meta[name='last-modified']",
)
_PUBLISHED = (
    "meta[property='article:published_time']",
    "meta[itemprop=datePublished]",
    "meta[name=date]",
    "meta[name=pubdate]",
    "meta[name='publish-date']",
    "meta[name='DC.date.issued']",
    "meta[name='parsely-pub-date']",
)
_AHEAD = timedelta(hours=1)
_TIMES = "article header time[datetime], article time[datetime], main time[datetime], time[pubdate]"


def title_of(document: Document) -> str | None:
    """The headline as the page gives it to others, else its first heading, else its title."""
    if document.media is not Media.HTML:
        return None
    for thing in of_type(linked_data(document), "Article", "Posting", "Blog"):
        if headline := text_in(thing, "headline"):
            return headline
    tree = document.tree
    tag = tree.head.css_first("meta[property='og:title']") if tree.head else None
    shared = (tag.attributes.get("content") or "").strip() if tag else ""
    heading = tree.css_first("h1") or tree.css_first("title")
    return shared or (_squeezed(heading.text()) if heading else "") or None


def language_of(document: Document) -> str | None:
    """The language the page says it is in ("tr"), or None."""
    if document.media is not Media.HTML:
        return None
    node = document.tree.css_first("html")
    code = (node.attributes.get("lang") or "").strip().lower()[:2] if node else ""
    return code if len(code) == 2 and code.isalpha() else None


def hour_of(document: Document, race: Race, source: Source) -> datetime | None:
    """When the page was last written, by its own word, aware; None where it does not tell."""
    if document.media is not Media.HTML:
        return None
    zone = source.timezone or race.timezone
    fetched = document.capture.fetched_at
    for hours in (
        _linked_hours(document),
        _meta(document, _MODIFIED),
        _meta(document, _PUBLISHED),
        _times(document),
    ):
        found = [hour for text in hours if (hour := _hour(text, zone, fetched, source.language))]
        # An hour to come is a zone misread or a page planned ahead.
        past = [hour for hour in found if hour <= fetched + _AHEAD]
        if past:
            return max(past)
    return None


def _hour(text: str, zone: tzinfo, fetched: datetime, language: str | None) -> datetime | None:
    return stamp_of(text, zone, near=fetched, language=language)


def _linked_hours(document: Document) -> list[str]:
    things = list(of_type(linked_data(document), "Article", "Posting", "Blog"))
    return [text_in(thing, key) for thing in things[:1] for key in ("dateModified", "datePublished")]


def _meta(document: Document, selectors: tuple[str, ...]) -> list[str]:
    # Pages put them into their head; to look through the whole body for each would cost more than reading it.
    head = document.tree.head
    for selector in selectors:
        node = head.css_first(selector) if head else None
        if node and (text := node.attributes.get("content")):
            return [text]
    return []


def _times(document: Document) -> list[str]:
    node = document.tree.css_first(_TIMES)
    return [node.attributes.get("datetime") or ""] if node else []


def _squeezed(text: str) -> str:
    return " ".join(text.split())
