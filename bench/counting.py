"""A Telegram that only counts, in a process of its own: so lean that it is never what is measured.

It answers after a set time, holds to so many calls a second (and one a second
in each chat, and answers 429 like Telegram's own), and knows when which call
came. Spoken to as all of the bench's processes.
"""

import argparse
import asyncio
import json
import sys
from collections import Counter, deque
from urllib.parse import parse_qs

from bench.child import monotonic, say

TOKEN = "123456:" + "A" * 35
_ME = {"id": 123456, "is_bot": True, "first_name": "Counting", "username": "counting_bot"}
# A call is not always as long on its way: Telegram's second is no stricter.
_SLACK = 0.02


class Counting:
    """What came: ``got`` is one row a message, [chat, text's first line, edited, time]."""

    def __init__(self, latency: float, limit: int) -> None:
        self.latency, self.limit = latency, limit
        self.got: list[tuple[int, str, bool, float]] = []
        self.refused = 0
        self.most_in_a_second = 0
        self._all: deque[float] = deque()
        self._chats: dict[int, float] = {}
        self._ids = Counter[int]()

    def take(self, method: str, values: dict[str, list[str]]) -> tuple[int, dict[str, object]]:
        """One call: the status and the answer."""
        if method not in {"sendMessage", "editMessageText"}:
            return 200, {"ok": True, "result": _ME if method == "getMe" else True}
        chat, now = int(values["chat_id"][0]), monotonic()
        if wait := self._too_fast(chat, now):
            self.refused += 1
            words = f"Too Many Requests: retry after {wait}"
            parameters = {"retry_after": wait}
            return 429, {"ok": False, "error_code": 429, "description": words, "parameters": parameters}
        self.got.append((chat, values["text"][0].split("\n", 1)[0], method == "editMessageText", now))
        self._ids[chat] += 1
        result = {
            "message_id": self._ids[chat],
            "date": 1,
            "chat": {"id": chat, "type": "private"},
            "text": ".",
        }
        return 200, {"ok": True, "result": result}

    def _too_fast(self, chat: int, now: float) -> int:
        """The seconds to wait, 0 for none."""
        while self._all and self._all[0] <= now - (1.0 - _SLACK):
            self._all.popleft()
        if self.limit and (len(self._all) >= self.limit or now - self._chats.get(chat, -9.0) < 1.0 - _SLACK):
            return 1
        self._all.append(now)
        self._chats[chat] = now
        self.most_in_a_second = max(self.most_in_a_second, len(self._all))
        return 0


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, as far as a bot's calls need it."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self._heard = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while (end := self._heard.find(b"\r\n\r\n")) >= 0:
            head = self._heard[:end].decode("latin-1")
            length = _length(head)
            if len(self._heard) < end + 4 + length:
                return
            body = self._heard[end + 4 : end + 4 + length].decode()
            self._heard = self._heard[end + 4 + length :]
            method = head.split(" ", 2)[1].rsplit("/", 1)[1]
            status, answer = self._counting.take(method, parse_qs(body))
            loop = asyncio.get_running_loop()
            loop.call_later(self._counting.latency, self._answer, status, json.dumps(answer).encode())

    def _answer(self, status: int, body: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            about = f"Content-Type: application/json\r\nContent-Length: {len(body)}"
            head = f"HTTP/1.1 {status} .\r\n{about}\r\n\r\n"
            self._transport.write(head.encode() + body)


def _length(head: str) -> int:
    for line in head.split("\r\n")[1:]:
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
    return 0


async def main() -> None:
    """Serve until stdin closes: ``{"tell": "got"}`` lists what came, any other line counts it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--latency", type=float, default=0.06)
    parser.add_argument("--limit", type=int, default=30)
    given = parser.parse_args()
    counting = Counting(given.latency, given.limit)
    server = await asyncio.get_running_loop().create_server(lambda: Connection(counting), "127.0.0.1", 0)
    say(url=f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", token=TOKEN)
    while line := await asyncio.to_thread(sys.stdin.readline):
        more = {"got": counting.got} if json.loads(line).get("tell") == "got" else {}
        say(count=len(counting.got), refused=counting.refused, most=counting.most_in_a_second, **more)


if __name__ == "__main__":
    asyncio.run(main())
