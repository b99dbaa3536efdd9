"""/settings: by buttons, race by race or of all at once; tapped twice it is as tapped once."""

import pytest

from storage import Subscription
from tally.event import EventKind, Level, Tier
from tests.bot.conftest import make_event
from tests.bot.hand import Desk
from tests.emulator import Person


def wishes(desk: Desk, person: Person, race: str = "harbour") -> Subscription:
    chat = desk.store.chat("telegram", str(person.chat.id))
    assert chat is not None
    return next(s for s in desk.store.follows(chat.id) if s.race == race)


async def panel(desk: Desk, person: Person) -> None:
    await desk.ask(person, "/settings")


async def test_kinds_are_taken_out_and_put_back(desk: Desk) -> None:
    anna = await desk.follower()
    await panel(desk, anna)
    shown = anna.chat.told[-1]
    assert "✅ Lead changes" in shown.buttons
    assert await anna.taps("Lead changes") == "Saved."
    await anna.chat.until(lambda: "▫️ Lead changes" in shown.buttons)
    kinds = wishes(desk, anna).kinds
    assert kinds is not None
    assert "lead_change" not in kinds and "concession" in kinds
    desk.tell(make_event())
    desk.tell(make_event(EventKind.CONCESSION, key="harbour/2", candidate="roe"))
    await desk.quiet()
    assert [m.text.split(" ·")[0] for m in anna.chat.told[2:]] == ["🏳️ CONCESSION"]
    await anna.taps("Lead changes", shown)
    assert wishes(desk, anna).kinds is None


async def test_a_button_tapped_twice_does_what_it_did_once(desk: Desk) -> None:
    anna = await desk.follower()
    await panel(desk, anna)
    shown = anna.chat.told[-1]
    data = next(data for label, data in shown.buttons.items() if "Urgent only" in label)
    assert [await anna.sends_data(data, shown), await anna.sends_data(data, shown)] == ["Saved."] * 2
    await desk.telegram.idle()
    assert wishes(desk, anna).level == Level.URGENT
    assert anna.chat.told == [anna.chat.told[0], shown]


async def test_first_word_or_confirmed(desk: Desk) -> None:
    anna = await desk.follower()
    await panel(desk, anna)
    await anna.taps("Confirmed only")
    desk.tell(make_event(tier=Tier.FLASH))
    await desk.quiet()
    assert len(anna.chat.told) == 2
    assert wishes(desk, anna).tier == Tier.CONFIRMED


async def test_margin_and_counted_go_through_their_steps(desk: Desk) -> None:
    anna = await desk.follower()
    await panel(desk, anna)
    shown = anna.chat.told[-1]
    await anna.taps("margin", shown)
    await anna.chat.until(lambda: any("0.5 pt" in label for label in shown.buttons))
    await anna.taps("margin", shown)
    await anna.taps("From the first vote", shown)
    now = wishes(desk, anna)
    assert (now.min_margin, now.min_counted) == (1.0, 10.0)


async def test_all_races_are_set_at_once_and_one_for_itself(desk: Desk) -> None:
    anna = await desk.follower()
    await desk.ask(anna, "/follow hills")
    await panel(desk, anna)
    shown = anna.chat.told[-1]
    assert "🌍 All races at once" in shown.buttons
    await anna.taps("All races at once", shown)
    await anna.chat.until(lambda: any("Important" in label for label in shown.buttons))
    await anna.taps("Important", shown)
    assert {wishes(desk, anna, race).level for race in ("harbour", "hills")} == {Level.IMPORTANT}
    await anna.taps("Other races", shown)
    await anna.chat.until(lambda: any("Hill" in label for label in shown.buttons))
    await anna.taps("Hill", shown)
    await anna.chat.until(lambda: any("All news" in label for label in shown.buttons))
    await anna.taps("All news", shown)
    assert (wishes(desk, anna).level, wishes(desk, anna, "hills").level) == (Level.IMPORTANT, Level.ROUTINE)


async def test_who_follows_every_race_gets_wishes_of_one_that_begin_as_those_of_all(desk: Desk) -> None:
    anna = await desk.follower(race="all")
    await panel(desk, anna)
    shown = anna.chat.told[-1]
    await anna.taps("All races at once", shown)
    await anna.chat.until(lambda: any("Important" in label for label in shown.buttons))
    await anna.taps("Important", shown)
    await anna.taps("Other races", shown)
    await anna.chat.until(lambda: any("Harbour" in label for label in shown.buttons))
    await anna.taps("Harbour", shown)
    await anna.chat.until(lambda: any("Calls" in label for label in shown.buttons))
    await anna.taps("Calls", shown)
    assert wishes(desk, anna).level == Level.IMPORTANT
    assert "called" not in (wishes(desk, anna).kinds or ())
    assert wishes(desk, anna, "*").kinds is None


async def test_in_a_group_only_admins_change_them(desk: Desk) -> None:
    anna, berta = desk.telegram.person("Anna"), desk.telegram.person("Berta")
    room = desk.telegram.room(admins=[anna], members=[berta])
    anna.sends("/follow harbour", to=room)
    await room.next()
    anna.sends("/settings", to=room)
    shown = await room.next()
    data = next(data for label, data in shown.buttons.items() if "Urgent only" in label)
    assert await berta.sends_data(data, shown) == "Only admins can do that here."
    assert await anna.sends_data(data, shown) == "Saved."


@pytest.mark.parametrize(
    "data",
    [
        "settings:*:level:loud",
        "settings:*:margin:99",
        "settings:*:margin:nan",
        "settings:*:lead:2",
        "settings:feedfeedfeedfeed:level:urgent",
        "settings:*:kinds:[]",
        "nothing:here",
    ],
)
async def test_a_button_nobody_made_changes_nothing_and_is_answered_kindly(desk: Desk, data: str) -> None:
    anna = await desk.follower()
    before = wishes(desk, anna)
    assert await anna.sends_data(data, anna.chat.told[0]) == "This button no longer works."
    assert wishes(desk, anna) == before


async def test_who_follows_nothing_is_shown_the_way(desk: Desk) -> None:
    anna = desk.telegram.person("Anna")
    assert "/races" in await desk.ask(anna, "/settings")
