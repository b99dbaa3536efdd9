"""What goes into the prose reader and what comes out of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tally.claim import Claim
from tally.reading import Reading

Role = Literal["headline", "paragraph", "caption", "list", "post", "quote", "cell"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of running text.

    ``where`` is its place for a person ("paragraph 3"); ``at`` its own hour, aware, where it has
    one (a live-blog post); ``post`` the identity of that post.
    """

    text: str
    where: str = ""
    role: Role = "paragraph"
    at: datetime | None = None
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something seen and left out, and why: shown by ``read --explain``."""

    quote: str
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Everything a text tells about one race."""

    readings: tuple[Reading, ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[Note, ...] = ()
