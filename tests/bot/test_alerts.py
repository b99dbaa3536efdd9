"""From an event to what a person sees, through store, outbox and HTTP, and back by a tap."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from bot.outbox import Outbox
from bot.pacer import UNPACED, Pacer
from tally.decide import decide
from tally.event import Event, EventKind, Proof, Tier
from tally.evidence import Evidence
from tally.reading import Counted, Reading, Result
from tests.bot.conftest import NOW, Night, make_event

Tell = Callable[[Event], None]


@pytest.fixture
async def tell(night: Night) -> AsyncIterator[Tell]:
    """Stores an event as a poll would, and lets the outbox send it."""
    pacers = {"telegram": Pacer(UNPACED)}
    outbox = Outbox(night.store, [night.bot.channel], night.races.get, clock=lambda: NOW, pacers=pacers)
    sending = asyncio.create_task(outbox.run())

    def happens(event: Event) -> None:
        night.store.change(night.races[event.race], lambda standing: (standing, [event]), NOW)
        outbox.wake()

    yield happens
    await outbox.stop()
    await sending


async def test_each_chat_gets_the_alerts_of_what_it_follows_once(night: Night, tell: Tell) -> None:
    anna, berta = night.telegram.person("Anna"), night.telegram.person("Berta", language="tr")
    anna.sends("/follow harbour")
    berta.sends("/follow hills")
    await anna.chat.next()
    await berta.chat.next()
    tell(make_event())
    tell(make_event(race="hills", key="hills/1"))
    first, second = await anna.chat.next(), await berta.chat.next()
    assert first.text.startswith("🔁 LEAD CHANGE · Harbour City mayor\nJane Doe (Reform) is ahead of")
    assert second.text.startswith("🔁 LİDERLİK DEĞİŞTİ · Hill District council")
    assert (len(anna.chat.told), len(berta.chat.told)) == (2, 2)


async def test_why_shows_the_quote_where_it_stands_and_whose_it_is(night: Night, tell: Tell) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/follow harbour")
    await anna.chat.next()
    tell(make_event())
    await anna.chat.next()
    await anna.taps("Why")
    why = await anna.chat.next()
    assert "It rests on 1 quote:" in why.text
    assert "Election board · as of 23:41 · table 1, row 2" in why.text
    assert ("blockquote", "Doe 1,204,511, Roe 1,185,278") in why.html
    anna.sends("/why")
    assert (await anna.chat.next()).text == why.text


async def test_mute_on_an_alert_silences_that_race(night: Night, tell: Tell) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/follow all")
    await anna.chat.next()
    tell(make_event())
    await anna.chat.next()
    assert await anna.taps("Mute race") == "Harbour City mayor is muted until Jun 3, 00:41."
    tell(make_event(key="harbour/2"))
    tell(make_event(race="hills", key="hills/1"))
    assert "Hill District council" in (await anna.chat.next()).text
    assert len(anna.chat.told) == 3


async def test_since_tells_what_was_missed_one_line_each(night: Night, tell: Tell) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/follow harbour")
    await anna.chat.next()
    tell(make_event())
    tell(make_event(EventKind.CONCESSION, key="harbour/2", candidate="roe"))
    await anna.chat.next()
    await anna.chat.next()
    anna.sends("/since 23:00")
    assert (await anna.chat.next()).text == (
        "Harbour City mayor\n"
        "23:41 🔁 Jane Doe (Reform) is ahead of John Roe (Union) in the votes counted so far\n"
        "23:41 🏳️ John Roe (Union) concedes"
    )


async def test_a_confirmation_edits_the_first_alert(night: Night, tell: Tell) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/follow harbour")
    await anna.chat.next()
    first = make_event(EventKind.CONCESSION, candidate="roe", tier=Tier.FLASH, origin="agency")
    tell(first)
    seen = await anna.chat.next()
    assert "One source so far" in seen.text
    other = Proof("board", NOW, Evidence("John Roe has conceded."))
    tell(
        replace(
            first,
            key="harbour/1/confirmed",
            updates=first.key,
            tier=Tier.CONFIRMED,
            proofs=(*first.proofs, other),
        )
    )
    await anna.chat.until(lambda: seen.edits)
    assert seen.text.startswith("🏳️ CONCESSION, CONFIRMED")
    assert len(anna.chat.told) == 2


async def test_a_withdrawal_replies_to_the_alert_it_takes_back(night: Night, tell: Tell) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/follow harbour")
    await anna.chat.next()
    first = make_event(EventKind.CONCESSION, candidate="roe")
    tell(first)
    seen = await anna.chat.next()
    tell(make_event(EventKind.CONCESSION_WITHDRAWN, key="harbour/2", candidate="roe", corrects=first.key))
    await anna.chat.until(lambda: any(m.reply_to == seen.id for m in anna.chat.told))
    reply = next(m for m in anna.chat.told if m.reply_to == seen.id)
    assert reply.text.startswith("↩️ CONCESSION WITHDRAWN")
    assert "This corrects an earlier alert." in reply.text


async def test_nobody_who_stopped_is_told(night: Night, tell: Tell) -> None:
    anna, berta = night.telegram.person("Anna"), night.telegram.person("Berta")
    for person in (anna, berta):
        person.sends("/follow harbour")
        await person.chat.next()
    anna.sends("/stop")
    await anna.chat.next()
    tell(make_event())
    await berta.chat.next()
    assert len(anna.chat.told) == 2


async def test_results_show_the_count_as_it_stands(night: Night, tell: Tell) -> None:
    race = night.races["harbour"]
    reading = Reading(
        race.id,
        "board",
        NOW,
        Evidence("table"),
        (Result("doe", 1_204_511, 50.1), Result("roe", 1_185_278, 49.3)),
        Counted(78),
        url="https://board.example/count",
    )
    night.store.change(race, lambda standing: decide(standing, [reading], [], NOW), NOW)
    anna = night.telegram.person("Anna")
    anna.sends("/results harbour")
    board = (await anna.chat.next()).text
    assert "Jane Doe (Reform) is ahead of John Roe (Union) in the votes counted so far" in board
    assert "Doe  50.1%  1,204,511\nRoe  49.3%  1,185,278" in board
    assert "Source: Election board · as of 23:41" in board
