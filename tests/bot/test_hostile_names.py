"""Every place where a name is shown, with names as hostile pages would have them: all of it still arrives."""

from dataclasses import replace

import pytest

from bot.commands import found
from bot.enlist import appoint
from tally.event import EventKind, Level
from tally.race import Candidate
from tests.bot.conftest import make_event, make_race
from tests.bot.hand import Desk
from tests.emulator import Room

NAMES = [
    "<b>Bold</i> & <script>",
    "\u202eevil\u2066 \u0000 name",
    "😀👨‍👩‍👧" * 60,
    "שלום עולם " * 30,
    "{race} %s \\ \" '",
    "ﷺ" * 300,
    "   ",
]


def hostile(name: str) -> dict[str, object]:
    race = replace(
        make_race(title=name),
        candidates=(Candidate("doe", name, party=name), Candidate("roe", f"{name} II")),
    )
    return {"harbour": race}


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
async def test_everything_that_can_be_said_of_it_arrives(desk: Desk, name: str) -> None:
    desk.races.update(hostile(name))  # type: ignore[arg-type]
    anna = await desk.follower(language="tr")
    appoint(desk.store, str(anna.chat.id))
    desk.count(600, 400)
    desk.tell(make_event(EventKind.CONCESSION, candidate="roe"))
    desk.tell(make_event(EventKind.CONCESSION_WITHDRAWN, "harbour/2", candidate="roe", corrects="harbour/1"))
    await desk.quiet()
    desk.bot._doorway._allowance._burst = 100  # so many commands at once are not what this is about
    desk.bot._doorway._allowance._left.clear()
    for command in found().values():
        if command.name not in {"stop", "forget", "pause", "broadcast", "chart"}:
            await desk.ask(anna, f"/{command.name}")
    await desk.ask(anna, "/digest hourly")
    desk.tell(make_event(EventKind.VICTORY_CLAIM, "harbour/3", level=Level.IMPORTANT))
    await desk.ask(anna, "/digest now")
    assert await anna.asks_inline("")
    room = desk.telegram.room(title=name, admins=[anna], bot="administrator")
    anna.sends("/board on harbour", to=room)
    await room.next()
    await desk.quiet()
    assert room.pinned() is not None
    assert [call for call in desk.telegram.calls if call.code >= 400] == []
    assert desk.store.troubles() == []


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_each_command_is_answered_in_rooms_too(desk: Desk, kind: str) -> None:
    anna = desk.telegram.person("Anna")
    topics = {7: "open"} if kind == "supergroup" else None
    room = desk.telegram.room(kind, admins=[anna], bot="administrator", topics=topics)
    thread = 7 if topics else None
    desk.bot._doorway._allowance._burst = 100
    anna.sends("/follow harbour", to=room, thread=thread)
    await room.until(lambda: room.told)
    for command in found().values():
        if command.operator or command.name in {"forget", "stop", "chart"}:
            continue
        before = len(room.told)
        anna.sends(f"/{command.name}@tallywire_bot", to=room, thread=thread)
        await _more_than(room, before)
    await desk.quiet()
    assert {message.thread for message in room.told} == {thread}
    assert [call for call in desk.telegram.calls if call.code >= 400] == []


async def _more_than(room: Room, said: int) -> None:
    await room.until(lambda: len(room.told) > said)
