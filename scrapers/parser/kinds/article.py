"""A news article: what it says of itself in JSON-LD, then its main text."""

from datetime import datetime

from scrapers.parser.document import Document, Media, document_of
from scrapers.parser.document.given_text import given_passages
from scrapers.parser.document.linked_data import linked_data, of_type, text_in
from scrapers.parser.document.main_text import main_passages
from scrapers.parser.document.metadata import hour_of, language_of, title_of
from scrapers.parser.kinds.liveblog import is_liveblog
from scrapers.parser.kinds.liveblog import read as read_liveblog
from scrapers.parser.kinds.text import read as read_text
from scrapers.parser.options import SELECTOR, checker, text_option
from scrapers.parser.page import Page, Unreadable, told
from scrapers.parser.prose import Passage, read_prose
from tally.capture import Capture
from tally.race import Race, Source

NAME = "article"
FETCHED_BY = "article"
OPTIONS = {"selector": SELECTOR}
check_options = checker(OPTIONS)


def sniff(capture: Capture) -> float:
    """An HTML page; more so where it says that it is an article."""
    document = document_of(capture)
    if document.media is not Media.HTML:
        return 0.0
    if any(of_type(linked_data(document), "Article")):
        return 0.7
    return 0.6 if document.tree.css_first("article p") else 0.4


def read(capture: Capture, race: Race, source: Source, published: datetime | None) -> Page:
    """The counts and claims an article tells."""
    document = document_of(capture)
    if document.media is Media.TEXT:
        return read_text(capture, race, source, published)
    if document.media is not Media.HTML:
        raise Unreadable(f"wrong type: {document.media.value} where an article was expected")
    if is_liveblog(document):
        # Newsrooms turn the story of the night into a live blog under the same address.
        return read_liveblog(capture, race, source, published)
    at = hour_of(document, race, source) or published
    passages = passages_in(document, text_option(source.options, "selector"))
    if not passages:
        raise Unreadable("no text on the page")
    prose = read_prose(
        passages, race, source, at or capture.fetched_at, source.language or language_of(document)
    )
    return told(
        prose.readings,
        prose.claims,
        nothing="nothing told about the race",
        notes=prose.notes,
        published=at,
        title=title_of(document),
    )


def passages_in(document: Document, selector: str | None = None) -> list[Passage]:
    """Headline, sub-headline, and the body: from the page, or from JSON-LD where that has more of it."""
    body = document.tree.css_first(selector) if selector else None
    root = body or document.tree.body
    found = main_passages(root) if root else []
    story = next(of_type(linked_data(document), "Article"), {})
    given = text_in(story, "articleBody")
    if len(given) > sum(len(p.text) for p in found if p.role == "paragraph"):
        found = given_passages(given)
    heads = [(title_of(document) or "", "headline"), (text_in(story, "alternativeHeadline"), "sub-headline")]
    known = {head for head, _ in heads}
    top = [Passage(text, where, "headline") for text, where in heads if text]
    return top + [passage for passage in found if passage.text not in known]
