"""What becomes of a board, a digest or an operator's words when a call goes wrong, and what the chat saw."""

import pytest

from bot.enlist import appoint
from tally.event import EventKind, Level
from tests.bot.conftest import make_event
from tests.bot.hand import Desk
from tests.emulator import DropAfter, DropBefore, Fault, Forbidden, Migrate, Person, Status

CLAIM = make_event(EventKind.VICTORY_CLAIM, key="harbour/claim", level=Level.IMPORTANT)


def digests(person: Person) -> int:
    return sum("while it was quiet" in message.text for message in person.chat.told)


async def tried(desk: Desk, kind: str) -> None:
    """Until the notice was tried and what became of it written down."""
    await desk.until(lambda: desk.telegram.faults.orders == [] or not desk.telegram.faults.orders[0].times)
    await desk.until(
        lambda: not desk.store.db.row("select 1 from notices where kind = ? and sending", (kind,))
    )


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        (Status(502), 1),
        (DropBefore(), 1),
        (DropAfter(), 2),
        (Status(400, "Bad Request: not enough rights"), 0),
    ],
    ids=["502", "drop before", "drop after", "400"],
)
async def test_a_digest_goes_out_again_where_it_may_not_have_arrived(
    desk: Desk, fault: Fault, seen: int
) -> None:
    anna = await desk.follower()
    await desk.ask(anna, "/digest hourly")
    desk.tell(CLAIM)
    desk.telegram.faults.order(fault)
    desk.on(hours=1)
    await tried(desk, "digest")
    desk.on(minutes=5)
    await desk.quiet()
    assert digests(anna) == seen


@pytest.mark.parametrize(("fault", "seen"), [(Status(502), 1), (DropAfter(), 1)], ids=["502", "drop after"])
async def test_words_are_never_said_twice(desk: Desk, fault: Fault, seen: int) -> None:
    anna = await desk.follower()
    chat = desk.store.chat("telegram", str(anna.chat.id))
    assert chat is not None
    desk.telegram.faults.order(fault)
    desk.store.say_to([chat.id], "hello", "Hello")
    await tried(desk, "word")
    desk.on(minutes=5)
    await desk.quiet()
    assert sum("Hello" in message.text for message in anna.chat.told) == seen


async def test_what_the_service_says_of_itself_is_no_operators_word(desk: Desk) -> None:
    anna = await desk.follower()
    chat = desk.store.chat("telegram", str(anna.chat.id))
    assert chat is not None
    desk.store.tell_of_itself([chat.id], "No backup could be made.")
    desk.store.say_to([chat.id], "hello", "Good evening")
    await desk.until(lambda: any("Good evening" in seen.text for seen in anna.chat.told))
    lines = [seen.text.split("\n") for seen in anna.chat.told]
    heads = {line[1]: line[0] for line in lines if len(line) > 1}
    assert "Tallywire, of itself" in heads["No backup could be made."]
    assert "A word from the operator" in heads["Good evening"]


async def test_a_chat_that_is_gone_is_put_to_rest(desk: Desk) -> None:
    anna = await desk.follower()
    chat = desk.store.chat("telegram", str(anna.chat.id))
    assert chat is not None
    desk.telegram.faults.order(Forbidden())
    desk.store.say_to([chat.id], "hello", "Hello")
    await desk.until(lambda: not (desk.store.chat_by_id(chat.id) or chat).active)


async def test_a_board_follows_its_group_to_the_new_address_that_the_call_tells(desk: Desk) -> None:
    anna = desk.telegram.person("Anna")
    room, new = (desk.telegram.room(admins=[anna], bot="administrator") for _ in range(2))
    anna.sends("/board on harbour", to=room)
    await room.next()
    await desk.quiet()
    desk.telegram.faults.order(Migrate(new.id), method="editMessageText")
    desk.on(seconds=20)
    desk.count(600, 400)
    await desk.until(lambda: desk.store.chat("telegram", str(new.id)))
    desk.on(minutes=1)
    await desk.quiet()
    assert "is ahead" in new.told[-1].text
    assert new.pinned() is new.told[-1]


async def test_an_edit_whose_answer_was_lost_goes_out_again_and_is_there_once(desk: Desk) -> None:
    anna = desk.telegram.person("Anna")
    room = desk.telegram.room(admins=[anna], bot="administrator")
    anna.sends("/board on harbour", to=room)
    await room.next()
    await desk.quiet()
    desk.telegram.faults.order(DropAfter(), method="editMessageText")
    desk.on(seconds=20)
    desk.count(600, 400)
    await tried(desk, "board")
    desk.on(minutes=1)
    desk.count(700, 400)
    await desk.quiet()
    pinned = room.pinned()
    assert pinned is not None and "700" in pinned.text
    assert len(room.told) == 2


async def test_a_board_of_a_race_that_is_watched_no_more_stays_as_it_is(desk: Desk) -> None:
    anna = desk.telegram.person("Anna")
    room = desk.telegram.room(admins=[anna], bot="administrator")
    anna.sends("/board on harbour", to=room)
    await room.next()
    await desk.quiet()
    desk.store.set_board(1, "harbour", on=True)
    del desk.races["harbour"]
    desk.on(minutes=1)
    await desk.quiet()
    pinned = room.pinned()
    assert pinned is not None and pinned.edits == []


async def test_one_board_of_several_is_taken_down_by_its_name(desk: Desk) -> None:
    anna = desk.telegram.person("Anna")
    room = desk.telegram.room(admins=[anna], bot="administrator")
    for words in ("/board on", "/board on hills"):
        anna.sends(words, to=room)
        await room.next()
    await anna.taps("Harbour", within=room)
    await desk.quiet()
    chat = desk.store.chat("telegram", str(room.id))
    assert chat is not None
    assert desk.store.boards(chat.id) == ["harbour", "hills"]
    anna.sends("/board off harbour", to=room)
    await room.until(lambda: any("stays as it is" in message.text for message in room.told))
    assert desk.store.boards(chat.id) == ["hills"]


async def test_sources_tell_the_sick_first(desk: Desk) -> None:
    from tally.capture import Outcome

    race = desk.races["harbour"]
    chief = desk.telegram.person("Chief", started=True)
    appoint(desk.store, str(chief.chat.id))
    desk.store.take_in(race, "wire", None, Outcome.FAILED, [], [], desk.clock(), reason="HTTP 500")
    said = await desk.ask(chief, "/sources")
    assert said.split("\n")[0].startswith("🩺 Harbour City mayor · wire · never read well · HTTP 500")
    assert "▫️ Hill District council · wire · not polled yet" in said
