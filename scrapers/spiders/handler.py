"""Scrapy's aiohttp handler with a guard at the socket, an end to every wait, and limits while streaming."""

import asyncio
import logging
import socket
import ssl
import threading
from collections.abc import AsyncIterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError, DownloadTimeoutError
from scrapy.http import Headers, Response

from scrapers.spiders.deadlines import Deadlines
from scrapers.spiders.errors import ForbiddenAddress
from scrapers.spiders.guard import AddressGuard
from scrapers.spiders.unpacking import unpacker

_log = logging.getLogger(__name__)

_DNS_SECONDS = 60
_KEEPALIVE_SECONDS = 75.0


class ThreadPerLookup(AbstractResolver):
    """Resolves each name in a thread of its own.

    The loop's own pool has few threads, and a few names whose servers are
    silent would make every other source wait for a free one.
    """

    def __init__(self, guard: AddressGuard) -> None:
        self._guard = guard

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a host, in the system's order. Raises OSError if there is none."""
        loop = asyncio.get_running_loop()
        found: asyncio.Future[list[Any]] = loop.create_future()
        thread = threading.Thread(target=_look_up, args=(loop, found, host, port, family), daemon=True)
        thread.start()
        results = [_result(host, port, info) for info in await found]
        self._guard.learn(host.lower(), port, (result["host"] for result in results))
        return results

    async def close(self) -> None:
        """Nothing is kept open."""


def _look_up(
    loop: asyncio.AbstractEventLoop, found: "asyncio.Future[list[Any]]", host: str, port: int, family: int
) -> None:
    result: list[Any] = []
    error: OSError | None = None
    try:
        result = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        error = problem if isinstance(problem, OSError) else OSError(f"{host!r} is no host name")
    try:
        loop.call_soon_threadsafe(_settle, found, result, error)
    except RuntimeError:
        _log.debug("the loop had ended before %s was resolved", host)


def _settle(found: "asyncio.Future[list[Any]]", result: list[Any], error: OSError | None) -> None:
    if found.done():
        return
    if error is not None:
        found.set_exception(error)
    else:
        found.set_result(result)


def _result(host: str, port: int, info: Any) -> ResolveResult:
    family, _, proto, _, address = info
    return ResolveResult(
        hostname=host,
        host=address[0],
        port=port,
        family=family,
        proto=proto,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )


@cache
def _tls() -> ssl.SSLContext:
    """One context for all: certificates are always checked, and loading the authorities takes 50 ms."""
    return ssl.create_default_context()


class GuardedHandler(AiohttpDownloadHandler):
    """One session per scheme and spider, without a cap per host.

    The guard sits where a socket is made, after resolution and after every
    redirect, so that no name and no way of writing an address gets past it.
    """

    experimental = False  # chosen knowingly: what it costs and does was measured
    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        # Past Scrapy's own handler, which would make a session without a guard.
        super(AiohttpDownloadHandler, self).__init__(crawler)
        settings = crawler.settings
        self._ssl_context = _tls()
        self._guard = AddressGuard(
            settings.getlist("FETCH_ALLOW_HOSTS"), anything=settings.getbool("FETCH_ANY_ADDRESS")
        )
        self._deadlines: Deadlines = getattr(crawler.spider, "deadlines", None) or Deadlines()
        self._seconds = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._resolver = ThreadPerLookup(self._guard)
        self._session = aiohttp.ClientSession(
            connector=self._connector(),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=_ClientResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        )

    async def download_request(self, request: Request) -> Response:
        """Fetch one page before ``meta["deadline"]`` (loop time), whatever the server does."""
        loop = asyncio.get_running_loop()
        deadline: float = request.meta.setdefault("deadline", loop.time() + self._seconds)
        request.meta["began"] = loop.time()
        request.meta["download_timeout"] = 0  # aiohttp's own clock starts anew with every redirect
        try:
            async with self._deadlines.until(deadline):
                if request.meta.get("proxy"):
                    await self._check_behind_proxy(request.url)
                return await super().download_request(request)
        except TimeoutError as error:
            raise DownloadTimeoutError(f"no whole answer within {self._seconds:g} s") from error

    async def _check_behind_proxy(self, url: str) -> None:
        """A proxy resolves names for itself, so each is resolved here as well, and must be public.

        One that can't be resolved here is not asked for: it may be a host of the proxy's own network.
        """
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        if self._guard.allows_name(host, port):
            return
        try:
            found = await self._resolver.resolve(host, port)
        except OSError as error:
            raise CannotResolveHostError(str(error)) from error
        for result in found:
            reason = self._guard.refusal(result["host"], port)
            if reason is not None:
                raise ForbiddenAddress(reason)

    def _connector(self) -> aiohttp.TCPConnector:
        return aiohttp.TCPConnector(
            limit=0,
            limit_per_host=0,
            keepalive_timeout=_KEEPALIVE_SECONDS,
            ttl_dns_cache=_DNS_SECONDS,
            resolver=self._resolver,
            socket_factory=self._socket,
        )

    def _socket(self, info: Any) -> socket.socket:
        family, kind, proto, _, address = info
        reason = self._guard.refusal(address[0], address[1])
        if reason is not None:
            raise ForbiddenAddress(reason)
        return socket.socket(family=family, type=kind, proto=proto)

    @staticmethod
    def _extract_headers(response: _ClientResponse) -> Headers:
        """The headers of the content as it is handed on, which is unpacked."""
        pairs = response.headers.items()
        return Headers([(name, value) for name, value in pairs if name.lower() != "content-encoding"])

    async def _iter_body_chunks(  # type: ignore[override]
        self, response: _ClientResponse
    ) -> AsyncIterator[bytes]:
        unpack = unpacker(response.headers.get("Content-Encoding"))
        packed = 0
        async for chunk in response.content.iter_any():
            packed += len(chunk)
            if packed > self._default_maxsize:  # what unpacks to nothing has an end as well
                raise DownloadCancelledError(f"more than {self._default_maxsize} bytes came")
            for piece in unpack.feed(chunk):
                yield piece
        unpack.finish()
