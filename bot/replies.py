"""Answers on their way to a chat: a message, an edit, a button's note. Failures are noted, not raised."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from telegram import Bot, CallbackQuery, InlineQueryResultArticle, InputMediaPhoto, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram import NO_PREVIEW, keyboard
from bot.commands.ask import Answer
from bot.outcome import NotSent, Outcome, Sent
from bot.pacer import Pacer
from bot.verdict import verdict
from settings.secrets import redact

log = logging.getLogger(__name__)

INLINE_CACHE = 10  # seconds: a shared result must be the live one


class Replies:
    """Says answers with ``bot``. An answer that does not arrive can be asked for again; an alert can't.

    ``pacer`` is that of the alerts: two that each keep to the limit are twice over it together.
    """

    def __init__(self, bot: Bot, pacer: Pacer) -> None:
        self._bot = bot
        self._pacer = pacer
        self._easel = asyncio.Semaphore(1)  # a picture takes a processor for a moment: one at a time

    async def say(self, chat_id: int, thread: int | None, answer: Answer) -> Outcome:
        """The answer as a message of its own."""
        if answer.text is None:
            return Sent()
        picture = await self._drawn(answer)
        try:
            async with self._turn(chat_id):
                if answer.document is not None:
                    return await self._file(chat_id, thread, answer.text, answer.document)
                message = await self._send(chat_id, thread, answer, answer.text, picture)
        except TelegramError as error:
            return self._noted(error, chat_id)
        return Sent(str(message.message_id))

    @asynccontextmanager
    async def _turn(self, chat_id: int) -> AsyncIterator[None]:
        """One call within the budget that alerts and answers share."""
        await self._pacer.answer()
        began = self._pacer.begin()
        try:
            yield
        finally:
            self._pacer.called(str(chat_id), group=chat_id < 0, began=began)

    async def _file(
        self, chat_id: int, thread: int | None, text: str, document: tuple[str, bytes]
    ) -> Outcome:
        name, content = document
        message = await self._bot.send_document(
            chat_id, content, filename=name, caption=text, parse_mode=ParseMode.HTML, message_thread_id=thread
        )
        return Sent(str(message.message_id))

    async def offers(self, query_id: str, results: Sequence[InlineQueryResultArticle]) -> None:
        """The answer to ``@bot words`` typed in any chat."""
        try:
            await self._bot.answer_inline_query(query_id, results, cache_time=INLINE_CACHE, is_personal=True)
        except TelegramError as error:
            log.info("An inline question was not answered: %s", redact(error.message))

    async def tapped(self, query: CallbackQuery, answer: Answer) -> Outcome:
        """The answer to a tap: the note first, because the button spins until it comes."""
        try:
            await self._bot.answer_callback_query(query.id, text=answer.toast)
        except TelegramError as error:
            log.info("A button's note was not shown: %s", redact(error.message))
        message = query.message
        if message is None or answer.text is None:
            return Sent()
        if not answer.replaces:
            return await self.say(message.chat.id, getattr(message, "message_thread_id", None), answer)
        return await self._replace(message.chat.id, message.message_id, answer)

    async def _drawn(self, answer: Answer) -> bytes | None:
        """The answer's picture; None where there is none or it can't be drawn: the words go alone then."""
        if answer.picture is None:
            return None
        async with self._easel:
            try:
                return await asyncio.to_thread(answer.picture)
            except Exception:
                log.exception("A picture could not be drawn")
                return None

    async def _send(
        self, chat_id: int, thread: int | None, answer: Answer, text: str, picture: bytes | None
    ) -> Message:
        if picture is not None:
            return await self._bot.send_photo(
                chat_id,
                picture,
                caption=text,
                message_thread_id=thread,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(answer.buttons),
            )
        return await self._bot.send_message(
            chat_id,
            text,
            message_thread_id=thread,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=keyboard(answer.buttons),
        )

    async def _replace(self, chat_id: int, message_id: int, answer: Answer) -> Outcome:
        picture = await self._drawn(answer)
        try:
            async with self._turn(chat_id):
                await self._edit(chat_id, message_id, answer, picture)
        except BadRequest as error:
            outcome = verdict(error, str(message_id))
            # Two taps in a row, or a message too old to edit.
            return outcome if isinstance(outcome, Sent) else await self.say(chat_id, None, answer)
        except TelegramError as error:
            return self._noted(error, chat_id)
        return Sent(str(message_id))

    async def _edit(self, chat_id: int, message_id: int, answer: Answer, picture: bytes | None) -> None:
        buttons = keyboard(answer.buttons)
        if picture is not None:
            photo = InputMediaPhoto(picture, caption=answer.text, parse_mode=ParseMode.HTML)
            await self._bot.edit_message_media(
                photo, chat_id=chat_id, message_id=message_id, reply_markup=buttons
            )
            return
        await self._bot.edit_message_text(
            answer.text or "",
            chat_id=chat_id,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=buttons,
        )

    def _noted(self, error: TelegramError, chat_id: int) -> Outcome:
        outcome = verdict(error)
        if isinstance(outcome, NotSent) and outcome.retry_after is not None:
            self._pacer.refused(str(chat_id), outcome.retry_after)
        log.info("An answer did not reach chat %s: %s", chat_id, redact(error.message))
        return outcome
