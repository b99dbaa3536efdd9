"""An Atom file that is kept up to date: every alert becomes an entry. Any web server can give it out."""

import logging
from collections.abc import Mapping
from pathlib import Path

from bot.channels import Channel
from bot.feed import Feed, write
from bot.outcome import NotSent, Outcome, Sent
from storage import Chat
from tally.event import Event
from tally.race import Race

NAME = "atom"
FILE = "TALLYWIRE_FEED"
ADDRESS = "feed"
_log = logging.getLogger(__name__)


def channel(environ: Mapping[str, str]) -> "AtomChannel | None":
    """The channel for ``TALLYWIRE_FEED``; None without it."""
    path = environ.get(FILE, "").strip()
    return AtomChannel(Path(path).expanduser()) if path else None


def addresses(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The one chat of this channel, where it is configured."""
    return {ADDRESS: "Atom"} if environ.get(FILE, "").strip() else {}


class AtomChannel(Channel):
    """Keeps the feed in ``path``, and goes on with the one that it finds there."""

    NAME = NAME

    def __init__(self, path: Path) -> None:
        self._path = path
        self._feed: Feed | None = None

    async def send(
        self, chat: Chat, event: Event, race: Race, *, edit_of: str | None = None, reply_to: str | None = None
    ) -> Outcome:
        """Write the file anew, with one entry more or one changed."""
        try:
            known = self._feed or self._found(chat.language)
            known.add(event, race)
            write(self._path, known.written())
        except OSError as error:
            self._feed = None
            return NotSent(why=f"the feed can't be written: {error.strerror or error}")
        self._feed = known
        return Sent(event.key)

    def _found(self, language: str) -> Feed:
        try:
            return Feed.read(self._path.read_bytes(), language)
        except FileNotFoundError:
            return Feed(language)
        except ValueError as error:
            _log.warning("%s is no feed of ours and is written anew (%s)", self._path, error)
            return Feed(language)
