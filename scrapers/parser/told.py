"""The running text of a page, for whoever wants to see a quote where it stands."""

from scrapers.parser.document import Document, Media, document_of
from scrapers.parser.kinds import guess_kind, liveblog
from scrapers.parser.kinds.article import passages_in
from scrapers.parser.options import text_option
from scrapers.parser.page import Unreadable
from scrapers.parser.prose import Passage, passages_of
from tally.capture import Capture
from tally.race import Race, Source

_OF_PROSE = frozenset(("article", "liveblog", "text"))


def passages_told(capture: Capture, race: Race, source: Source) -> list[Passage]:
    """What a reader of the page would read, paragraph by paragraph; nothing of structured pages."""
    try:
        kind = source.kind or guess_kind(capture).name
        return _passages(document_of(capture), kind, race, source) if kind in _OF_PROSE else []
    except Unreadable:
        return []


def _passages(document: Document, kind: str, race: Race, source: Source) -> list[Passage]:
    if document.media is Media.TEXT:
        return passages_of(document.text)
    if document.media is not Media.HTML:
        return []
    if kind == "liveblog" or liveblog.is_liveblog(document):
        posts = liveblog.posts_in(document, race, source, document.capture.fetched_at)
        if posts:
            return [passage for post in posts for passage in post.passages]
    return passages_in(document, text_option(source.options, "selector"))
