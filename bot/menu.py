"""The menus behind the slash: in each language, for readers, a group's members, its admins, and operators."""

import logging
from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, TelegramError

from bot.commands import Command, found
from bot.wording import Voice, languages
from bot.wording.catalogue import SOURCE_LANGUAGE
from bot.wording.markup import plain, shorten
from settings.secrets import redact

log = logging.getLogger(__name__)

LINE_LIMIT = 256


async def publish(bot: Bot, operators: Iterable[int] = ()) -> None:
    """Write the menus. A menu that can't be written is no reason not to listen."""
    places: list[tuple[BotCommandScope, str, Callable[[Command], bool]]] = [
        (scope, language, shown) for scope, shown in SCOPES for language in languages()
    ]
    places += [(BotCommandScopeChat(chat), SOURCE_LANGUAGE, _everything) for chat in operators]
    for scope, language, shown in places:
        try:
            await _written(bot, scope, language, menu(language, shown))
        except BadRequest as error:
            log.info("A menu was not written: %s", redact(error.message))  # an operator who never said /start
        except TelegramError as error:
            log.info("The menus were not written: %s", redact(error.message))
            return


async def _written(bot: Bot, scope: BotCommandScope, language: str, wanted: list[BotCommand]) -> None:
    code = None if language == SOURCE_LANGUAGE else language
    if [*await bot.get_my_commands(scope=scope, language_code=code)] != wanted:
        await bot.set_my_commands(wanted, scope=scope, language_code=code)


def menu(language: str, shown: Callable[[Command], bool] | None = None) -> list[BotCommand]:
    """The commands that are ``shown`` and their lines."""
    voice, fits = Voice(language, ZoneInfo("UTC")), shown or _for_readers
    commands = (command for command in found().values() if fits(command))
    return [BotCommand(c.name, shorten(plain(c.about(voice)), LINE_LIMIT)) for c in commands]


def _for_readers(command: Command) -> bool:
    """In private: all that is not an operator's, and no boards, which are for groups."""
    return not command.operator and command.name != "board"


def _for_members(command: Command) -> bool:
    """In a group: what changes nothing."""
    return not command.operator and not command.setting


def _for_admins(command: Command) -> bool:
    return not command.operator


def _everything(command: Command) -> bool:
    return True


SCOPES: tuple[tuple[BotCommandScope, Callable[[Command], bool]], ...] = (
    (BotCommandScopeDefault(), _for_readers),
    (BotCommandScopeAllGroupChats(), _for_members),
    (BotCommandScopeAllChatAdministrators(), _for_admins),
)
