"""What each failure means for the reader, and what the chat saw of it: the table of a failed call."""

import socket
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.channels.telegram import TelegramChannel, base_url, channel, make_bot
from bot.outcome import Gone, Moved, NotSent, Outcome, Rejected, Sent, Uncertain
from storage import Chat
from tally.event import EventKind, Level
from tests.bot.conftest import make_event, make_race
from tests.emulator import (
    DropAfter,
    DropBefore,
    Emulator,
    Fault,
    Forbidden,
    Garbage,
    Late,
    Migrate,
    Person,
    Status,
    TooMany,
)

RACE = make_race()
EVENT = make_event()


@pytest.fixture
async def wire(telegram: Emulator) -> AsyncIterator[TelegramChannel]:
    made = TelegramChannel(make_bot(telegram.token, telegram.url))
    yield made
    await made.close()


@pytest.fixture
def anna(telegram: Emulator) -> Person:
    return telegram.person("Anna", started=True)


def chat_of(person: Person, **changes: object) -> Chat:
    return replace(Chat(1, "telegram", str(person.chat.id)), **changes)  # type: ignore[arg-type]


async def test_an_alert_arrives_as_it_was_worded(wire: TelegramChannel, anna: Person) -> None:
    outcome = await wire.send(chat_of(anna), EVENT, RACE)
    seen = await anna.chat.next()
    assert outcome == Sent(str(seen.id))
    assert seen.text.startswith("🔁 LEAD CHANGE · Harbour City mayor\nJane Doe (Reform) is ahead")
    assert ("bold", "LEAD CHANGE · Harbour City mayor") in seen.html
    assert list(seen.buttons) == ["📊 Chart", "❓ Why", "🔕 Mute race"]
    assert not seen.silent
    assert not seen.preview


async def test_routine_news_makes_no_sound(wire: TelegramChannel, anna: Person) -> None:
    await wire.send(chat_of(anna), make_event(EventKind.MILESTONE, level=Level.ROUTINE), RACE)
    assert (await anna.chat.next()).silent


async def test_an_alert_speaks_the_chats_language(wire: TelegramChannel, anna: Person) -> None:
    await wire.send(chat_of(anna, language="tr", timezone="Europe/Berlin"), EVENT, RACE)
    text = (await anna.chat.next()).text
    assert "%50,1" in text
    assert text.endswith("22:41")


async def test_a_correction_replies_to_what_it_corrects(wire: TelegramChannel, anna: Person) -> None:
    first = await wire.send(chat_of(anna), EVENT, RACE)
    assert isinstance(first, Sent)
    event = make_event(EventKind.REVISED, key="harbour/2", corrects=EVENT.key)
    await wire.send(chat_of(anna), event, RACE, reply_to=first.message_id)
    assert anna.chat.told[1].reply_to == int(first.message_id or 0)


async def test_a_correction_arrives_though_the_first_alert_was_deleted(
    wire: TelegramChannel, anna: Person
) -> None:
    outcome = await wire.send(chat_of(anna), EVENT, RACE, reply_to="999")
    assert isinstance(outcome, Sent)
    assert anna.chat.told[0].reply_to is None


async def test_a_confirmation_edits_in_place(wire: TelegramChannel, anna: Person) -> None:
    first = await wire.send(chat_of(anna), EVENT, RACE)
    assert isinstance(first, Sent)
    changed = make_event(EventKind.TIE, key="harbour/2", updates=EVENT.key)
    outcome = await wire.send(chat_of(anna), changed, RACE, edit_of=first.message_id)
    assert outcome == first
    assert len(anna.chat.told) == 1
    assert anna.chat.told[0].text.startswith("⚖️ TIE")
    assert anna.chat.told[0].buttons


async def test_an_edit_that_stands_there_already_is_done(wire: TelegramChannel, anna: Person) -> None:
    first = await wire.send(chat_of(anna), EVENT, RACE)
    assert isinstance(first, Sent)
    assert await wire.send(chat_of(anna), EVENT, RACE, edit_of=first.message_id) == first


async def test_an_edit_of_what_is_gone_is_rejected(wire: TelegramChannel, anna: Person) -> None:
    outcome = await wire.send(chat_of(anna), EVENT, RACE, edit_of="4711")
    assert outcome == Rejected("Message to edit not found")


@pytest.mark.parametrize(
    ("fault", "outcome", "arrived"),
    [
        (TooMany(7), NotSent(7.0, "Flood control exceeded. Retry in 7 seconds"), 0),
        (Forbidden(), Gone("Forbidden: bot was blocked by the user"), 0),
        (Migrate(-1009876), Moved("-1009876"), 0),
        (Status(502), NotSent(why="Bad Gateway"), 0),
        (Status(400, "Bad Request: TOPIC_CLOSED"), Rejected("Topic_closed"), 0),
        (Status(500, "Internal Server Error"), Uncertain("Internal Server Error"), 0),
        (DropBefore(), Uncertain, 0),
        (DropAfter(), Uncertain, 1),
        (Garbage(), Uncertain("Invalid server response"), 1),
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
async def test_each_failure_is_what_it_means(
    telegram: Emulator,
    wire: TelegramChannel,
    anna: Person,
    fault: Fault,
    outcome: Outcome | type[Outcome],
    arrived: int,
) -> None:
    telegram.faults.order(fault)
    found = await wire.send(chat_of(anna), EVENT, RACE)
    assert found == outcome or type(found) is outcome
    assert len(anna.chat.told) == arrived
    # The next one goes through: one failure breaks nothing.
    assert isinstance(await wire.send(chat_of(anna), EVENT, RACE), Sent)


async def test_a_late_answer_is_uncertain_because_the_alert_arrived(telegram: Emulator, anna: Person) -> None:
    from telegram import Bot
    from telegram.request import HTTPXRequest

    request = HTTPXRequest(read_timeout=0.1)
    wire = TelegramChannel(Bot(telegram.token, base_url=base_url(telegram.url), request=request))
    telegram.faults.order(Late(30))
    assert isinstance(await wire.send(chat_of(anna), EVENT, RACE), Uncertain)
    assert len(anna.chat.told) == 1
    await wire.close()


async def test_a_server_that_refuses_the_connection_got_nothing(anna: Person) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        wire = TelegramChannel(make_bot("123:abc", url))
        assert isinstance(await wire.send(chat_of(anna), EVENT, RACE), NotSent)
        await wire.close()


async def test_a_wrong_token_loses_no_alert(telegram: Emulator, anna: Person) -> None:
    wire = TelegramChannel(make_bot("123456:wrong", telegram.url))
    assert await wire.send(chat_of(anna), EVENT, RACE) == NotSent(
        why="Telegram does not know the bot's token"
    )
    await wire.close()


async def test_a_person_who_blocked_the_bot_is_gone(wire: TelegramChannel, anna: Person) -> None:
    anna.blocks()
    assert await wire.send(chat_of(anna), EVENT, RACE) == Gone("Forbidden: bot was blocked by the user")


async def test_a_group_that_was_upgraded_says_where_it_is_now(
    telegram: Emulator, wire: TelegramChannel, anna: Person
) -> None:
    group = telegram.room("group", admins=[anna])
    now = telegram.upgrade(group)
    old = Chat(2, "telegram", str(group.id), kind="group")
    assert await wire.send(old, EVENT, RACE) == Moved(str(now.id))
    assert isinstance(await wire.send(replace(old, address=str(now.id)), EVENT, RACE), Sent)


async def test_an_alert_goes_into_its_topic(telegram: Emulator, wire: TelegramChannel) -> None:
    forum = telegram.room(topics={7: "open", 8: "closed"})
    here = Chat(2, "telegram", str(forum.id), 7, kind="group")
    await wire.send(here, EVENT, RACE)
    assert forum.told[0].thread == 7
    assert isinstance(await wire.send(replace(here, thread=8), EVENT, RACE), Rejected)
    assert isinstance(await wire.send(replace(here, thread=9), EVENT, RACE), Sent)
    assert forum.told[1].thread is None  # there is no such topic any more


async def test_markup_that_telegram_refuses_goes_out_as_plain_words(
    telegram: Emulator, wire: TelegramChannel, anna: Person
) -> None:
    why = 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0'
    telegram.faults.order(Status(400, why))
    assert isinstance(await wire.send(chat_of(anna), EVENT, RACE), Sent)
    seen = await anna.chat.next()
    assert seen.text.startswith("🔁 LEAD CHANGE")
    assert seen.entities == []


def test_there_is_no_channel_without_a_token() -> None:
    assert channel({}) is None
    assert channel({"TELEGRAM_TOKEN": "  "}) is None


def test_the_servers_address_may_be_given_in_any_form() -> None:
    assert base_url(None) == "https://api.telegram.org/bot"
    assert base_url("http://127.0.0.1:8081/") == "http://127.0.0.1:8081/bot"
    assert base_url("http://127.0.0.1:8081/bot") == "http://127.0.0.1:8081/bot"
