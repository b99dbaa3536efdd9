"""A browser for pages that are made by scripts: Playwright with the system's Chromium, an optional extra.

The browser reaches no network. The page itself was fetched as every page is;
what its scripts ask for is fetched by us in the same way, past the guard, the
limits and robots.txt, and given to the browser. It has a dead proxy for a way
out, so that whatever gets past us (sockets, workers, prefetches) ends there.

scrapy-playwright can't be used: its handler is built on Scrapy's HTTP/1.1
handler, which needs Twisted's reactor, and here there is none; and its pages
resolve and connect for themselves, past the guard.
"""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from scrapy.http import Response

from scrapers.spiders.chromium import chromium, missing
from scrapers.spiders.errors import NoBrowser

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import Playwright, Route

_log = logging.getLogger(__name__)

_ARGUMENTS = (
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--js-flags=--max-old-space-size=512",
    "--disable-background-networking",
)
_DEAD_END = "http://127.0.0.1:9"
_AT_ONCE = 4
_QUIET = 5.0  # seconds in which a page may ask for more before it is taken as it is
_CLOSING = 5.0  # seconds for a page to go; one whose script loops is ended with its browser
_MOST_REQUESTS = 150
_NEEDED = frozenset({"document", "script", "xhr", "fetch", "other"})
# Of what a script asks, these are the transport's business, or ours.
_NOT_PASSED = ("host", "user-agent", "accept-encoding", "cookie", "referer", "connection", "content-length")
_NOT_GIVEN = frozenset({"content-length", "transfer-encoding", "set-cookie", "alt-svc"})

# Fetches what a script asks for: method, address, headers, body.
Fetch = Callable[[str, str, dict[str, str], bytes], Awaitable[Response]]


class Browser:
    """One Chromium for all, started when it is first needed."""

    def __init__(self) -> None:
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        self._starting = asyncio.Lock()
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def made(self, response: "Response", fetch: Fetch, user_agent: str, until: float) -> str:
        """The HTML that a page's scripts make of it. Raises NoBrowser.

        ``until`` is the loop time at which whoever calls ends it; half of what
        is left is waited for scripts that go on asking.
        """
        async with self._room:
            started = await self._started()
            context = await started.new_context(
                user_agent=user_agent, service_workers="block", accept_downloads=False
            )
            try:
                visit = _Visit(response, fetch)
                await context.route("**/*", visit.answer)
                await context.route_web_socket("**/*", lambda socket: socket.close())
                page = await context.new_page()
                await page.goto(response.url, wait_until="domcontentloaded", timeout=0)
                left = until - asyncio.get_running_loop().time()
                with suppress(TimeoutError):
                    async with asyncio.timeout(min(_QUIET, left / 2)):
                        await page.wait_for_load_state("networkidle", timeout=0)
                return str(await page.content())
            finally:
                await self._leave(context)

    async def close(self) -> None:
        """End the browser, if there is one."""
        browser, playwright = self._chromium, self._playwright
        self._chromium = self._playwright = None
        for part in (browser.close if browser else None, playwright.stop if playwright else None):
            with suppress(Exception):
                if part is not None:
                    await asyncio.wait_for(part(), _CLOSING)

    async def _started(self) -> "Chromium":
        why = missing()
        if why is not None:
            raise NoBrowser(f"the page needs a browser: {why}")
        async with self._starting:
            if self._chromium is None or not self._chromium.is_connected():
                await self.close()
                self._chromium = await self._launched()
            return self._chromium

    async def _launched(self) -> "Chromium":
        from playwright.async_api import Error, async_playwright  # noqa: PLC0415 - an optional extra

        self._playwright = await async_playwright().start()
        try:
            return await self._playwright.chromium.launch(
                executable_path=chromium(),
                # Chromium refuses to sandbox root; in the image the service is nobody's root.
                chromium_sandbox=os.geteuid() != 0,
                proxy={"server": _DEAD_END},
                args=list(_ARGUMENTS),
            )
        except Error as error:
            _log.error("the browser did not start: %s", error)
            raise NoBrowser("the browser did not start; the log says why") from error

    async def _leave(self, context: Any) -> None:
        try:
            await asyncio.wait_for(context.close(), _CLOSING)
        except Exception:
            _log.warning("a page would not close; the browser is ended and started anew")
            await self.close()


class _Visit:
    """One visit of a page: it is given its own body, and what it asks for as it is fetched."""

    def __init__(self, response: Response, fetch: Fetch) -> None:
        self._page, self._fetch = response, fetch
        self._asked = 0
        self._given = False

    async def answer(self, route: "Route") -> None:
        """Answer one request of the page."""
        with suppress(Exception):  # the page may be gone by now
            try:
                response = await self._response(route)
            except Exception as error:
                _log.debug("a page did not get something it asked for: %s", type(error).__name__)
                response = None
            if response is None:
                await route.abort()
                return
            pairs = response.headers.to_unicode_dict().items()
            headers = {str(name): value for name, value in pairs if str(name).lower() not in _NOT_GIVEN}
            await route.fulfill(status=response.status, headers=headers, body=response.body)

    async def _response(self, route: "Route") -> Response | None:
        request = route.request
        if not self._given and request.is_navigation_request() and request.frame.parent_frame is None:
            self._given = True
            return self._page
        self._asked += 1
        if self._asked > _MOST_REQUESTS or request.resource_type not in _NEEDED:
            return None
        headers = {
            name: value
            for name, value in request.headers.items()
            if name not in _NOT_PASSED and not name.startswith(("sec-", ":"))
        }
        return await self._fetch(request.method, request.url, headers, request.post_data_buffer or b"")
