"""A newsroom on a bad night, in a process of its own: any request may meet one of the troubles.

Every source has a loopback address of its own, and a path that says what it is,
as with ``bench.newsroom``. A change counts as taken in when its page went out
whole and was asked for again by its tag; a race changes again only after that.
Spoken to in lines of JSON:
``{"share": 0.08}`` sets how many requests are troubled, ``{"flip": true}``
changes the next race that may, ``{"tell": "served"}`` lists the changes served.
"""

import asyncio
import contextlib
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass, field

from bench.child import monotonic, say
from bench.pages import article, results_page
from bench.races import LEADERS, votes_of
from tests.longrun.troubles import troubles

SIZE = 40_000


@dataclass
class Stormy:
    """What is on the pages, which changes were served, and what else was done to those who asked."""

    races: int
    share: float = 0.0
    versions: Counter[int] = field(default_factory=Counter)
    served: dict[tuple[int, int], float] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    taken_in: set[tuple[int, int]] = field(default_factory=set)
    next: int = 0
    pages: dict[tuple[str, int, int], bytes] = field(default_factory=dict)
    dice: random.Random = field(default_factory=random.Random)

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept alive until something breaks it."""
        broken = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError)
        with contextlib.suppress(*broken):
            while await self._answered(await reader.readuntil(b"\r\n\r\n"), writer):
                pass
        writer.close()

    async def _answered(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        """One request; False where the connection ends with it."""
        line, *fields = request.decode("latin-1").split("\r\n")
        path = line.split(" ")[1]
        if path == "/round":
            writer.write(b"HTTP/1.1 302 .\r\nLocation: /round\r\nContent-Length: 0\r\n\r\n")
            return True
        kind, _, number = path[1:].partition("/")
        if not number.isdecimal():
            writer.write(b"HTTP/1.1 404 .\r\nContent-Length: 0\r\n\r\n")
            return True
        version = self.versions[int(number)] if kind == "race" else 0
        page = self._page(kind, int(number), version)
        if self.dice.random() < self.share:
            name, trouble = self.dice.choice(list(troubles().items()))
            self.done[name] += 1
            await trouble(writer, page)
            await writer.drain()
            return False
        tag = f'"{kind}-{number}-{version}"'
        unchanged = any(field.lower() == f"if-none-match: {tag}" for field in fields)
        if kind == "race" and version and unchanged:
            self.taken_in.add((int(number), version))
        self._whole(writer, tag, page, unchanged=unchanged)
        await writer.drain()
        if kind == "race" and version:
            self.served.setdefault((int(number), version), monotonic())
        return True

    def _whole(self, writer: asyncio.StreamWriter, tag: str, page: bytes, *, unchanged: bool) -> None:
        self.done["304" if unchanged else "200"] += 1
        if unchanged:
            writer.write(f"HTTP/1.1 304 .\r\nETag: {tag}\r\n\r\n".encode())
            return
        about = f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\nETag: {tag}"
        writer.write(f"HTTP/1.1 200 .\r\n{about}\r\n\r\n".encode() + page)

    def _page(self, kind: str, number: int, version: int) -> bytes:
        key = (kind, number, version)
        if key not in self.pages:
            self.pages.pop((kind, number, version - 1), None)
            self.pages[key] = self._written(*key)
        return self.pages[key]

    def _written(self, kind: str, number: int, version: int) -> bytes:
        if kind != "race":
            return article(f"Story {number}", "The count goes on.", SIZE, number)
        lines = list(zip(LEADERS, votes_of(number, version), strict=True))
        return results_page(f"Race {number}", lines, 10 + 80 * version / (version + 60), SIZE)

    def flip(self) -> int | None:
        """Change the lead of the next race whose last change was taken in; None where none may change."""
        for _ in range(self.races):
            number, self.next = self.next, (self.next + 1) % self.races
            version = self.versions[number]
            if version == 0 or (number, version) in self.taken_in:
                self.versions[number] += 1
                return number
        return None

    def told(self, question: dict[str, object]) -> dict[str, object]:
        """Answer a line."""
        if "share" in question:
            self.share = float(str(question["share"]))
        if question.get("flip"):
            return {"flipped": self.flip()}
        if question.get("tell") == "served":
            waiting = sum(1 for pair in self.versions.items() if pair[1] and pair not in self.taken_in)
            served = [[race, version, when] for (race, version), when in self.served.items()]
            return {"served": served, "waiting": waiting, "done": dict(self.done)}
        return {}


async def main(races: int) -> None:
    """Serve until stdin closes."""
    stormy = Stormy(races)
    server = await asyncio.start_server(stormy.connected, "0.0.0.0", 0, backlog=1024)
    say(port=server.sockets[0].getsockname()[1])
    while line := await asyncio.to_thread(sys.stdin.readline):
        say(**stormy.told(json.loads(line)))
    server.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
