"""A word to the operators that does not go through the database, for when it is the database that fails."""

import logging
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.channels import Channel
from bot.outcome import Sent
from bot.wording import Voice
from bot.wording.catalogue import language_for
from bot.wording.words import words
from storage import Chat

_log = logging.getLogger(__name__)

_NOBODY = 0  # the chat of no row


class Alarm:
    """Tells each operator by ``channel`` at once, whatever waits in the outbox. Never raises."""

    def __init__(self, channel: Channel | None, operators: Iterable[str]) -> None:
        self._channel = channel
        self._operators = tuple(operators)

    async def __call__(self, sentence: str) -> int:
        """Say it; how many operators heard it for certain."""
        heard = 0
        for address in self._operators if self._channel is not None else ():
            chat = Chat(_NOBODY, "telegram", address)
            voice = Voice(language_for(chat.language), ZoneInfo("UTC"))
            worded = words(sentence, voice, of_itself=True)
            try:
                outcome = await self._channel.say(chat, worded) if self._channel else None
            except Exception:
                _log.exception("an operator could not be told")
                continue
            heard += isinstance(outcome, Sent)
        return heard
