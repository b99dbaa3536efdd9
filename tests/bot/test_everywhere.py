"""Every command in every place: private, a group by an admin and by a member, a channel, a topic."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.commands import found
from tests.bot.conftest import NOW, Night, make_event
from tests.emulator import Person, Room

READERS = [command for command in found().values() if not command.operator]
OPERATORS = [command for command in found().values() if command.operator]
WORDS = {"since": "21:00", "quiet": "23-7", "lang": "tr", "digest": "hourly", "board": "on harbour"}
ABOUT_A_RACE = {"start", "follow", "unfollow", "results", "chart", "why", "settings"}
ADMINS_ONLY = "Only admins can do that here."
UNKNOWN = "I do not know that command. /help shows what I can do."


@dataclass
class Spot:
    """Where somebody speaks."""

    person: Person
    room: Room
    thread: int | None = None
    is_admin: bool = True

    async def ask(self, words: str) -> str:
        """What is said to it there, in one message."""
        before = len(self.room.told)
        private = self.room.chat.kind == "private"
        self.person.sends(words, to=None if private else self.room, thread=self.thread)
        await self.room.until(lambda: len(self.room.told) > before)
        await self.person.telegram.idle()
        (said,) = self.room.told[before:]
        assert said.thread == self.thread
        return said.text


def private(night: Night) -> Spot:
    anna = night.telegram.person("Anna")
    return Spot(anna, anna.chat)


def group_admin(night: Night) -> Spot:
    anna = night.telegram.person("Anna")
    return Spot(anna, night.telegram.room(admins=[anna]))


def group_member(night: Night) -> Spot:
    anna, berta = night.telegram.person("Anna"), night.telegram.person("Berta")
    return Spot(berta, night.telegram.room(admins=[anna], members=[berta]), is_admin=False)


def channel(night: Night) -> Spot:
    anna = night.telegram.person("Anna")
    return Spot(anna, night.telegram.room("channel", "Results", admins=[anna], bot="administrator"))


def topic(night: Night) -> Spot:
    anna = night.telegram.person("Anna")
    return Spot(anna, night.telegram.room(admins=[anna], topics={7: "open"}), thread=7)


SPOTS = [private, group_admin, group_member, channel, topic]


@pytest.mark.parametrize("spot", SPOTS)
@pytest.mark.parametrize("command", READERS, ids=lambda command: command.name)
async def test_a_command_is_answered_once_and_where_it_was_asked(
    night: Night, spot: Callable[[Night], Spot], command, caplog: pytest.LogCaptureFixture
) -> None:
    night.store.change(night.races["harbour"], lambda standing: (standing, [make_event()]), NOW)
    here = spot(night)
    words = WORDS.get(command.name, "harbour" if command.name in ABOUT_A_RACE else "")
    said = await here.ask(f"/{command.name} {words}".strip())
    refused = command.setting and not here.is_admin
    assert (said == ADMINS_ONLY) is refused
    assert said != UNKNOWN
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("spot", SPOTS)
@pytest.mark.parametrize("command", OPERATORS, ids=lambda command: command.name)
async def test_an_operators_command_is_unknown_to_everybody_else(
    night: Night, spot: Callable[[Night], Spot], command
) -> None:
    assert await spot(night).ask(f"/{command.name}") == UNKNOWN
