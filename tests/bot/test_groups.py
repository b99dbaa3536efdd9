"""Groups, channels and topics: who may change what, and what happens when the bot is moved or thrown out."""

from storage import Chat
from tests.bot.conftest import Night
from tests.emulator import Room


def chat_of(night: Night, room: Room, thread: int | None = None) -> Chat | None:
    return night.store.chat("telegram", str(room.id), thread)


def followed(night: Night, room: Room, thread: int | None = None) -> list[str]:
    chat = chat_of(night, room, thread)
    return [s.race for s in night.store.follows(chat.id)] if chat else []


async def test_an_admin_can_follow_for_the_group(night: Night) -> None:
    anna = night.telegram.person("Anna")
    room = night.telegram.room(admins=[anna])
    anna.sends("/follow harbour", to=room)
    assert "You follow Harbour City mayor." in (await room.next()).text
    chat = chat_of(night, room)
    assert chat is not None
    assert chat.kind == "group"
    assert chat.title == "Newsroom"


async def test_who_is_no_admin_can_not(night: Night) -> None:
    anna, berta = night.telegram.person("Anna"), night.telegram.person("Berta")
    room = night.telegram.room(admins=[anna], members=[berta])
    berta.sends("/follow harbour", to=room)
    assert (await room.next()).text == "Only admins can do that here."
    assert followed(night, room) == []
    berta.sends("/races", to=room)
    assert "2 races are watched" in (await room.next()).text


async def test_who_is_no_admin_can_not_by_a_button_either(night: Night) -> None:
    anna, berta = night.telegram.person("Anna"), night.telegram.person("Berta")
    room = night.telegram.room(admins=[anna], members=[berta])
    anna.sends("/follow harbour", to=room)
    await room.next()
    assert await berta.taps("Unfollow", within=room) == "Only admins can do that here."
    assert followed(night, room) == ["harbour"]


async def test_an_admin_who_hides_behind_the_group_is_one(night: Night) -> None:
    anna = night.telegram.person("Anna")
    room = night.telegram.room(admins=[anna])
    anna.sends("/follow harbour", to=room, as_chat=True)
    assert "You follow" in (await room.next()).text


async def test_other_talk_and_other_bots_commands_are_not_answered(night: Night) -> None:
    anna = night.telegram.person("Anna")
    room = night.telegram.room(admins=[anna])
    anna.sends("harbour", to=room)
    anna.sends("/weather", to=room)
    anna.sends("/weather@other_bot", to=room)
    await night.telegram.idle()
    assert room.told == []


async def test_alerts_go_into_the_topic_where_they_were_asked_for(night: Night) -> None:
    anna = night.telegram.person("Anna")
    room = night.telegram.room(admins=[anna], topics={7: "open"})
    anna.sends("/follow harbour", to=room, thread=7)
    assert (await room.next()).thread == 7
    assert followed(night, room, 7) == ["harbour"]
    assert followed(night, room) == []


async def test_a_channels_post_can_follow(night: Night) -> None:
    anna = night.telegram.person("Anna")
    channel = night.telegram.room("channel", "Results", admins=[anna], bot="administrator")
    anna.sends("/follow harbour", to=channel)
    assert "You follow" in (await channel.next()).text
    chat = chat_of(night, channel)
    assert chat is not None
    assert chat.kind == "channel"


async def test_a_group_that_becomes_a_supergroup_keeps_what_it_follows(night: Night) -> None:
    anna = night.telegram.person("Anna")
    group = night.telegram.room("group", admins=[anna])
    anna.sends("/follow harbour", to=group)
    await group.next()
    now = night.telegram.upgrade(group)
    await night.telegram.idle()
    assert followed(night, now) == ["harbour"]
    assert chat_of(night, group) is None


async def test_a_group_that_throws_the_bot_out_rests_until_it_is_back(night: Night) -> None:
    anna = night.telegram.person("Anna")
    room = night.telegram.room(admins=[anna])
    anna.sends("/follow harbour", to=room)
    await room.next()
    anna.removes_bot(room)
    await night.telegram.idle()
    chat = chat_of(night, room)
    assert chat is not None and not chat.active
    anna.adds_bot(room)
    await night.telegram.idle()
    chat = chat_of(night, room)
    assert chat is not None and chat.active
    assert followed(night, room) == ["harbour"]
