"""The commands of the bot, one module each, found without a list.

A command module has

``NAME``
    the word behind the slash.
``about(voice) -> str``
    its line in the menu and in /help.
``answer(ask) -> Answer``
    what it says; it never raises on anything a person may type.

and, where it wants them, ``SETTING = True`` (in a group only admins may use
it), ``OPERATOR = True`` (for nobody but operators, and others never hear of
it), ``ORDER`` (its place in the menu, 50 by default), and ``TAP`` with
``tapped(ask) -> Answer`` for buttons whose data begin with that word.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from bot.commands.ask import Answer, Ask
from bot.wording import Voice


@dataclass(frozen=True)
class Command:
    """One command as found in its module."""

    name: str
    about: Callable[[Voice], str]
    answer: Callable[[Ask], Answer]
    setting: bool = False
    order: int = 50
    tap: str | None = None
    tapped: Callable[[Ask], Answer] | None = None
    operator: bool = False


@cache
def found() -> Mapping[str, Command]:
    """The commands of this folder by name, in the order of the menu."""
    names = (info.name for info in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    commands = [
        Command(
            module.NAME,
            module.about,
            module.answer,
            getattr(module, "SETTING", False),
            getattr(module, "ORDER", 50),
            getattr(module, "TAP", None),
            getattr(module, "tapped", None),
            getattr(module, "OPERATOR", False),
        )
        for module in modules
        if hasattr(module, "NAME")
    ]
    return {command.name: command for command in sorted(commands, key=lambda c: (c.order, c.name))}


def for_tap(word: str) -> Command | None:
    """The command whose buttons begin with ``word``."""
    return next((command for command in found().values() if command.tap == word), None)
