"""From a server's answer to an outcome, cheapest steps first.

304 → the same body → the same text → read the page. What the parser says of a
page is taken as it is; here is only decided whether it has to be asked.
"""

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import datetime

from scrapy.http import Response

from scrapers import parser
from scrapers.parser.kinds import all_kinds
from scrapers.parser.page import Page
from scrapers.spiders.freshness import seconds_fresh
from scrapers.spiders.memory import Said
from scrapers.spiders.polled import Job
from scrapers.spiders.reasons import outcome_of, plainly, status_in_words
from scrapers.spiders.retry_after import seconds_to_wait
from tally.capture import Capture, Outcome

_log = logging.getLogger(__name__)

# Headers that matter later on.
_KEPT = (b"Content-Type", b"ETag", b"Last-Modified", b"Date", b"Cache-Control", b"Content-Language")
# A body that takes longer to read than other sources should wait for.
_LARGE = 200_000
# For so many seconds a page whose bytes changed is taken as unchanged if its text did not.
_TRUST_TEXT = 60.0
# What a bot check or a log-in wall answers with.
_WALLS = frozenset({401, 403, 429, 503})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a poll came to.

    ``wait`` is how many seconds the server wants to be left alone, ``fresh``
    how many its answer holds (None: as long as the one before).
    """

    outcome: Outcome
    reason: str | None = None
    capture: Capture | None = None
    page: Page | None = None
    wait: float | None = None
    fresh: float | None = 0.0


def failure(error: BaseException) -> Answer:
    """The answer that never came, or that could not be taken."""
    return Answer(outcome_of(error), plainly(error))


def capture_of(response: Response, url: str, now: datetime) -> Capture:
    """What the server sent, as it is kept."""
    headers = {}
    for name in _KEPT:
        value = response.headers.get(name)
        if value is not None:
            headers[name.decode().lower()] = value.decode("latin-1")
    return Capture(url, response.url, now, response.status, response.body, headers)


async def answer_to(job: Job, response: Response, said: Said, now: datetime) -> Answer:
    """Climb the ladder with one response."""
    answer = await _climbed(job, response, said, now)
    control = response.headers.get(b"Cache-Control")
    if control is not None and answer.outcome is not Outcome.FAILED:
        return replace(answer, fresh=seconds_fresh(control, response.headers.get(b"Age")))
    return replace(answer, fresh=None) if response.status == 304 else answer


async def _climbed(job: Job, response: Response, said: Said, now: datetime) -> Answer:
    if response.status == 304:
        return _not_modified(job)
    capture = capture_of(response, job.source.url, now)
    if response.status not in (200, 203):
        return await _refused(job, capture, response)
    if capture.body_hash == said.body_hash:
        return Answer(Outcome.UNCHANGED, capture=capture)
    return await _read(job, capture, said)


def _not_modified(job: Job) -> Answer:
    if job.headers:
        return Answer(Outcome.UNCHANGED)
    return Answer(Outcome.FAILED, "it says 'not modified' of a page that was not asked for by its version")


async def _refused(job: Job, capture: Capture, response: Response) -> Answer:
    """Any other status. Its page is only looked at to tell a wall from a failure."""
    wait = seconds_to_wait(response, capture.fetched_at)
    reason = status_in_words(capture.status)
    if capture.status in _WALLS and capture.body:
        page = await parsed(replace(capture, status=200), job)
        if page.outcome is Outcome.CHALLENGE:
            return Answer(Outcome.CHALLENGE, page.reason or reason, capture, wait=wait)
    return Answer(Outcome.FAILED, reason, wait=wait)


async def _read(job: Job, capture: Capture, said: Said) -> Answer:
    """Compare the text first, but only for so long: what a page keeps in its scripts is no text.

    Such an answer goes without its capture, so that its ETag is not
    remembered: the server would say "not modified" of a page never read.
    """
    fresh = asyncio.get_running_loop().time() - said.read_at < _TRUST_TEXT
    if fresh and said.fingerprint is not None and parser.fingerprint_of(capture) == said.fingerprint:
        return Answer(Outcome.UNCHANGED)
    page = await parsed(capture, job)
    return Answer(page.outcome, page.reason, capture, page)


async def parsed(capture: Capture, job: Job) -> Page:
    """Read a page, in a thread if it is large, and whatever the parser does."""
    source = job.source if job.source.kind else replace(job.source, kind=_kind_of(capture, job.spider))
    arguments = (capture, job.race, source, job.published)
    try:
        if len(capture.body) > _LARGE:
            return await asyncio.to_thread(parser.parse, *arguments)
        return parser.parse(*arguments)
    except Exception:
        _log.exception("the parser failed on a page of %s/%s", job.race.id, job.source.name)
        return Page(Outcome.UNREADABLE, reason="the parser failed on this page; the log says how")


def _kind_of(capture: Capture, spider: str) -> str:
    """The kind of a page that nobody named: of those that this spider gets, the one it looks most like."""
    kinds = [kind for kind in all_kinds() if kind.fetched_by == spider]
    return max(kinds, key=lambda kind: kind.sniff(capture)).name
