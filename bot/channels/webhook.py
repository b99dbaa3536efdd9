"""Web hooks: each alert as signed JSON by POST, in the form of the Standard Webhooks specification.

A receiver checks ``webhook-signature`` (HMAC-SHA256 over id, timestamp and
body) and knows by ``webhook-id`` what it has seen before: the same alert comes
under the same id until it is answered with a 2xx, so nothing is lost where an
answer was.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp

from bot.channels import Channel
from bot.outcome import Gone, NotSent, Outcome, Rejected, Sent
from bot.wording import alert
from settings.secrets import hide, redact
from storage import Chat
from tally.clock import Clock, system_clock
from tally.errors import ConfigError, TallywireError
from tally.event import Event
from tally.race import Race
from tally.wire import event_to_wire

NAME = "webhook"
URL, SECRET = "TALLYWIRE_WEBHOOK_URL", "TALLYWIRE_WEBHOOK_SECRET"
_PREFIX = "whsec_"
_TIMEOUT = aiohttp.ClientTimeout(total=20)
_TRY_AGAIN = frozenset({408, 425, 429})
_GONE = 410

Connector = Callable[[], aiohttp.BaseConnector]


def channel(environ: Mapping[str, str]) -> "WebhookChannel | None":
    """The channel for ``TALLYWIRE_WEBHOOK_URL``; None without one. Raises ConfigError without a secret."""
    urls = environ.get(URL, "").split()
    if not urls:
        return None
    for url in urls:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise ConfigError(
                f"{URL}: write whole addresses as https://desk.example/hook, with blanks between"
            )
    secret = environ.get(SECRET, "").strip()
    if not secret:
        raise ConfigError(f"{URL} needs {SECRET}: without it nobody can tell an alert from a forged one")
    hide(secret, *urls)
    return WebhookChannel(urls, key_of(secret))


def addresses(environ: Mapping[str, str]) -> Mapping[str, str]:
    """What the configured chats are called in the database, where no secret belongs, and their hosts."""
    return {address_of(url): urlsplit(url).hostname or "" for url in environ.get(URL, "").split()}


def address_of(url: str) -> str:
    """A name for an address of the operator's that may hold a secret."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def key_of(secret: str) -> bytes:
    """The key of a secret: base64 after ``whsec_``, else its own bytes. Raises ConfigError."""
    if not secret.startswith(_PREFIX):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error as error:
        raise ConfigError(f"{SECRET}: what follows {_PREFIX} is no base64") from error


def signature(key: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of ``webhook-signature``."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


class WebhookChannel(Channel):
    """Posts alerts. Until the house says by which connections (``reach_by``) nothing is reached."""

    NAME = NAME
    WORKERS = 3

    def __init__(self, urls: list[str], key: bytes, clock: Clock = system_clock) -> None:
        self._urls = {address_of(url): url for url in urls}
        self._key, self._clock = key, clock
        self._connector: Connector | None = None
        self._session: aiohttp.ClientSession | None = None

    def reach_by(self, connector: Connector) -> None:
        """Make connections so: guarded, as those to sources are."""
        self._connector = connector

    async def send(
        self, chat: Chat, event: Event, race: Race, *, edit_of: str | None = None, reply_to: str | None = None
    ) -> Outcome:
        """One POST. An event that updates an earlier one comes as a message of its own."""
        url = self._urls.get(chat.address)
        if url is None:
            return Gone(f"{URL} does not name this address any more")
        if self._connector is None:
            return NotSent(why="no way out was given")
        message_id = f"evt_{hashlib.sha256(event.key.encode()).hexdigest()[:32]}"
        body = self._body(chat, event, race)
        try:
            return await self._post(url, message_id, body)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            # The receiver knows an alert by its id, so it may come twice: nobody need be in doubt.
            return NotSent(why=redact(_said(error)).replace(url, "…"))

    async def finish(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _body(self, chat: Chat, event: Event, race: Race) -> bytes:
        data = {
            "event": event_to_wire(event),
            "race": {"id": race.id, "title": race.title},
            "text": alert(event, race, chat.language, None).plain,
        }
        said = {"type": event.kind.value, "timestamp": event_to_wire(event)["at"], "data": data}
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")

    async def _post(self, url: str, message_id: str, body: bytes) -> Outcome:
        now = int(self._clock().timestamp())
        heads = {
            "Content-Type": "application/json",
            "User-Agent": "Tallywire",
            "webhook-id": message_id,
            "webhook-timestamp": str(now),
            "webhook-signature": signature(self._key, message_id, now, body),
        }
        async with self._open().post(url, data=body, headers=heads, allow_redirects=False) as answer:
            return _outcome(answer, message_id, self._clock())

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            connector = self._connector() if self._connector else None
            self._session = aiohttp.ClientSession(
                connector=connector, timeout=_TIMEOUT, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session


def _outcome(answer: aiohttp.ClientResponse, message_id: str, now: datetime) -> Outcome:
    status, why = answer.status, f"it answers {answer.status}"
    if status < 300:
        return Sent(message_id)
    if status == _GONE:
        return Gone(why)
    if status in _TRY_AGAIN or status >= 500:
        return NotSent(_wait(answer.headers.get("Retry-After"), now), why)
    return Rejected(f"{why}; redirects are not followed" if status < 400 else why)


def _wait(said: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After asks for, None where it asks for none."""
    if said is None:
        return None
    if said.strip().isdecimal():
        return float(said)
    try:
        return max((parsedate_to_datetime(said).astimezone(UTC) - now).total_seconds(), 0.0)
    except ValueError:
        return None


def _said(error: BaseException) -> str:
    """The error in words: our own refusal is the innermost, under what aiohttp makes of it."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, TallywireError):
        cause = cause.__cause__ or cause.__context__
    return str(cause or error) or type(error).__name__
