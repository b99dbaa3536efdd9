"""Updates by webhook, where TELEGRAM_WEBHOOK_URL asks for it; long polling is the default.

A small server that lets nobody in but who knows the secret. It answers 200
when the update was handled, so that one a crash cut short is delivered again.
TLS is the business of whatever stands in front of it.
"""

import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from tally.errors import ConfigError

log = logging.getLogger(__name__)

URL, LISTEN, SECRET = "TELEGRAM_WEBHOOK_URL", "TELEGRAM_WEBHOOK_LISTEN", "TELEGRAM_WEBHOOK_SECRET"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1024 * 1024
_USUALLY = "127.0.0.1:8080"

Hand = Callable[[Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Webhook:
    """``url`` is what Telegram calls, with ``secret``; ``host`` and ``port`` are where we listen."""

    url: str
    secret: str
    host: str = "127.0.0.1"
    port: int = 8080


def webhook(environ: Mapping[str, str]) -> Webhook | None:
    """The webhook that is configured, or None. Raises ConfigError.

    Without a secret one is made by chance for this process: made of the token,
    whoever stole that could bring updates as if an operator had sent them.
    """
    url = environ.get(URL, "").strip()
    if not url:
        return None
    if urlsplit(url).scheme not in {"https", "http"} or not urlsplit(url).hostname:
        raise ConfigError(f"{URL}: {url!r} is no web address")
    host, _, port = environ.get(LISTEN, _USUALLY).strip().rpartition(":")
    if not port.isdigit():
        raise ConfigError(f"{LISTEN}: {environ[LISTEN]!r} is not like 127.0.0.1:8080")
    secret = environ.get(SECRET, "").strip() or secrets.token_hex(32)
    if len(secret) > 256 or not secret.replace("_", "").replace("-", "").isalnum() or not secret.isascii():
        raise ConfigError(f"{SECRET}: Telegram takes 1 to 256 letters, digits, _ and -")
    return Webhook(url, secret, host or "127.0.0.1", int(port))


class Porch:
    """The server. ``hand`` is given each update's JSON."""

    def __init__(self, hook: Webhook, hand: Hand) -> None:
        self._hook = hook
        self._hand = hand
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Listen. Raises ConfigError where the address is taken."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(urlsplit(self._hook.url).path or "/", self._called)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._hook.host, self._hook.port).start()
        except OSError as error:
            await runner.cleanup()
            raise ConfigError(f"{LISTEN}: {self._hook.host}:{self._hook.port}: {error.strerror}") from error
        self._runner = runner

    async def close(self) -> None:
        """Stop listening, after the answers under way."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _called(self, request: web.Request) -> web.Response:
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), self._hook.secret.encode()):
            return web.Response(status=403)
        try:
            update = await request.json()
        except ValueError:
            return web.Response(status=400)
        if not isinstance(update, dict):
            return web.Response(status=400)
        await self._hand(update)
        return web.Response()
