"""Channels: the ways an alert can reach somebody. One module each, found without a list.

A channel module has

``NAME``
    the word in ``chats.channel``: "console", "telegram".
``channel(environ) -> Channel | None``
    makes the channel from the environment's settings, or None where it is not
    configured (no token).

and, where its chats are named in the environment, ``addresses(environ)`` (see
``bot.configured``); and nothing needs to be registered: ``found()`` looks into this folder.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, Protocol, runtime_checkable

from bot.outcome import Outcome, Sent
from bot.pacer import UNPACED, Pace, Pacer
from bot.wording import Alert
from storage import Chat
from tally.event import Event
from tally.race import Race


@runtime_checkable
class Channel(Protocol):
    """What the outbox asks of a channel. Inherit from it to get the defaults.

    ``WORKERS`` is how many calls may be in flight at once, ``PACE`` the budgets
    the channel's server allows. ``pacer`` is the one to share where something
    else spends the same budgets (answers to commands); the outbox makes one
    where there is none.
    """

    NAME: str
    WORKERS: int = 1
    PACE: Pace = UNPACED
    pacer: Pacer | None = None

    async def send(
        self,
        chat: Chat,
        event: Event,
        race: Race,
        *,
        edit_of: str | None = None,
        reply_to: str | None = None,
    ) -> Outcome:
        """Word the event for the chat, make one call, and say what became of it.

        ``edit_of`` is the message that this event updates and that is to be
        edited in place, silently (no new message); ``reply_to`` the message
        that this event corrects. What is raised instead of returned counts as
        ``Uncertain``.
        """
        ...

    async def say(self, chat: Chat, worded: Alert, *, edit_of: str | None = None) -> Outcome:
        """Ready words in one call: a board, a digest, an operator's word, or an alert marked as corrected.

        A channel that has no such thing has nothing left to do.
        """
        return Sent(edit_of)

    async def pin(self, chat: Chat, message_id: str) -> Outcome:
        """Pin a message of our own, without a sound."""
        return Sent(message_id)

    def reach_by(self, connector: Callable[[], Any]) -> None:
        """Make connections of one's own only by these (an aiohttp connector), which are guarded."""
        return

    async def finish(self) -> None:
        """Let connections of one's own go; nothing is sent any more."""
        return


def found() -> Mapping[str, ModuleType]:
    """The channel modules of this folder by their NAME."""
    names = (info.name for info in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in sorted(names))
    return {module.NAME: module for module in modules if hasattr(module, "NAME")}
