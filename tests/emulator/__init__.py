"""A strict Telegram Bot API server for tests, over real HTTP.

No public emulator checks entities, lengths, a button's 64 bytes, "message is
not modified", topics or migration, so this one does, with Telegram's own
error texts. It has two sides: the Bot API under ``/bot<token>/``, and people
(``telegram.person("Anna").sends("/start")``) who see what a person would see.
Faults can be ordered for any method and chat.

    async with Emulator() as telegram:
        anna = telegram.person("Anna")
        anna.sends("/start")
        message = await anna.chat.next()

``tallywire dev telegram`` runs it by itself.
"""

from tests.emulator.emulator import Emulator
from tests.emulator.faults import (
    DropAfter,
    DropBefore,
    Fault,
    Forbidden,
    Garbage,
    Late,
    Migrate,
    Status,
    TooMany,
)
from tests.emulator.people import Person, Room
from tests.emulator.world import Seen

__all__ = [
    "DropAfter",
    "DropBefore",
    "Emulator",
    "Fault",
    "Forbidden",
    "Garbage",
    "Late",
    "Migrate",
    "Person",
    "Room",
    "Seen",
    "Status",
    "TooMany",
]
