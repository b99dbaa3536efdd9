"""What became of one captured page."""

from dataclasses import dataclass
from datetime import datetime

from scrapers.parser.prose import Note
from tally.capture import Outcome
from tally.claim import Claim
from tally.reading import Reading


@dataclass(frozen=True, slots=True)
class Page:
    """One page, read.

    ``reason`` says in plain words why nothing was read (None where something
    was). ``links`` are addresses of articles that a feed leads to, or of the
    older page of a live blog; ``feeds`` those of the feeds in an index.
    ``published`` is the page's own hour (aware), ``fingerprint`` the hash of
    its text without the chrome. ``notes`` tell what was seen and left out.
    """

    outcome: Outcome
    readings: tuple[Reading, ...] = ()
    claims: tuple[Claim, ...] = ()
    reason: str | None = None
    links: tuple[str, ...] = ()
    published: datetime | None = None
    title: str | None = None
    fingerprint: str | None = None
    notes: tuple[Note, ...] = ()
    feeds: tuple[str, ...] = ()


class Unreadable(Exception):
    """Raised inside a page kind where the page makes no sense; never leaves the parser.

    ``outcome`` names what the page is instead (broken, a wall, an error page).
    """

    def __init__(self, reason: str, outcome: Outcome = Outcome.UNREADABLE) -> None:
        super().__init__(reason)
        self.reason = reason
        self.outcome = outcome


def told(
    readings: tuple[Reading, ...],
    claims: tuple[Claim, ...],
    *,
    nothing: str,
    notes: tuple[Note, ...] = (),
    published: datetime | None = None,
    title: str | None = None,
) -> Page:
    """A sound page: READ with what was found, or NOTHING for the given reason."""
    found = bool(readings or claims)
    return Page(
        outcome=Outcome.READ if found else Outcome.NOTHING,
        readings=readings,
        claims=claims,
        reason=None if found else nothing,
        notes=notes,
        published=published,
        title=title,
    )
