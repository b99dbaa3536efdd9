"""What is remembered of each source between two polls: what it said last, and when it may be asked again."""

from dataclasses import dataclass, field

from scrapers.parser.page import Page
from scrapers.spiders.cadence import Facts
from scrapers.spiders.polled import Job
from tally.capture import Capture, Outcome
from tally.race import Race, Source

_SHORTEST_CAP = 60.0
_LONGEST_CAP = 300.0


@dataclass(slots=True)
class Said:
    """The last answer that was taken in: what the server calls it, and how to know it again.

    ``read_at`` is the loop time at which the page was last read and not only compared.
    """

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    fingerprint: str | None = None
    read_at: float = 0.0

    def conditions(self) -> dict[str, str]:
        """The request headers that ask for a page only if it has changed."""
        headers = {}
        if self.etag:
            headers["If-None-Match"] = self.etag
        if self.last_modified:
            headers["If-Modified-Since"] = self.last_modified
        return headers


@dataclass(slots=True)
class Breaker:
    """Waits longer after each failure in a row, and asks once when the time is over.

    One failure waits for the next turn and no longer. From the second on the
    wait doubles, up to twelve turns, at least one minute and at most five: a
    board's site breaks down under its visitors on the very night, and is
    wanted back soon.
    """

    failures: int = 0
    until: float = 0.0

    def holds(self, now: float) -> bool:
        """Whether the source may not be asked at ``now`` (monotonic seconds)."""
        return now < self.until

    def good(self) -> None:
        """An answer was had."""
        self.failures = 0

    def bad(self, now: float, turn: float) -> None:
        """No answer was had; ``turn`` is the source's cadence in seconds."""
        self.failures += 1
        if self.failures > 1:
            cap = min(max(12 * turn, _SHORTEST_CAP), _LONGEST_CAP)
            self.until = max(self.until, now + min(turn * 2 ** min(self.failures - 1, 10), cap))

    def wait(self, now: float, seconds: float) -> None:
        """The server asked to be left alone for so long."""
        self.until = max(self.until, now + seconds)


@dataclass(slots=True)
class Memory:
    """All that is known of one source.

    ``tells`` is what its page told last, as far as it matters; ``moved`` is
    when that last changed, ``known`` when it was first read, ``fresh_until``
    how long its server says that it holds (all in loop time; ``fresh_for`` in
    seconds from each answer).
    """

    race: Race
    source: Source
    said: Said = field(default_factory=Said)
    breaker: Breaker = field(default_factory=Breaker)
    job: Job | None = None
    tells: object = None
    moved: float | None = None
    known: float | None = None
    fresh_for: float = 0.0
    fresh_until: float = 0.0

    def facts(self, now: float) -> Facts:
        """What matters for the next turn, at ``now`` (loop time)."""
        moved = None if self.moved is None else now - self.moved
        known = 0.0 if self.known is None else now - self.known
        return Facts(moved, max(self.fresh_until - now, 0.0), max(self.breaker.until - now, 0.0), known)

    def note(self, page: Page | None, fresh: float | None, now: float) -> bool:
        """An answer was had: ``page`` if it was read, and ``fresh`` seconds that it holds (None: as before).

        Whether it told something else than before; whose ``moved`` that is, the watch knows.
        """
        self.fresh_for = self.fresh_for if fresh is None else fresh
        self.fresh_until = now + self.fresh_for
        if page is None or page.outcome not in (Outcome.READ, Outcome.NOTHING):
            return False
        tells = _told_by(page)
        moved = self.tells is not None and tells != self.tells
        self.tells = tells
        self.known = now if self.known is None else self.known
        return moved

    def meet(self, race: Race, source: Source) -> None:
        """Forget the last answer if the race or source was changed: the same page now reads differently."""
        if race is not self.race and race != self.race:
            self.said = Said()
        if source is not self.source and source != self.source:
            self.said = Said()
        self.race, self.source = race, source

    def keep(self, capture: Capture, fingerprint: str | None, read_at: float) -> None:
        """Remember an answer, once it has been taken in."""
        etag, last_modified = capture.headers.get("etag"), capture.headers.get("last-modified")
        self.said = Said(etag, last_modified, capture.body_hash, fingerprint, read_at)


def _told_by(page: Page) -> tuple[object, ...]:
    """A page's numbers and words, and what it leads to; no hours: many are of "now" at every look."""
    counts = tuple((r.origin, r.results, r.counted, r.lead, r.post) for r in page.readings)
    words = tuple((c.kind, c.actor, c.target, c.evidence.quote) for c in page.claims)
    return counts, words, page.links
