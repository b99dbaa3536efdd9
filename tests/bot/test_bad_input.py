"""Whatever is sent gets a kind answer or none; never an exception, never another chat's data."""

import logging

import pytest

from tests.bot.conftest import Night
from tests.emulator import Forbidden, Person, Room, TooMany
from tests.emulator.errors import Json


@pytest.fixture(autouse=True)
def nothing_stumbles(caplog: pytest.LogCaptureFixture):  # type: ignore[no-untyped-def]
    """No test of this module may leave an exception in the log."""
    yield
    assert not [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]


async def answer_to(night: Night, person: Person, text: str, to: Room | None = None) -> list[str]:
    """What the bot says to it, and to nothing else, until all is confirmed."""
    room = to or person.chat
    before = len(room.told)
    person.sends(text, to=to)
    await night.telegram.idle()
    return [message.text for message in room.told[before:]]


@pytest.mark.parametrize(
    "text",
    [
        "/",
        "//",
        "/ start",
        "/start@tallywire_bot",
        "/START",
        "/start \u202e<b>x</b>",
        "/results " + "x" * 4000,
        "/follow 😀",
        "/since 99:99",
        "/since yesterday",
        "/mute forever",
        "/mute 99999d",
        "/races %s {x} \\ '\"",
        "/lang klingon",
        "/why nowhere",
        "/follow " + "\u0000" * 5 + "x",
        "hello?",
        "؟",
    ],
)
async def test_odd_words_get_one_kind_answer(night: Night, text: str) -> None:
    anna = night.telegram.person("Anna <script>" + "é" * 300)
    answers = await answer_to(night, anna, text)
    assert len(answers) == 1
    assert answers[0]


async def test_a_command_for_another_bot_is_not_answered(night: Night) -> None:
    anna = night.telegram.person("Anna")
    assert await answer_to(night, anna, "/start@other_bot") == []


async def test_another_bot_is_not_answered(night: Night) -> None:
    other = night.telegram.person("Other")
    other.user.is_bot = True
    assert await answer_to(night, other, "/start") == []


async def test_an_edited_command_is_not_done_again(night: Night) -> None:
    anna = night.telegram.person("Anna")
    message = anna.sends("/unfollow harbour")
    await anna.chat.next()
    anna.edits(message, "/follow harbour")
    await night.telegram.idle()
    assert len(anna.chat.told) == 1


@pytest.mark.parametrize(
    "data",
    [
        "", "x", "follow:", "follow:nothing", "races:-1:", "races:99999999:x", "races:5:ward", "why:a:b",
        "mute:", "start:sample:", "lang:xx", "results:again:", "unfollow:ffffffffffffffff", ":::", "help:1",
    ],
)  # fmt: skip
async def test_a_forged_button_does_nothing(night: Night, data: str) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/start")
    message = await anna.chat.next()
    await anna.sends_data(data, message)
    await night.telegram.idle()
    chat = night.store.chat("telegram", str(anna.chat.id))
    assert chat is None or list(night.store.follows(chat.id)) == []


async def test_a_race_that_is_watched_no_longer_has_an_expired_button(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/start")
    await anna.chat.next()
    del night.races["harbour"]
    assert await anna.taps("Harbour City") == "This button no longer works."


async def test_a_double_tap_is_one_follow(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/start")
    message = await anna.chat.next()
    data = message.buttons["Harbour City mayor"]
    await anna.sends_data(data, message)
    await anna.sends_data(data, message)
    await night.telegram.idle()
    assert len(anna.chat.told) == 1
    assert "You follow Harbour City mayor." in message.text


async def test_a_flood_of_commands_is_answered_a_few_times_and_then_warned_once(night: Night) -> None:
    anna, berta = night.telegram.person("Anna"), night.telegram.person("Berta")
    for _ in range(100):
        anna.sends("/help")
    await night.telegram.idle()
    told = [message.text for message in anna.chat.told]
    assert 11 <= len(told) <= 15
    assert told.count("That was a lot at once. Please wait a minute.") == 1
    # Nobody else has to wait for it.
    assert len(await answer_to(night, berta, "/help")) == 1


async def test_who_blocks_the_bot_is_put_to_rest_and_keeps_what_they_follow(night: Night) -> None:
    anna = night.telegram.person("Anna")
    await answer_to(night, anna, "/follow harbour")
    anna.blocks()
    await night.telegram.idle()
    chat = night.store.chat("telegram", str(anna.chat.id))
    assert chat is not None
    assert not chat.active
    assert [s.race for s in night.store.follows(chat.id)] == ["harbour"]


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
async def test_an_answer_that_telegram_refuses_stops_nobody(night: Night) -> None:
    anna, berta = night.telegram.person("Anna"), night.telegram.person("Berta")
    night.telegram.faults.order(TooMany(3600), chat=anna.chat.id)
    night.telegram.faults.order(Forbidden(), chat=berta.chat.id)
    assert await answer_to(night, anna, "/help") == []
    assert await answer_to(night, berta, "/help") == []
    assert len(await answer_to(night, anna, "/help")) == 1


async def test_no_chat_sees_what_another_follows(night: Night) -> None:
    anna, berta = night.telegram.person("Anna"), night.telegram.person("Berta")
    await answer_to(night, anna, "/follow harbour")
    listed = (await answer_to(night, berta, "/races"))[0]
    assert "🔔" not in listed


async def test_what_was_not_asked_for_is_never_fetched(night: Night) -> None:
    await night.telegram.until(lambda: night.telegram.updates.polls)
    query: Json = {"id": "1", "query": "x"}
    night.telegram.tell("shipping_query", query)
    assert night.telegram.updates.waiting == 0
