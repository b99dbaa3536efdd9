"""Telegram: an alert as a message of its own, as an edit, or as a reply to what it corrects.

Its connections are its own, apart from the updater's: a long poll must never
hold the one that an alert needs.
"""

import ssl
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from zoneinfo import ZoneInfo

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from bot.channels import Channel
from bot.channels.links import links
from bot.outcome import Outcome, Rejected, Sent
from bot.pacer import TELEGRAM, Pacer
from bot.verdict import verdict
from bot.wording import Alert, Button
from bot.wording.phrasebook import Phrasebook
from settings.secrets import hide
from storage.chat import Chat
from tally.event import Event
from tally.race import Race

NAME = "telegram"
TOKEN, API_URL = "TELEGRAM_TOKEN", "TELEGRAM_API_URL"
PUBLIC_API = "https://api.telegram.org"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# More in flight only makes the transport slower; a late answer is worth waiting for,
# because nobody can ask afterwards whether the message arrived.
IN_FLIGHT = 3
READ_TIMEOUT = 30.0
_TRIES = 3  # as it is, without the topic that is gone, without the markup
_NO_MARKUP, _NO_TOPIC = "can't parse entities", "message thread not found"
_UNSET = "UTC"  # a chat that never said where it is


def channel(environ: Mapping[str, str]) -> "TelegramChannel | None":
    """The channel for ``TELEGRAM_TOKEN`` (and ``TELEGRAM_API_URL``); None without a token."""
    token = environ.get(TOKEN, "").strip()
    return TelegramChannel(make_bot(token, environ.get(API_URL))) if token else None


def make_bot(token: str, api_url: str | None = None) -> Bot:
    """A bot with connections for alerts only. Nothing is asked of the server yet."""
    hide(token)
    alerts = connections(IN_FLIGHT + 1, READ_TIMEOUT)
    return Bot(token, base_url=base_url(api_url), request=alerts, get_updates_request=alerts)


def connections(most: int, read_timeout: float) -> HTTPXRequest:
    """At most ``most`` connections to Telegram; an answer is waited for ``read_timeout`` seconds."""
    return HTTPXRequest(
        connection_pool_size=most,
        read_timeout=read_timeout,
        connect_timeout=10.0,
        pool_timeout=10.0,
        httpx_kwargs={"verify": _trust()},
    )


@cache
def _trust() -> ssl.SSLContext:
    """The certificates to trust, read once: each copy costs some megabytes and a tenth of a second."""
    return httpx.create_ssl_context()


def base_url(api_url: str | None) -> str:
    """What python-telegram-bot wants: the server's address with ``/bot`` after it."""
    address = (api_url or PUBLIC_API).strip().rstrip("/")
    return address if address.endswith("/bot") else f"{address}/bot"


class TelegramChannel(Channel):
    """Sends alerts with ``bot``; every failure comes back as an outcome."""

    NAME = NAME
    WORKERS = IN_FLIGHT
    PACE = TELEGRAM

    def __init__(self, bot: Bot, pacer: Pacer | None = None) -> None:
        self.bot = bot
        self.pacer = pacer
        self.username: str | None = None  # known as soon as Telegram was asked
        self._phrasebook = Phrasebook()

    async def send(
        self,
        chat: Chat,
        event: Event,
        race: Race,
        *,
        edit_of: str | None = None,
        reply_to: str | None = None,
    ) -> Outcome:
        """One message, or one edit of ``edit_of``, in the chat's language and hours."""
        worded = self._phrasebook.alert(event, race, chat.language, timezone_of(chat))
        return await self._out(chat, worded, edit_of, reply_to)

    async def say(self, chat: Chat, worded: Alert, *, edit_of: str | None = None) -> Outcome:
        """One message, or one edit, of words that are ready."""
        return await self._out(chat, worded, edit_of, None)

    async def pin(self, chat: Chat, message_id: str) -> Outcome:
        """Pin a message without a sound."""
        try:
            await self.bot.pin_chat_message(chat_id(chat), int(message_id), disable_notification=True)
        except TelegramError as error:
            return verdict(error)
        return Sent(message_id)

    async def _out(self, chat: Chat, worded: Alert, edit_of: str | None, reply_to: str | None) -> Outcome:
        mode: str | None = ParseMode.HTML
        for _ in range(_TRIES):
            try:
                return await self._call(chat, worded, edit_of, reply_to, mode)
            except BadRequest as error:
                why = error.message.casefold()
                if mode is not None and _NO_MARKUP in why:
                    mode = None  # our markup was refused: the news goes out without it
                elif chat.thread is not None and _NO_TOPIC in why:
                    # Somebody deleted the topic, or the group has none any more: the group itself is told.
                    chat = replace(chat, thread=None)
                else:
                    return verdict(error, edit_of)
            except TelegramError as error:
                return verdict(error, edit_of)
        return Rejected("neither the markup nor the topic was taken")

    async def close(self) -> None:
        """Let the connections go."""
        await self.bot.request.shutdown()

    async def _call(
        self, chat: Chat, worded: Alert, edit_of: str | None, reply_to: str | None, parse_mode: str | None
    ) -> Outcome:
        text = worded.html if parse_mode else worded.plain
        if edit_of is not None:
            return await self._edit(chat, worded, edit_of, text, parse_mode)
        message = await self.bot.send_message(
            chat_id=chat_id(chat),
            message_thread_id=chat.thread,
            text=text,
            parse_mode=parse_mode,
            disable_notification=worded.silent,
            link_preview_options=NO_PREVIEW,
            reply_markup=self._buttons(chat, worded),
            reply_parameters=reply(reply_to),
        )
        return Sent(str(message.message_id))

    def _buttons(self, chat: Chat, worded: Alert) -> InlineKeyboardMarkup | None:
        if chat.kind == "channel":
            return links(worded.buttons, self.username, chat.language)
        return keyboard(worded.buttons)

    async def _edit(
        self, chat: Chat, worded: Alert, edit_of: str, text: str, parse_mode: str | None
    ) -> Outcome:
        if not edit_of.isdigit():
            return Rejected(f"{edit_of!r} is no message of Telegram's")
        await self.bot.edit_message_text(
            text,
            chat_id=chat_id(chat),
            message_id=int(edit_of),
            parse_mode=parse_mode,
            link_preview_options=NO_PREVIEW,
            reply_markup=self._buttons(chat, worded),
        )
        return Sent(edit_of)


def chat_id(chat: Chat) -> int | str:
    """Telegram's id of a chat; a public channel may be named instead ("@results")."""
    return chat.address if chat.address.startswith("@") else int(chat.address)


def timezone_of(chat: Chat) -> ZoneInfo | None:
    """Where the reader is; None, and then the race's own hours, where nobody said."""
    if chat.timezone == _UNSET:
        return None
    try:
        return ZoneInfo(chat.timezone)
    except (KeyError, ValueError, OSError):
        return None


def keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """Rows of buttons as Telegram wants them."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(b.text, callback_data=b.data, style=b.style) for b in row] for row in rows]
    )


def reply(reply_to: str | None) -> ReplyParameters | None:
    """An answer to an earlier message, sent all the same where that one is gone."""
    if reply_to is None or not reply_to.isdigit():
        return None
    return ReplyParameters(int(reply_to), allow_sending_without_reply=True)
