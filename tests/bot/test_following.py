"""What is followed, muted and let go of, where more than one of them comes together."""

from dataclasses import replace
from datetime import timedelta

from storage import EVERY_RACE, Subscription
from tests.bot.conftest import NOW, Night, make_race
from tests.bot.hand import Desk
from tests.emulator import Person


def subscriptions(night: Night | Desk, person: Person) -> dict[str, Subscription]:
    chat = night.store.chat("telegram", str(person.chat.id))
    assert chat is not None
    return {s.race: s for s in night.store.follows(chat.id)}


async def test_a_race_that_was_let_go_does_not_come_back_with_the_end_of_a_mute(desk: Desk) -> None:
    anna = await desk.follower(race="all")
    await desk.ask(anna, "/unfollow harbour")
    await desk.ask(anna, "/mute 1h")
    await desk.ask(anna, "/mute off")
    listed = await desk.ask(anna, "/list")
    assert "Hill District council" in listed
    assert "Harbour City mayor" not in listed


async def test_who_follows_all_anew_hears_of_those_that_were_let_go(desk: Desk) -> None:
    anna = await desk.follower(race="all")
    await desk.ask(anna, "/unfollow harbour")
    await desk.ask(anna, "/follow all")
    assert "Harbour City mayor" in await desk.ask(anna, "/list")


async def test_a_mute_of_one_race_leaves_the_wishes_it_had_as_one_of_all(desk: Desk) -> None:
    anna = await desk.follower(race="all")
    chat = desk.store.chat("telegram", str(anna.chat.id))
    assert chat is not None
    desk.store.follow(chat.id, EVERY_RACE, level="urgent", tier="confirmed", min_margin=1.0)
    await desk.ask(anna, "/mute 1h harbour")
    own = subscriptions(desk, anna)["harbour"]
    every = subscriptions(desk, anna)[EVERY_RACE]
    assert own.muted_until == NOW + timedelta(hours=1)
    assert replace(own, race=EVERY_RACE, muted_until=None) == every


async def test_a_long_list_is_one_message_that_says_how_many_more_there_are(night: Night) -> None:
    night.races |= {f"ward-{n:03}": make_race(f"ward-{n:03}", f"Ward {n} {'x' * 90}", 1) for n in range(100)}
    anna = night.telegram.person("Anna")
    anna.sends("/follow all")
    await anna.chat.next()
    anna.sends("/list")
    listed = await anna.chat.next()
    assert 3000 < len(listed.text) <= 4096
    assert listed.text.split("\n")[-1].startswith("and ")


async def test_where_there_are_more_races_than_buttons_it_is_said(night: Night) -> None:
    night.races |= {f"ward-{n:02}": make_race(f"ward-{n:02}", f"Ward {n}", 1) for n in range(20)}
    anna = night.telegram.person("Anna")
    anna.sends("/results ward")
    assert (await anna.chat.next()).text == "Which race?\nand 12 others"
    anna.sends("/start")
    hello = await anna.chat.next()
    await anna.taps("▶")
    await anna.chat.until(lambda: hello.edits)
    assert "◀" in hello.buttons


async def test_quiet_hours_a_place_and_what_becomes_of_the_rest_can_be_said_at_once(desk: Desk) -> None:
    anna = await desk.follower()
    said = await desk.ask(anna, "/quiet 23:00-07:00 New York drop")
    assert "Quiet from 23:00 to 07:00 (America/New_York)." in said
    assert "The rest of those hours is not told." in said
