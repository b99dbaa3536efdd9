"""What comes in from Telegram: a command, a tap, a chat that joins, leaves or moves.

An update is taken apart here, asked of a command, and answered. Nothing in
here decides what is said, and nothing that a person can send raises.
"""

import logging
import time
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from telegram import Bot, CallbackQuery, ChatMemberUpdated, InlineQuery, Message, Update
from telegram.constants import ChatMemberStatus

from bot.allowance import Allowance, Verdict
from bot.channels.telegram import NAME, timezone_of
from bot.commands import Command, for_tap, found
from bot.commands.ask import Answer, Ask
from bot.commands.stop import STOPPED
from bot.inline import offers
from bot.outcome import Gone
from bot.pacer import Pacer
from bot.place import Place
from bot.replies import Replies
from bot.wording import Voice, language_for
from bot.wording.markup import Html, plain
from storage import Chat, Store
from tally.clock import Clock
from tally.race import Race

log = logging.getLogger(__name__)

WORDS_LIMIT = 200  # of a question; an operator's word to everybody may be longer
LONGEST_WORDS = 4096
TAP_BURST, TAP_EVERY = 20, 2.0  # who goes through the settings taps a dozen times in a row
INLINE_BURST, INLINE_EVERY = 30, 0.5  # one question for each letter that is typed
UTC = ZoneInfo("UTC")
WANTED_UPDATES = ("message", "channel_post", "callback_query", "inline_query", "my_chat_member")
_OUT = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})


class Doorway:
    """Hands each update to the command that it is for."""

    def __init__(
        self,
        bot: Bot,
        store: Store,
        races: Mapping[str, Race],
        clock: Clock,
        allowance: Allowance,
        pacer: Pacer,
    ) -> None:
        self._bot = bot
        self._store = store
        self._races = races
        self._clock = clock
        self._allowance = allowance
        self._tap_allowance = Allowance(time.monotonic, TAP_BURST, TAP_EVERY)
        self._inline_allowance = Allowance(time.monotonic, INLINE_BURST, INLINE_EVERY)
        self._replies = Replies(bot, pacer)

    async def handle(self, update: Update) -> None:
        """One update, whatever it is."""
        message = update.message or update.channel_post
        if message is not None:
            await self._message(message)
        elif update.callback_query is not None:
            await self._tap(update.callback_query)
        elif update.inline_query is not None:
            await self._inline(update.inline_query)
        elif update.my_chat_member is not None:
            self._membership(update.my_chat_member)

    async def _message(self, message: Message) -> None:
        if message.migrate_to_chat_id is not None:
            self._moved(message)
            return
        place = Place.of_message(message)
        asked = self._asked(message, place)
        if asked is None or place.is_another_bot:
            return
        command, words = asked
        answer = await self._answer(place, command, words)
        if answer is not None:
            await self._say(place, answer)

    async def _tap(self, query: CallbackQuery) -> None:
        word, _, words = (query.data or "").partition(":")
        command, place = for_tap(word), Place.of_tap(query)
        if command is None or command.tapped is None or place is None:
            voice = self._voice(place) if place else Voice(language_for(query.from_user.language_code), UTC)
            await self._replies.tapped(query, _note(voice.say("This button no longer works."), tapped=True))
            return
        answer = await self._answer(place, command, words, tapped=True)
        await self._replies.tapped(query, answer or Answer())

    async def _inline(self, query: InlineQuery) -> None:
        """``@bot words`` in any chat: the races found, each to be shared as it stands."""
        if self._inline_allowance.ask(str(query.from_user.id)) is not Verdict.ANSWER:
            await self._replies.offers(query.id, [])
            return
        language = language_for(query.from_user.language_code)
        found_races = offers(query.query[:WORDS_LIMIT], self._races, self._store, language, self._clock())
        await self._replies.offers(query.id, found_races)

    async def _answer(
        self, place: Place, command: Command | None, words: str, *, tapped: bool = False
    ) -> Answer | None:
        allowance = self._tap_allowance if tapped else self._allowance
        verdict = allowance.ask(str(place.chat.id))
        if verdict is Verdict.IGNORE:
            return None
        voice = self._voice(place)
        if verdict is Verdict.WARN:
            return _note(voice.say("That was a lot at once. Please wait a minute."), tapped)
        if command is None or (command.operator and not self._is_operator(place)):
            return Answer(voice.say("I do not know that command. /help shows what I can do."))
        # What is answered in a channel all its readers see: a tap of one of them is no question there.
        closed = command.setting or command.operator or (tapped and place.is_channel)
        if closed and not await place.may_change(self._bot):
            return _note(voice.say("Only admins can do that here."), tapped)
        ask = self._ask(place, words)
        return command.tapped(ask) if tapped and command.tapped else command.answer(ask)

    def _asked(self, message: Message, place: Place) -> tuple[Command | None, str] | None:
        """The command and its words; in private any other text searches the races."""
        text = (message.text or "")[:LONGEST_WORDS].strip()
        if not text.startswith("/"):
            return (found()["races"], text[:WORDS_LIMIT]) if text and place.is_private else None
        head, words = _parted(text[1:])
        name, _, addressed = head.partition("@")
        if addressed and addressed.casefold() != self._bot.username.casefold():
            return None
        command = found().get(name.casefold())
        if command is None and not place.is_private and not addressed:
            return None  # another bot's command in a group
        return command, words if command and command.operator else words[:WORDS_LIMIT]

    def _ask(self, place: Place, words: str) -> Ask:
        code = place.user.language_code if place.user else None
        chat = self._store.add_chat(
            NAME,
            str(place.chat.id),
            place.thread,
            kind=place.kind,
            language=language_for(code),
            title=place.title,
        )
        voice = Voice(language_for(chat.language), timezone_of(chat) or ZoneInfo("UTC"))
        return Ask(chat, words, voice, self._store, self._races, self._clock())

    def _voice(self, place: Place) -> Voice:
        """The language to answer in before anything is stored of the chat."""
        chat = self._store.chat(NAME, str(place.chat.id), place.thread)
        code = chat.language if chat else place.user.language_code if place.user else None
        return Voice(language_for(code), ZoneInfo("UTC"))

    def _is_operator(self, place: Place) -> bool:
        chat = self._store.chat(NAME, str(place.chat.id))
        return chat is not None and chat.operator

    async def _say(self, place: Place, answer: Answer) -> None:
        outcome = await self._replies.say(place.chat.id, place.thread, answer)
        if isinstance(outcome, Gone):
            self._rest(str(place.chat.id), outcome.why)

    def _membership(self, update: ChatMemberUpdated) -> None:
        """Blocked or thrown out: the chat rests, its subscriptions stay for when it comes back."""
        address, status = str(update.chat.id), update.new_chat_member.status
        if status in _OUT:
            self._rest(address, f"the bot is {status} there")
            return
        for chat in self._topics(address):
            if not chat.active and chat.why != STOPPED:
                self._store.reactivate(chat.id)

    def _moved(self, message: Message) -> None:
        for topic in self._topics(str(message.chat.id))[:1]:
            self._store.migrate(topic.id, str(message.migrate_to_chat_id))

    def _rest(self, address: str, why: str) -> None:
        for chat in self._topics(address):
            self._store.deactivate(chat.id, why)

    def _topics(self, address: str) -> list[Chat]:
        """The chat with all of its topics; only groups have any."""
        if not address.startswith("-"):
            chat = self._store.chat(NAME, address)
            return [chat] if chat else []
        return [chat for chat in self._store.chats(NAME, resting=True) if chat.address == address]


def _parted(text: str) -> tuple[str, str]:
    """The command's word, and what stands behind it, on the same line or the next."""
    parts = text.split(maxsplit=1)
    return (parts[0] if parts else ""), (parts[1].strip() if len(parts) > 1 else "")


def _note(text: Html, tapped: bool) -> Answer:
    """A short word: over the button where one was tapped."""
    return Answer(toast=plain(text)) if tapped else Answer(text)
