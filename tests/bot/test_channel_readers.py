"""Whoever reads a channel may tap: nobody of them can make the bot post there."""

from tests.bot.conftest import Night, make_event
from tests.bot.hand import Desk
from tests.emulator import Person, Room, Seen


async def told_in_a_channel(desk: Desk) -> tuple[Room, Seen]:
    """A channel that follows the race, and the alert in it."""
    anna = desk.telegram.person("Anna")
    channel = desk.telegram.room("channel", "Results", admins=[anna], bot="administrator")
    anna.sends("/follow harbour", to=channel)
    await channel.next()
    desk.tell(make_event())
    return channel, await channel.next()


def payload(seen: Seen, label: str) -> str:
    """What the link of that button hands to /start."""
    link = next(data for text, data in seen.buttons.items() if label in text)
    start = "https://t.me/tallywire_bot?start="
    assert link.startswith(start)
    assert len(link.removeprefix(start)) <= 64
    return link.removeprefix(start)


async def test_the_buttons_of_an_alert_in_a_channel_lead_into_a_chat_of_the_readers_own(desk: Desk) -> None:
    _, alert = await told_in_a_channel(desk)
    assert list(alert.buttons) == ["📊 Chart", "❓ Why", "🔔 Follow"]
    reader = desk.telegram.person("Reader")
    assert "It rests on 1 quote" in await desk.ask(reader, f"/start {payload(alert, 'Why')}")
    assert "📊 Harbour City mayor" in await desk.ask(reader, f"/start {payload(alert, 'Chart')}")
    assert "You follow no race." in await desk.ask(reader, "/list")
    assert "You follow Harbour City mayor." in await desk.ask(reader, f"/start {payload(alert, 'Follow')}")


async def test_a_link_to_what_is_no_more_is_answered_kindly(desk: Desk) -> None:
    _, alert = await told_in_a_channel(desk)
    why = payload(alert, "Why")
    reader = desk.telegram.person("Reader")
    assert await desk.ask(reader, f"/start {why[:-4]}ffff") == "This button no longer works."
    del desk.races["harbour"]
    assert "Which race" in await desk.ask(reader, f"/start {why}")


async def test_a_readers_tap_says_nothing_in_the_channel(night: Night) -> None:
    anna, reader = night.telegram.person("Anna"), night.telegram.person("Reader")
    channel = night.telegram.room("channel", "Results", admins=[anna], bot="administrator")
    anna.sends("/follow harbour", to=channel)
    await channel.next()
    for label in ("Results", "Sample alert", "Unfollow"):
        assert await reader.taps(label, within=channel) == "Only admins can do that here."
    assert len(channel.told) == 1
    await anna.taps("Results", within=channel)
    await channel.until(lambda: len(channel.told) == 2)


async def forum(desk: Desk) -> tuple[Person, Room]:
    anna = desk.telegram.person("Anna")
    room = desk.telegram.room(admins=[anna], topics={7: "open"})
    anna.sends("/follow harbour", to=room, thread=7)
    await room.next()
    return anna, room


async def test_where_the_topic_was_deleted_the_group_itself_is_told(desk: Desk) -> None:
    _, room = await forum(desk)
    room.chat.topics = None
    desk.tell(make_event())
    assert (await room.next()).thread is None


async def test_a_closed_topic_keeps_what_it_follows_and_goes_on_when_it_is_open_again(desk: Desk) -> None:
    _, room = await forum(desk)
    room.chat.topics = {7: "closed"}
    desk.tell(make_event())
    await desk.quiet()
    (trouble,) = desk.store.troubles()
    assert "TOPIC_CLOSED" in str(trouble.why).upper()
    room.chat.topics = {7: "open"}
    desk.tell(make_event(key="harbour/2"))
    assert (await room.next()).thread == 7
