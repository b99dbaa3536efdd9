"""Plain text: a report as a person would paste it."""

from datetime import datetime

from scrapers.parser.document import Media, document_of
from scrapers.parser.options import checker
from scrapers.parser.page import Page, Unreadable, told
from scrapers.parser.prose import passages_of, read_prose
from tally.capture import Capture
from tally.race import Race, Source

NAME = "text"
FETCHED_BY = "article"
OPTIONS = {}  # type: ignore[var-annotated]
check_options = checker(OPTIONS)


def sniff(capture: Capture) -> float:
    """Text that is no markup."""
    return 0.3 if document_of(capture).media is Media.TEXT else 0.0


def read(capture: Capture, race: Race, source: Source, published: datetime | None) -> Page:
    """The counts and claims of a text."""
    document = document_of(capture)
    if not document.text.strip():
        raise Unreadable("empty body")
    at = published or capture.fetched_at
    prose = read_prose(passages_of(document.text), race, source, at, source.language)
    return told(
        prose.readings,
        prose.claims,
        nothing="nothing told about the race",
        notes=prose.notes,
        published=published,
    )
