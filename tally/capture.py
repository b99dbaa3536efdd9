"""A capture: one answer of one source, as it was fetched."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Capture:
    """One fetched page. ``headers`` has lower-case names and only those that matter
    (content-type, etag, last-modified, date, cache-control). ``fetched_at`` is aware.
    """

    url: str
    final_url: str
    fetched_at: datetime
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def body_hash(self) -> str:
        """SHA-256 of the body, in hex."""
        return hashlib.sha256(self.body).hexdigest()


class Outcome(StrEnum):
    """Names of what became of a poll; each poll has exactly one. Stored and counted as they stand."""

    UNCHANGED = "unchanged"  # 304, or the same body or text as before
    READ = "read"  # readings or claims were found
    NOTHING = "nothing"  # a sound page on which nothing is told yet
    LOST = "lost"  # nothing could be read where something could be before
    CHALLENGE = "challenge"  # a bot check, a consent or log-in wall
    ERROR_PAGE = "error_page"  # a 200 that says "not found" or "try again later"
    UNREADABLE = "unreadable"  # broken JSON, no text, wrong type, too large
    FAILED = "failed"  # no page was had: time-out, refused, 4xx, 5xx, not allowed
