"""The least that could do the job, for comparison: fetch, see a change, send.

It polls the same pages at the same pace by aiohttp alone and posts the numbers
of a changed page as they stand. Nothing is read, judged or kept.
"""

import asyncio
import json
import random
import re
import sys

import aiohttp

from bench.arguments import arguments
from bench.child import cpu, memory, say
from bench.races import races
from tally.race import Source

_VOTES = re.compile(rb"<td>(\d{1,3}(?:,\d{3})+)</td>")


class Relay:
    """Polls and posts."""

    def __init__(self, session: aiohttp.ClientSession, send_message: str) -> None:
        self.polls = 0
        self._session = session
        self._send_message = send_message
        self._tags: dict[str, str] = {}

    async def watch(self, source: Source, chat: int | None) -> None:
        """Poll one source for ever."""
        await asyncio.sleep(random.uniform(0, source.cadence))
        while True:
            await self._poll(source.url, chat)
            await asyncio.sleep(source.cadence * random.uniform(0.9, 1.1))

    async def _poll(self, url: str, chat: int | None) -> None:
        headers = {"If-None-Match": self._tags[url]} if url in self._tags else {}
        async with self._session.get(url, headers=headers) as response:
            body = await response.read()
        self.polls += 1
        if response.status == 200 and url in self._tags and chat is not None:
            text = " ".join(votes.decode() for votes in _VOTES.findall(body))
            async with self._session.post(self._send_message, json={"chat_id": chat, "text": text}) as told:
                await told.read()
        self._tags[url] = response.headers["ETag"]


async def main() -> None:
    """Run until stdin closes."""
    given = arguments()
    chats = json.loads(given.chats)
    watched = races(given.races, given.sources, given.port, given.cadence)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        relay = Relay(session, f"{given.telegram}/bot{given.token}/sendMessage")
        tasks = [
            asyncio.create_task(relay.watch(source, chat if source.name == "results" else None))
            for chat, race in zip(chats, watched, strict=True)
            for source in race.sources
        ]
        say(ready=True)
        while await asyncio.to_thread(sys.stdin.readline):
            say(cpu=cpu(), polls=relay.polls, troubles=0, failed=0, stored=None, **memory())
        for task in tasks:
            task.cancel()


if __name__ == "__main__":
    asyncio.run(main())
