"""One captured page, read as the kind its source says it is; whatever it is, an outcome comes of it."""

from dataclasses import replace
from datetime import datetime

from scrapers.parser.document import document_of
from scrapers.parser.document.fingerprint import fingerprint
from scrapers.parser.document.walls import error_within, wall_at_once, wall_within
from scrapers.parser.kinds import Kind, guess_kind, kind_named
from scrapers.parser.page import Page, Unreadable
from tally.capture import Capture, Outcome
from tally.errors import ConfigError
from tally.race import Race, Source


def parse(capture: Capture, race: Race, source: Source, published: datetime | None = None) -> Page:
    """Read a capture for one race. Never raises: what can't be read is an outcome with its reason.

    ``published`` is the page's hour where somebody knows it better than the
    page says; a stamp on the page itself goes first.
    """
    try:
        return _parse(capture, race, source, published)
    except Unreadable as broken:
        return Page(broken.outcome, reason=broken.reason)
    except Exception as error:
        return Page(Outcome.UNREADABLE, reason=f"the reader failed: {type(error).__name__}: {error}"[:300])


def fingerprint_of(capture: Capture) -> str | None:
    """The hash of a page's text without its chrome; None where there is no text. Cheap, never raises."""
    try:
        return fingerprint(document_of(capture))
    except Exception:
        return None


def _parse(capture: Capture, race: Race, source: Source, published: datetime | None) -> Page:
    if capture.status == 304:
        return Page(Outcome.UNCHANGED, reason="not modified")
    document = document_of(capture)
    if capture.status >= 400:
        wall = wall_at_once(document)
        return Page(Outcome.FAILED, reason=f"HTTP {capture.status}{f': {wall}' if wall else ''}")
    if not capture.body.strip():
        return Page(Outcome.UNREADABLE, reason="empty body")
    document.check()
    wall = wall_at_once(document)
    if wall:
        return Page(Outcome.CHALLENGE, reason=wall, fingerprint=fingerprint_of(capture))
    page = _kind(capture, source).read(capture, race, source, published)
    return replace(_unless_a_wall(page, capture), fingerprint=fingerprint_of(capture))


def _kind(capture: Capture, source: Source) -> Kind:
    try:
        return kind_named(source.kind)
    except ConfigError:
        return guess_kind(capture)


def _unless_a_wall(page: Page, capture: Capture) -> Page:
    """A page on which nothing was found may be a consent wall or an error with status 200."""
    if page.outcome not in (Outcome.NOTHING, Outcome.UNREADABLE) or page.links:
        return page
    document = document_of(capture)
    for outcome, reason in (
        (Outcome.CHALLENGE, wall_within(document)),
        (Outcome.ERROR_PAGE, error_within(document)),
    ):
        if reason:
            return replace(page, outcome=outcome, reason=reason)
    return page
