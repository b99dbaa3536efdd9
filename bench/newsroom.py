"""A newsroom of many hosts in a process of its own: most pages stand still, some flip their lead.

Every source has a loopback address of its own (127.1.x.y), as 200 sources have
200 hosts: connections, slots and robots.txt are then as many as on a night.
A page's path says what it does: ``/still/N`` never changes, ``/race/N``
changes when the bench asks for a flip, ``/turn/N`` is a large page of results
with other numbers every time, ``/hang/N`` never answers.
"""

import asyncio
import json
import sys
from dataclasses import dataclass, field

from aiohttp import web

from bench.child import monotonic, say
from bench.pages import article, results_page
from bench.races import LEADERS, votes_of

STILL_SIZE, TURNING_SIZE = 60_000, 200_000


@dataclass
class Newsroom:
    """What is on the pages, and which versions of them were served when."""

    versions: dict[int, int] = field(default_factory=dict)
    served: dict[tuple[int, int], float] = field(default_factory=dict)
    requests: int = 0
    unchanged: int = 0
    still: dict[int, bytes] = field(default_factory=dict)
    still_size: int = STILL_SIZE

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Any request."""
        self.requests += 1
        kind, number = request.match_info["kind"], int(request.match_info["number"])
        if kind == "hang":
            await asyncio.sleep(3600)
        if kind == "turn":
            return self.turned(number)
        version = self.versions.get(number, 0) if kind == "race" else 0
        tag = f'"{kind}-{number}-{version}"'
        if request.headers.get("If-None-Match") == tag:
            self.unchanged += 1
            return web.Response(status=304, headers={"ETag": tag})
        body = self.race(number, version) if kind == "race" else self.page(number)
        response = web.Response(body=body, content_type="text/html", charset="utf-8", headers={"ETag": tag})
        if kind == "race" and version:
            self.served.setdefault((number, version), monotonic())
        return response

    def turned(self, number: int) -> web.Response:
        """Never the same twice."""
        lines = [(LEADERS[0], 100_000 + self.requests), (LEADERS[1], 90_000 + self.requests)]
        page = results_page(f"Race {number}", lines, 50, TURNING_SIZE)
        return web.Response(body=page, content_type="text/html", charset="utf-8")

    def race(self, number: int, version: int) -> bytes:
        """The results page of a race."""
        lines = list(zip(LEADERS, votes_of(number, version), strict=True))
        return results_page(f"Race {number}", lines, min(10 + version * 2.5, 99), 40_000)

    def page(self, number: int) -> bytes:
        """A story in which nothing is told."""
        if number not in self.still:
            self.still[number] = article(f"Story {number}", "The count goes on.", self.still_size, number)
        return self.still[number]

    def told(self, question: dict[str, int]) -> dict[str, object]:
        """A line from the bench: flip a race, or tell what was served."""
        if (race := question.get("flip")) is not None:
            self.versions[race] = self.versions.get(race, 0) + 1
            return {"version": self.versions[race]}
        served = [[race, version, when] for (race, version), when in self.served.items()]
        return {"served": served, "requests": self.requests, "unchanged": self.unchanged}


async def main() -> None:
    """Serve until stdin closes."""
    newsroom = Newsroom(still_size=int(sys.argv[1]) if sys.argv[1:] else STILL_SIZE)
    app = web.Application()
    app.router.add_get("/{kind:still|race|turn|hang}/{number:\\d+}", newsroom.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "0.0.0.0", 0, backlog=1024)
    await site.start()
    assert site._server is not None
    say(port=site._server.sockets[0].getsockname()[1])  # type: ignore[attr-defined]
    while line := await asyncio.to_thread(sys.stdin.readline):
        say(**newsroom.told(json.loads(line)))
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
