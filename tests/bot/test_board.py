"""The live board: one pinned message that edits itself, never too often, made anew where it is gone."""

import pytest

from tests.bot.hand import Desk
from tests.emulator import Person, Room, TooMany


@pytest.fixture
def anna(desk: Desk) -> Person:
    return desk.telegram.person("Anna")


@pytest.fixture
async def room(desk: Desk, anna: Person) -> Room:
    """A group with a board up."""
    made = desk.telegram.room(admins=[anna], bot="administrator")
    anna.sends("/board on harbour", to=made)
    await made.next()
    await desk.quiet()
    return made


def board(room: Room) -> str:
    pinned = room.pinned()
    assert pinned is not None
    return pinned.text


async def test_it_is_pinned_and_edited_when_the_count_moves(desk: Desk, room: Room) -> None:
    assert board(room).startswith("🔴 LIVE BOARD\n📊 Harbour City mayor\nNo votes counted yet")
    pinned = room.pinned()
    assert pinned is not None and pinned.silent
    desk.on(seconds=120)
    desk.count(600, 400)
    await desk.quiet()
    assert "Jane Doe (Reform) is ahead" in board(room)
    assert "Edited at 23:43" in board(room)
    assert len(room.told) == 2


async def test_it_is_edited_every_fifteen_seconds_at_most_and_then_shows_what_is_true(
    desk: Desk, room: Room
) -> None:
    desk.on(seconds=20)
    for number in range(5):
        desk.count(600 + number, 400)
        desk.on(seconds=1)
        await desk.quiet()
    pinned = room.pinned()
    assert pinned is not None
    assert len(pinned.edits) == 1
    assert "600" in pinned.text
    desk.on(seconds=15)
    await desk.quiet()
    assert len(pinned.edits) == 2
    assert "604" in pinned.text
    desk.on(hours=1)
    await desk.quiet()
    assert len(pinned.edits) == 2


async def test_a_change_that_it_does_not_show_is_no_edit(desk: Desk, room: Room) -> None:
    desk.on(seconds=20)
    desk.store.set_board(1, "harbour", on=True)
    calls = len(desk.telegram.calls)
    await desk.quiet()
    assert not [c for c in desk.telegram.calls[calls:] if c.method == "editMessageText"]


async def test_one_that_was_deleted_is_made_anew_and_pinned(desk: Desk, room: Room) -> None:
    first = room.pinned()
    assert first is not None
    room.chat.messages.remove(first)
    desk.on(seconds=20)
    desk.count(600, 400)
    await desk.quiet()
    again = room.pinned()
    assert again is not None and again.id != first.id
    assert "Jane Doe (Reform) is ahead" in again.text


async def test_it_goes_on_after_a_restart_in_the_same_message(desk: Desk, room: Room) -> None:
    await desk.restart_outbox()
    desk.on(seconds=20)
    desk.count(600, 400)
    await desk.quiet()
    assert "is ahead" in board(room)
    assert len(room.told) == 2


async def test_without_the_right_to_pin_it_is_a_board_all_the_same(desk: Desk, anna: Person) -> None:
    room = desk.telegram.room(admins=[anna])
    anna.sends("/board on harbour", to=room)
    await room.next()
    await desk.quiet()
    desk.on(seconds=20)
    desk.count(600, 400)
    await desk.quiet()
    assert "is ahead" in room.told[-1].text
    assert room.pinned() is None


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
async def test_a_429_holds_it_and_it_shows_the_latest_afterwards(desk: Desk, room: Room) -> None:
    desk.telegram.faults.order(TooMany(1), method="editMessageText")
    desk.on(seconds=20)
    desk.count(600, 400)
    await desk.until(lambda: desk.store.db.row("select 1 from notices where error is not null"))
    desk.count(700, 400)
    desk.on(seconds=30)
    await desk.quiet()
    assert "700" in board(room)


async def test_only_admins_put_it_up_and_off_ends_it(desk: Desk, room: Room, anna: Person) -> None:
    berta = desk.telegram.person("Berta")
    room.chat.members[berta.user.id] = (berta.user, "member")
    berta.sends("/board off", to=room)
    await room.until(lambda: "Only admins" in room.told[-1].text)
    anna.sends("/board off", to=room)
    await room.until(lambda: "No board" in room.told[-1].text)
    before = board(room)
    desk.on(seconds=20)
    desk.count(600, 400)
    await desk.quiet()
    assert board(room) == before


async def test_in_private_there_is_a_refresh_button_instead(desk: Desk, anna: Person) -> None:
    assert "/results" in await desk.ask(anna, "/board on harbour")
    await desk.ask(anna, "/results harbour")
    shown = anna.chat.told[-1]
    desk.count(600, 400)
    await anna.taps("Refresh", shown)
    await anna.chat.until(lambda: shown.edits)
    assert "is ahead" in shown.text


async def test_a_board_stands_in_its_topic(desk: Desk, anna: Person) -> None:
    forum = desk.telegram.room(admins=[anna], bot="administrator", topics={7: "open"})
    anna.sends("/board on harbour", to=forum, thread=7)
    await forum.next()
    await desk.quiet()
    assert forum.told[-1].thread == 7
    assert forum.pinned() is forum.told[-1]


async def test_it_moves_with_a_group_that_becomes_a_supergroup(desk: Desk, anna: Person) -> None:
    group = desk.telegram.room("group", admins=[anna], bot="administrator")
    anna.sends("/board on harbour", to=group)
    await group.next()
    await desk.quiet()
    now = desk.telegram.upgrade(group)
    await desk.quiet()
    desk.on(seconds=20)
    desk.count(600, 400)
    await desk.quiet()
    assert "is ahead" in board(now)
