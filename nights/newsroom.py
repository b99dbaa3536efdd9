"""A local newsroom: a real web server on which a recorded night happens again.

Whoever watches it does so by real HTTP and is told nothing else. The newsroom
gives it the night's hours (``clock``) and its races with the sources' addresses
turned to this server (``races``).
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from aiohttp import web

from nights.attendance import Attendance
from nights.clock import NightClock
from nights.night import Answer, Change, Night, Step
from nights.serving import respond
from tally.access import PLAIN
from tally.errors import TallywireError
from tally.race import Race, Source

# A silent step must outlast a watcher's look at its clock, or a feed that stops is never noticed.
SILENCE = 0.6
_CADENCE_PART = 1 / 100  # 15 s on the night become 0.15 s
_FASTEST, _SLOWEST = 0.08, 0.5


@dataclass(frozen=True, slots=True)
class Served:
    """When a version went up and when it was first given to a client, in monotonic seconds."""

    step: int
    url: str
    version: str
    changed_at: float
    first_served_at: float


class Newsroom:
    """Serves ``night`` on 127.0.0.1, every host as the first part of the path.

    A showing takes about ``seconds``, or the night's own length divided by
    ``speed``; it takes longer where the watcher is slower. Use as an async
    context manager, then ``await run()``.
    """

    def __init__(self, night: Night, speed: float = 1.0, seconds: float | None = None, port: int = 0) -> None:
        if speed <= 0 or (seconds is not None and seconds <= 0):
            raise TallywireError("speed and seconds must be above 0")
        self.night = night
        self.clock = NightClock(night.steps[0].at)
        self.attendance = Attendance()
        self.requests = 0
        self._seconds = seconds if seconds is not None else night.seconds / speed
        self._port = port
        pages = (change.url for step in night.steps for change in step.changes)
        self._urls = {_key(url): url for url in pages}
        self._answers: dict[str, Answer] = _answers(night.steps[0].changes)
        self._runner: web.AppRunner | None = None

    @property
    def base_url(self) -> str:
        """The server's address, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def served(self) -> list[Served]:
        """Every version that was fetched, in the order in which they went up."""
        return [
            Served(s.step, s.url, s.version, s.since, s.first_at)
            for s in self.attendance.showings
            if s.first_at is not None
        ]

    def races(self, races: Iterable[Race]) -> tuple[Race, ...]:
        """The races with their sources here, polled as much faster as the night goes faster.

        A source that the night has no page for is left out: a rehearsal stays on this machine. So is a
        race that is not of this night: that it does not name or, where it names none, has no page of.
        """
        named = self.night.races
        here = (
            replace(race, sources=tuple(self._here(s) for s in race.sources if _key(s.url) in self._urls))
            for race in races
            if not named or race.id in named
        )
        return tuple(race for race in here if named or race.sources)

    def address(self, url: str) -> str:
        """The night's own address of a page that this server gives."""
        key = url.removeprefix(f"{self.base_url}/")
        return self._urls.get(key, f"https://{key}") if key != url else url

    def _here(self, source: Source) -> Source:
        hurry = max(1.0, self.night.seconds / self._seconds)
        cadence = max(_FASTEST, min(_SLOWEST, source.cadence * _CADENCE_PART) / hurry)
        url = f"{self.base_url}/{_key(source.url)}"
        # Where hours leap from step to step, no pace but this one makes sense.
        # Its proxy and its secrets are for the real site.
        access = replace(PLAIN, pages=source.access.pages)
        return replace(source, url=url, cadence=cadence, fastest=cadence, slowest=cadence, access=access)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/robots.txt", self._robots)
        app.router.add_get("/{host}/{path:.*}", self._page)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise TallywireError(f"the newsroom can't use port {self._port}: {error}") from error
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def run(self, progress: Callable[[Step], None] | None = None) -> None:
        """Let the night happen, step by step; ``progress`` is called as each step begins."""
        weights = sum(step.weight for step in self.night.steps)
        for index, step in enumerate(self.night.steps):
            if progress is not None:
                progress(step)
            self.clock.leap(step.at, self.night.until(index))
            dwell = self._seconds * step.weight / weights
            least = dwell if step.changes else max(dwell, SILENCE)
            await asyncio.gather(asyncio.sleep(least), self._show(index, step))

    async def _show(self, index: int, step: Step) -> None:
        """One page after the other, each once the one before was taken in: two showings tell the same.

        Only the pages of the first step were all there before anybody came.
        """
        for batch in [step.changes] if index == 0 else [(change,) for change in step.changes]:
            self._answers |= _answers(batch)
            showings = [self.attendance.show(index, _key(c.url), c.version) for c in batch]
            await self.attendance.taken_in(showings)

    async def _page(self, request: web.Request) -> web.Response:
        key = request.path_qs[1:]
        host, _, path = key.partition("/")
        self.requests += 1
        if path == "robots.txt" and host in self.night.robots:
            return web.Response(text=self.night.robots[host])
        self.attendance.asked(key)
        return respond(request, self._answers.get(key), self.clock(), self.requests)

    async def _robots(self, request: web.Request) -> web.Response:
        return web.Response(text="\n".join(_moved(host, text) for host, text in self.night.robots.items()))


def _answers(changes: Iterable[Change]) -> dict[str, Answer]:
    return {_key(change.url): change.answer for change in changes}


def _key(url: str) -> str:
    """Host, path and query: what a page is called on this server."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")


def _moved(host: str, robots: str) -> str:
    """A host's robots.txt as part of this server's one: clients look for it at the root."""
    return "\n".join(
        line.replace(": /", f": /{host}/", 1) if line.lower().startswith(("allow:", "disallow:")) else line
        for line in robots.splitlines()
    )
