"""The menu behind the slash, in each language; for groups as well as for private chats."""

import logging
from zoneinfo import ZoneInfo

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.commands import found
from bot.token import redact
from bot.wording import Voice, languages
from bot.wording.catalogue import SOURCE_LANGUAGE
from bot.wording.markup import plain, shorten

log = logging.getLogger(__name__)

LINE_LIMIT = 256


async def publish(bot: Bot) -> None:
    """Write the menus. A menu that can't be written is no reason not to listen."""
    for language in languages():
        code = None if language == SOURCE_LANGUAGE else language
        try:
            if [*await bot.get_my_commands(language_code=code)] == menu(language):
                continue
            await bot.set_my_commands(menu(language), language_code=code)
        except TelegramError as error:
            log.info("The menu in %r was not written: %s", language, redact(error.message))
            return


def menu(language: str) -> list[BotCommand]:
    """The commands and their lines."""
    voice = Voice(language, ZoneInfo("UTC"))
    return [BotCommand(c.name, shorten(plain(c.about(voice)), LINE_LIMIT)) for c in found().values()]
