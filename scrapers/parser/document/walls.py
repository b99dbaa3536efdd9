"""Pages that are in the way of a page: bot checks, consent and log-in walls, errors with status 200."""

from scrapers.parser.document.document import Document


def wall_at_once(document: Document) -> str | None:
    return None


def wall_within(document: Document) -> str | None:
    return None


def error_within(document: Document) -> str | None:
    return None
