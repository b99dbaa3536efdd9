"""Operators' commands: for configured ids only, and to everybody else they do not exist."""

import pytest

from bot.enlist import appoint
from tally.decide import decide
from tally.event import EventKind
from tally.evidence import Evidence
from tally.reading import Counted, Reading, Result
from tests.bot.conftest import make_event
from tests.bot.hand import Desk
from tests.emulator import Person


@pytest.fixture
def chief(desk: Desk) -> Person:
    person = desk.telegram.person("Chief", started=True)
    appoint(desk.store, str(person.chat.id))
    return person


@pytest.mark.parametrize(
    "words", ["/stats", "/sources", "/quarantine", "/pause", "/retract", "/broadcast hello"]
)
async def test_to_others_they_do_not_exist(desk: Desk, words: str) -> None:
    anna = await desk.follower()
    assert "I do not know that command" in await desk.ask(anna, words)
    assert words.split(maxsplit=1)[0] not in await desk.ask(anna, "/help")
    assert not desk.store.paused


async def test_their_buttons_do_not_work_for_others_either(desk: Desk, chief: Person) -> None:
    anna = await desk.follower()
    desk.tell(make_event())
    await desk.quiet()
    await desk.ask(chief, "/retract harbour/1")
    data = next(iter(chief.chat.told[-1].buttons.values()))
    await anna.sends_data(data, anna.chat.told[0])
    await desk.quiet()
    assert desk.store.event("harbour/1/retracted") is None


async def test_stats_and_sources(desk: Desk, chief: Person) -> None:
    await desk.follower()
    stats = await desk.ask(chief, "/stats")
    assert "subscriptions" in stats and "chats.active" in stats
    sources = await desk.ask(chief, "/sources harbour")
    assert sources == "▫️ Harbour City mayor · wire · not polled yet"


async def test_a_quarantined_reading_is_approved_or_rejected(desk: Desk, chief: Person) -> None:
    desk.count(600_000, 400_000)
    desk.on(minutes=5)
    race = desk.races["harbour"]
    at = desk.clock()
    shrunk = Reading(
        race.id, "board", at, Evidence("Doe 0, Roe 0"), (Result("doe", 0), Result("roe", 0)), Counted(60)
    )
    desk.store.change(race, lambda standing: decide(standing, [shrunk], [], at), at)
    assert len(desk.store.standing(race).quarantine) == 1
    desk.outbox.wake()
    await desk.quiet()  # operators hear of it by an alert
    assert "Doe 0, Roe 0" in await desk.ask(chief, "/quarantine")
    shown = chief.chat.told[-1]
    no = next(data for label, data in shown.buttons.items() if "Reject" in label)
    assert await chief.sends_data(no, shown) == "Rejected for good."
    await chief.chat.until(lambda: shown.edits)
    assert shown.text == "Nothing is in quarantine."
    assert await chief.sends_data(no, shown) == "This button no longer works."


async def test_an_approved_reading_counts(desk: Desk, chief: Person) -> None:
    desk.count(600_000, 400_000)
    desk.on(minutes=5)
    race, at = desk.races["harbour"], desk.clock()
    fallen = Reading(
        race.id,
        "board",
        at,
        Evidence("Doe 100, Roe 200"),
        (Result("doe", 100), Result("roe", 200)),
        Counted(60),
    )
    desk.store.change(race, lambda standing: decide(standing, [fallen], [], at), at)
    desk.outbox.wake()
    await desk.quiet()
    await desk.ask(chief, "/quarantine")
    await chief.taps("Approve")
    headline = desk.store.standing(race).headline
    assert headline is not None and headline.leader == "roe"


async def test_paused_nothing_goes_out_but_to_operators_and_then_what_is_still_news(
    desk: Desk, chief: Person
) -> None:
    anna = await desk.follower()
    await desk.ask(chief, "/follow harbour")
    await desk.ask(chief, "/pause")
    desk.tell(make_event(EventKind.CONCESSION, candidate="roe"))
    await chief.chat.until(lambda: "CONCESSION" in chief.chat.told[-1].text)
    assert len(anna.chat.told) == 1
    assert "paused" in await desk.ask(chief, "/stats")
    await desk.restart_outbox()
    desk.on(minutes=1)
    assert len(anna.chat.told) == 1
    await desk.ask(chief, "/pause off")
    await desk.quiet()
    assert "CONCESSION" in anna.chat.told[-1].text


async def test_a_retracted_alert_is_taken_back_wherever_it_was_told(desk: Desk, chief: Person) -> None:
    anna, berta = await desk.follower(), await desk.follower("Berta", "hills")
    desk.tell(make_event(EventKind.CONCESSION, candidate="roe"))
    await desk.quiet()
    alert = anna.chat.told[1]
    await desk.ask(chief, "/retract")
    shown = chief.chat.told[-1]
    await chief.taps("concedes", shown)
    await chief.chat.until(lambda: shown.edits)
    assert "does not stand" in shown.text
    yes = shown.buttons["🚨 Take it back"]
    await chief.sends_data(yes, shown)
    await chief.sends_data(yes, shown)
    await desk.quiet()
    reply = anna.chat.told[2]
    assert reply.reply_to == alert.id
    assert reply.text.startswith(
        "🚨 ALERT TAKEN BACK · Harbour City mayor\nWe take this alert back: John Roe (Union) concedes\n"
        "The mistake was ours; nothing follows from that alert."
    )
    assert not reply.silent
    assert alert.text.startswith("⚠️ CORRECTED")
    assert len(anna.chat.told) == 3
    assert len(berta.chat.told) == 1


async def test_a_broadcast_reaches_every_active_chat_once_and_after_a_restart_too(
    desk: Desk, chief: Person
) -> None:
    anna, berta = await desk.follower(), await desk.follower("Berta")
    await desk.ask(berta, "/stop")
    await desk.outbox.stop()
    said = await desk.ask(chief, "/broadcast We are <back> & well.\nGood night.")
    assert said == "On its way to 2 chats."
    assert await desk.ask(chief, "/broadcast We are <back> & well.\nGood night.") == "On its way to 0 chats."
    await desk.restart_outbox()
    desk.on(seconds=1)
    await desk.quiet()
    assert anna.chat.told[-1].text == "📢 A word from the operator\nWe are <back> & well.\nGood night."
    assert len(anna.chat.told) == 2
    assert "operator" not in berta.chat.told[-1].text
