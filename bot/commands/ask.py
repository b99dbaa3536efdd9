"""What a command is asked with and what it answers: plain data, no Telegram in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.wording import Button, Voice
from bot.wording.markup import Html
from storage import Chat, Store
from tally.race import Race


@dataclass(frozen=True)
class Ask:
    """One command as it arrived: who asks, with which words behind it, and when."""

    chat: Chat
    words: str
    voice: Voice
    store: Store
    races: Mapping[str, Race]
    now: datetime

    def voice_for(self, race: Race) -> Voice:
        """The chat's language, with its own hours or else those of the race."""
        return self.voice if self.chat.timezone != "UTC" else Voice(self.voice.language, race.timezone)

    @property
    def timezone(self) -> ZoneInfo | None:
        """The reader's timezone, None where it never was said."""
        return self.voice.timezone if self.chat.timezone != "UTC" else None


@dataclass(frozen=True)
class Answer:
    """What is said back. ``toast`` is the small note over a tapped button; ``replaces``
    puts the text in place of the message whose button was tapped. ``document`` is a
    file's name and its bytes, with the text under it. ``picture`` draws a PNG
    that the text stands under (1024 units at most then); it is called off the loop, so it
    may be slow and must not touch the store. Where it raises, the text goes alone.
    """

    text: Html | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()
    toast: str | None = None
    replaces: bool = False
    silent: bool = field(default=True)
    document: tuple[str, bytes] | None = None
    picture: Callable[[], bytes] | None = None
