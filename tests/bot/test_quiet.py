"""Quiet hours and digests: urgent news comes through, the rest waits for one message or is dropped."""

from dataclasses import replace

import pytest

from tally.event import EventKind, Level, Tier
from tests.bot.conftest import make_event, make_headline
from tests.bot.hand import Desk
from tests.emulator import Person, Status

# It is 23:41 in Istanbul.
IMPORTANT = make_event(EventKind.VICTORY_CLAIM, key="harbour/claim", level=Level.IMPORTANT)
ROUTINE = make_event(EventKind.MILESTONE, key="harbour/half", level=Level.ROUTINE)
URGENT = make_event(EventKind.CONCESSION, key="harbour/over", candidate="roe")


def news(person: Person) -> list[str]:
    """The first lines of what came after the answers to commands."""
    lines = [message.text.split("\n")[0] for message in person.chat.told]
    return [line for line in lines if " · Harbour" in line or "while it was quiet" in line]


async def test_urgent_news_comes_through_and_the_rest_in_one_message_when_it_is_over(desk: Desk) -> None:
    anna = await desk.follower()
    said = await desk.ask(anna, "/quiet 23:00-07:00")
    assert "Quiet from 23:00 to 07:00 (Europe/Istanbul)." in said
    desk.tell(IMPORTANT, ROUTINE, URGENT)
    await desk.quiet()
    assert news(anna) == ["🏳️ CONCESSION · Harbour City mayor"]
    desk.on(hours=7, minutes=18)
    await desk.quiet()
    assert len(news(anna)) == 1  # 06:59
    desk.on(minutes=1)
    await desk.quiet()
    assert news(anna)[1:] == ["🗞 2 pieces of news while it was quiet"]
    told = anna.chat.told[-1].text
    assert "Harbour City mayor\n" in told
    assert "23:41 📣" in told and "23:41 📈" in told
    desk.on(days=1)
    await desk.quiet()
    assert len(news(anna)) == 2


async def test_what_was_taken_back_meanwhile_is_struck_through(desk: Desk) -> None:
    anna = await desk.follower()
    await desk.ask(anna, "/quiet 23:00-07:00")
    desk.tell(IMPORTANT)
    gone = replace(IMPORTANT, key="harbour/claim/gone", corrects=IMPORTANT.key, after="withdrawn")
    desk.tell(gone)
    desk.on(hours=8)
    await desk.quiet()
    digest = anna.chat.told[-1]
    assert any(kind == "strikethrough" and "claims victory" in text for kind, text in digest.html)
    assert "– taken back" in digest.text


async def test_the_rest_may_be_dropped(desk: Desk) -> None:
    anna = await desk.follower()
    await desk.ask(anna, "/quiet 23:00-07:00")
    await anna.taps("dropped")
    desk.tell(IMPORTANT, URGENT)
    desk.on(hours=8)
    await desk.quiet()
    assert news(anna) == ["🏳️ CONCESSION · Harbour City mayor"]


async def test_outside_of_them_everything_comes_at_once(desk: Desk) -> None:
    anna = await desk.follower()
    await desk.ask(anna, "/quiet 01:00-07:00")
    desk.tell(IMPORTANT)
    await desk.quiet()
    assert news(anna) == ["📣 VICTORY CLAIM · Harbour City mayor"]


async def test_the_hours_are_those_of_the_readers_place(desk: Desk) -> None:
    anna = await desk.follower()
    said = await desk.ask(anna, "/quiet 16-18 new york")
    assert "Quiet from 16:00 to 18:00 (America/New_York)." in said
    desk.tell(IMPORTANT)  # 16:41 there
    await desk.quiet()
    assert news(anna) == []


async def test_muted_means_muted_also_for_what_was_held(desk: Desk) -> None:
    anna = await desk.follower()
    await desk.ask(anna, "/quiet 23:00-07:00")
    desk.tell(IMPORTANT)
    await desk.ask(anna, "/mute 12h")
    desk.tell(ROUTINE)
    desk.on(hours=8)
    await desk.quiet()
    assert news(anna) == []


async def test_nothing_of_it_comes_when_a_stopped_chat_begins_again(desk: Desk) -> None:
    anna = await desk.follower()
    await desk.ask(anna, "/quiet 23:00-07:00")
    desk.tell(IMPORTANT, ROUTINE)
    await desk.ask(anna, "/stop")
    desk.on(hours=8)
    await desk.ask(anna, "/start")
    desk.on(hours=1)
    await desk.quiet()
    assert news(anna) == []


async def test_turned_off_it_tells_what_waited(desk: Desk) -> None:
    anna = await desk.follower()
    await desk.ask(anna, "/quiet 23:00-07:00")
    desk.tell(IMPORTANT)
    await anna.taps("No quiet hours")
    await desk.quiet()
    assert news(anna) == ["🗞 1 piece of news while it was quiet"]


async def test_an_hourly_digest_and_urgent_news_at_once(desk: Desk) -> None:
    anna = await desk.follower()
    await desk.ask(anna, "/digest hourly")
    desk.tell(IMPORTANT, URGENT)
    await desk.quiet()
    assert news(anna) == ["🏳️ CONCESSION · Harbour City mayor"]
    desk.on(minutes=19)
    await desk.quiet()
    assert news(anna)[1:] == ["🗞 1 piece of news while it was quiet"]
    desk.tell(ROUTINE)
    desk.on(hours=1)
    await desk.quiet()
    assert len(news(anna)) == 3


async def test_a_digest_can_be_had_now(desk: Desk) -> None:
    anna = await desk.follower()
    await desk.ask(anna, "/digest hourly")
    desk.tell(IMPORTANT)
    await desk.ask(anna, "/digest now")
    await desk.quiet()
    assert news(anna) == ["🗞 1 piece of news while it was quiet"]
    await desk.ask(anna, "/digest off")
    desk.tell(ROUTINE)
    await desk.quiet()
    assert news(anna)[1:] == ["📈 COUNT PROGRESS · Harbour City mayor"]
    assert "📈" in await desk.ask(anna, "/digest now")  # nothing waits: the last hour


async def test_a_digest_that_did_not_arrive_comes_again(desk: Desk) -> None:
    anna = await desk.follower()
    await desk.ask(anna, "/quiet 23:00-07:00")
    desk.tell(IMPORTANT)
    desk.telegram.faults.order(Status(502))
    desk.on(hours=8)
    await desk.until(lambda: desk.store.db.row("select 1 from notices where error is not null"))
    desk.on(minutes=2)
    await desk.quiet()
    assert news(anna) == ["🗞 1 piece of news while it was quiet"]


@pytest.mark.parametrize("words", ["soon", "25:00-26:00", "23:00-07:00 Atlantis", "<b>", "-", "23"])
async def test_hours_nobody_can_read_are_asked_for_again(desk: Desk, words: str) -> None:
    anna = await desk.follower()
    assert "/quiet 23:00-07:00" in await desk.ask(anna, f"/quiet {words}")
    chat = desk.store.chat("telegram", str(anna.chat.id))
    assert chat is not None and chat.quiet_from is None


EARLY = make_event(
    key="harbour/early",
    level=Level.IMPORTANT,
    tier=Tier.FLASH,
    origin="agency",
    headline=make_headline("agency"),
)
SURE = make_event(key="harbour/sure", level=Level.ROUTINE, updates=EARLY.key)


@pytest.mark.parametrize("wish", ["/quiet 23:00-07:00", "/quiet 23:00-07:00 drop", "/digest hourly"])
async def test_a_lead_change_that_is_confirmed_at_night_comes_through(desk: Desk, wish: str) -> None:
    """One origin's early in the count waits; the second one makes it the news that was promised."""
    anna = await desk.follower()
    await desk.ask(anna, wish)
    desk.tell(EARLY)
    await desk.quiet()
    assert news(anna) == []
    desk.tell(SURE)
    await desk.quiet()
    assert news(anna) == ["🔁 LEAD CHANGE, CONFIRMED · Harbour City mayor"]
    assert not anna.chat.told[-1].silent
    desk.on(hours=9)
    await desk.quiet()
    assert len(news(anna)) == 1


async def test_who_wants_urgent_news_only_hears_of_a_lead_change_when_it_is_confirmed(desk: Desk) -> None:
    anna, berta = await desk.follower(), await desk.follower("Berta")
    chat = desk.store.chat("telegram", str(anna.chat.id))
    assert chat is not None
    desk.store.follow(chat.id, "harbour", level="urgent")
    desk.tell(EARLY, SURE)
    await desk.quiet()
    assert news(anna) == ["🔁 LEAD CHANGE, CONFIRMED · Harbour City mayor"]
    assert news(berta) == news(anna)
    assert berta.chat.told[-1].edits


async def test_what_many_flips_came_to_is_no_confirmation(desk: Desk) -> None:
    anna = await desk.follower()
    await desk.ask(anna, "/quiet 23:00-07:00")
    desk.tell(EARLY, replace(SURE, details={"flips": 5, "minutes": 30}))
    await desk.quiet()
    assert news(anna) == []
