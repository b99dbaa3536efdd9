"""Apprise: everything else that can be told of something (mail, Matrix, Signal, Slack, Teams, ntfy …).

Each address is a chat of its own, so that one that fails is tried again by
itself. Apprise says only whether it worked; what did not is tried again.
"""

import hashlib
import importlib
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from bot.channels import Channel
from bot.outcome import Gone, NotSent, Outcome, Sent
from bot.wording import alert
from settings.secrets import hide
from storage import Chat
from tally.errors import ConfigError
from tally.event import Event, Level
from tally.race import Race

NAME = "apprise"
URLS = "TALLYWIRE_APPRISE_URLS"
_MARKS = {Level.URGENT: "warning", Level.IMPORTANT: "info", Level.ROUTINE: "info"}


def channel(environ: Mapping[str, str]) -> "AppriseChannel | None":
    """The channel for ``TALLYWIRE_APPRISE_URLS``; None without any.

    Raises ConfigError where Apprise is not installed, or does not know one of the addresses.
    """
    urls = environ.get(URLS, "").split()
    if not urls:
        return None
    hide(*urls)
    try:
        library = importlib.import_module("apprise")
    except ImportError as error:
        how = "install it with: pip install 'tallywire[apprise]'"
        raise ConfigError(f"{URLS} is set, and Apprise is not installed; {how}") from error
    return AppriseChannel({address_of(url): _one(library, url, n) for n, url in enumerate(urls, start=1)})


def addresses(environ: Mapping[str, str]) -> Mapping[str, str]:
    """What the configured chats are called in the database, where no secret belongs, and their services."""
    return {address_of(url): url.partition(":")[0] for url in environ.get(URLS, "").split()}


def address_of(url: str) -> str:
    """A name for an address of the operator's that holds a secret."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def _one(library: Any, url: str, number: int) -> Any:
    """Apprise with this one address. Its text is not shown: it mostly holds a password."""
    made = library.Apprise()
    if not made.add(url):
        raise ConfigError(f"{URLS}: address {number} ({url.partition(':')[0]}: …) is none that Apprise knows")
    return made


class AppriseChannel(Channel):
    """Tells by Apprise; ``ways`` are its objects by the chat's address."""

    NAME = NAME
    WORKERS = 3

    def __init__(self, ways: Mapping[str, Any]) -> None:
        self._ways = ways

    async def send(
        self, chat: Chat, event: Event, race: Race, *, edit_of: str | None = None, reply_to: str | None = None
    ) -> Outcome:
        """One message; what is told already is not told again, because nothing can be edited."""
        if edit_of is not None:
            return Sent(edit_of)
        way = self._ways.get(chat.address)
        if way is None:
            return Gone(f"{URLS} does not name this address any more")
        timezone = None if chat.timezone == "UTC" else ZoneInfo(chat.timezone)
        title, _, body = alert(event, race, chat.language, timezone).plain.partition("\n")
        went = await way.async_notify(
            body=body or title, title=title, notify_type=_MARKS[event.level], body_format="text"
        )
        return Sent(event.key) if went else NotSent(why="Apprise says that it did not go out")
