"""A real web server on loopback whose pages a test can change, and which counts who asks for what."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Self

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Site:
    """``pages`` are bodies by path, ``handlers`` whatever else; ``asked`` are the requests in order."""

    pages: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    handlers: dict[str, Handler] = field(default_factory=dict)
    asked: list[web.Request] = field(default_factory=list)
    tls: ssl.SSLContext | None = None
    port: int = 0

    def url(self, path: str = "/page", host: str = "127.0.0.1") -> str:
        return f"http{'s' if self.tls else ''}://{host}:{self.port}{path}"

    def hits(self, path: str) -> int:
        return sum(request.path == path for request in self.asked)

    def last(self, path: str) -> web.Request:
        return next(request for request in reversed(self.asked) if request.path == path)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=self.tls)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        handler = self.handlers.get(request.path)
        if handler is not None:
            return await handler(request)
        body = self.pages.get(request.path)
        if body is None:
            return web.Response(status=404, text="there is no such page")
        etag = self.headers.get("ETag")
        if etag is not None and request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        return web.Response(text=body, headers={"Content-Type": "text/plain; charset=utf-8", **self.headers})


def answering(status: int = 200, text: str = "", **headers: str) -> Handler:
    """A handler that always gives the same answer; underscores in header names are hyphens."""

    async def handler(_: web.Request) -> web.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=status, text=text, headers=named)

    return handler


async def hanging(_: web.Request) -> web.Response:
    await asyncio.sleep(3600)
    return web.Response()


@dataclass
class RawSite:
    """Sends exactly these bytes, in pieces with a pause between, and then breaks off or waits."""

    pieces: list[bytes]
    pause: float = 0.0
    then: str = "close"  # or "reset", "wait"
    port: int = 0

    def url(self, path: str = "/page") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            if b"/robots.txt" in head:
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return
            await self._misbehave(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _misbehave(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in self.pieces:
            writer.write(piece)
            await writer.drain()
            if self.pause:
                await asyncio.sleep(self.pause)
        if self.then == "reset":
            writer.transport.abort()
        if self.then == "wait":
            await reader.read()
