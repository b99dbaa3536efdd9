"""What servers do to those who ask them: each a coroutine that is given the connection and the page.

Found by looking at this module: a trouble is an async function without a leading underscore.
"""

import asyncio
import gzip
import inspect
import random
import sys
import zlib
from collections.abc import Awaitable, Callable
from functools import cache

Trouble = Callable[[asyncio.StreamWriter, bytes], Awaitable[None]]

_DICE = random.Random()  # noqa: S311 - noise, no secret
_LONGER_THAN_ANYBODY_WAITS = 90.0


async def hang(writer: asyncio.StreamWriter, page: bytes) -> None:
    """The request is taken, and nothing comes."""
    await asyncio.sleep(_LONGER_THAN_ANYBODY_WAITS)


async def drip(writer: asyncio.StreamWriter, page: bytes) -> None:
    """The page comes byte by byte."""
    writer.write(_head(200, len(page)))
    for place in range(int(_LONGER_THAN_ANYBODY_WAITS)):
        writer.write(page[place : place + 1])
        await writer.drain()
        await asyncio.sleep(1)


async def reset(writer: asyncio.StreamWriter, page: bytes) -> None:
    """The connection breaks in the middle of the page."""
    writer.write(_head(200, len(page)) + page[: len(page) // 2])
    await writer.drain()
    writer.transport.abort()


async def reset_at_once(writer: asyncio.StreamWriter, page: bytes) -> None:
    """The connection breaks before the first byte."""
    writer.transport.abort()


async def lie_about_length(writer: asyncio.StreamWriter, page: bytes) -> None:
    """The page is shorter than it says, and the connection closes."""
    writer.write(_head(200, len(page) + 5_000) + page)
    await writer.drain()


async def internal_error(writer: asyncio.StreamWriter, page: bytes) -> None:
    """500."""
    _whole(writer, 500, b"<h1>Internal Server Error</h1>")


async def busy(writer: asyncio.StreamWriter, page: bytes) -> None:
    """503 and when to come again."""
    _whole(writer, 503, b"<h1>Busy</h1>", "Retry-After: 2")


async def too_many(writer: asyncio.StreamWriter, page: bytes) -> None:
    """429."""
    _whole(writer, 429, b"", "Retry-After: 1")


async def not_found(writer: asyncio.StreamWriter, page: bytes) -> None:
    """404."""
    _whole(writer, 404, b"<h1>Not here</h1>")


async def garbage(writer: asyncio.StreamWriter, page: bytes) -> None:
    """Noise that calls itself a page."""
    _whole(writer, 200, _DICE.randbytes(_DICE.randrange(1, 60_000)))


async def no_http(writer: asyncio.StreamWriter, page: bytes) -> None:
    """Noise instead of an answer."""
    writer.write(_DICE.randbytes(2_000))
    await writer.drain()


async def empty(writer: asyncio.StreamWriter, page: bytes) -> None:
    """200, and nothing in it."""
    _whole(writer, 200, b"")


async def half(writer: asyncio.StreamWriter, page: bytes) -> None:
    """The first half of the markup, as an answer that is whole."""
    _whole(writer, 200, page[: len(page) // 3])


async def error_page(writer: asyncio.StreamWriter, page: bytes) -> None:
    """200 that says 404."""
    _whole(writer, 200, b"<html><title>Page not found</title><h1>Page not found</h1></html>")


async def bot_check(writer: asyncio.StreamWriter, page: bytes) -> None:
    """200 that asks who is there; never the same twice."""
    ray = f"{_DICE.getrandbits(64):x}".encode()
    text = b"<p>Verify you are human by completing the action below. Ray " + ray + b"</p>"
    _whole(writer, 200, b"<html><title>Just a moment...</title>" + text + b"</html>")


async def bomb(writer: asyncio.StreamWriter, page: bytes) -> None:
    """A gigabyte of zeros in a megabyte."""
    _whole(writer, 200, _bomb(), "Content-Encoding: gzip")


async def broken_gzip(writer: asyncio.StreamWriter, page: bytes) -> None:
    """Compressed, it says."""
    _whole(writer, 200, gzip.compress(page)[:-200] + b"?" * 200, "Content-Encoding: gzip")


async def round_and_round(writer: asyncio.StreamWriter, page: bytes) -> None:
    """A redirect that leads to where everything redirects."""
    _whole(writer, 302, b"", "Location: /round")


async def to_the_inside(writer: asyncio.StreamWriter, page: bytes) -> None:
    """A redirect to an address that is nobody's business."""
    _whole(writer, 302, b"", "Location: http://169.254.169.254/latest/meta-data/")


async def endless_head(writer: asyncio.StreamWriter, page: bytes) -> None:
    """A head that never ends."""
    writer.write(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 900) for n in range(200)))
    await writer.drain()


def troubles() -> dict[str, Trouble]:
    """All of them by name."""
    found = inspect.getmembers(sys.modules[__name__], inspect.iscoroutinefunction)
    return {name: trouble for name, trouble in found if not name.startswith("_")}


def _whole(writer: asyncio.StreamWriter, status: int, body: bytes, *more: str) -> None:
    writer.write(_head(status, len(body), *more) + body)


def _head(status: int, length: int, *more: str) -> bytes:
    lines = ("Content-Type: text/html; charset=utf-8", f"Content-Length: {length}", *more)
    fields = "".join(f"{line}\r\n" for line in lines)
    return f"HTTP/1.1 {status} .\r\n{fields}\r\n".encode()


@cache
def _bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    zeros = bytes(1_000_000)
    return b"".join(packer.compress(zeros) for _ in range(1_000)) + packer.flush()
