"""The console: alerts for whoever sits at the machine, coloured on a terminal, plain in a pipe."""

import unicodedata
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from bot.channels import Channel
from bot.outcome import NotSent, Outcome, Rejected, Sent
from bot.wording import alert
from storage import EVERY_RACE, Chat, Store
from tally.event import Event, Level
from tally.race import Race

NAME = "console"
ADDRESS = "-"
EDIT_LINES = 3  # what it is, what happened, and who confirms it now
_STYLES = {Level.URGENT: "bold red", Level.IMPORTANT: "bold yellow", Level.ROUTINE: "bold cyan"}
# Explicit directions of text: a hostile name could turn the rest of the line around.
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def channel(environ: Mapping[str, str]) -> Channel:
    """The console, which is always there. It writes to standard error: standard output is for data."""
    return ConsoleChannel()


def enlist(store: Store, language: str = "en", timezone: str = "UTC") -> Chat:
    """The console's chat: it follows every race and hears what operators hear."""
    chat = store.add_chat(NAME, ADDRESS, language=language, timezone=timezone, operator=True)
    store.set_language(chat.id, language)
    store.follow(chat.id, EVERY_RACE)
    return chat


class Screen(Console):
    """A console that says when nobody reads it any more. Rich's own ends the whole process then."""

    def on_broken_pipe(self) -> None:
        """Let the caller know."""
        raise BrokenPipeError("closed by its reader")


class ConsoleChannel(Channel):
    """Prints alerts to ``console`` (standard error by default), best a Screen; ``shown`` is told of each."""

    NAME = NAME

    def __init__(
        self, console: Console | None = None, shown: Callable[[Event], object] | None = None
    ) -> None:
        self._console = console or Screen(stderr=True)
        self._shown = shown

    async def send(
        self,
        chat: Chat,
        event: Event,
        race: Race,
        *,
        edit_of: str | None = None,
        reply_to: str | None = None,
    ) -> Outcome:
        """Print the alert, or of an edit the lines that say what is new."""
        timezone = None if chat.timezone == "UTC" else ZoneInfo(chat.timezone)
        worded = alert(event, race, chat.language, timezone)
        text = "\n".join(worded.plain.split("\n")[:EDIT_LINES]) if edit_of else worded.plain
        try:
            self._print(text, _STYLES[event.level] if edit_of is None else "dim")
        except (BrokenPipeError, ValueError) as error:  # closed by who read it: "| head"
            return Rejected(f"nobody reads the console: {error}")
        except OSError as error:  # sent to a file on a full disk
            return NotSent(why=str(error))
        if self._shown is not None:
            self._shown(event)
        return Sent(event.key)

    def _print(self, text: str, style: str) -> None:
        head, _, body = printable(text, self._console.encoding).partition("\n")
        self._console.print(Text(head, style=style), soft_wrap=True)
        self._console.print(Text(f"{body}\n" if body else ""), soft_wrap=True)


def printable(text: str, encoding: str = "utf-8") -> str:
    """The text as a terminal of that encoding can show it, without what could command the terminal."""
    shown = "".join(c for c in text if c == "\n" or not (unicodedata.category(c) == "Cc" or c in _DIRECTIONS))
    return shown.encode(encoding, "replace").decode(encoding)
