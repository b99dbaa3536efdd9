"""Each command as a person has it: through real HTTP and python-telegram-bot."""

from dataclasses import replace
from datetime import timedelta

from storage import EVERY_RACE
from tests.bot.conftest import NOW, Night, make_event, make_race


def followed(night: Night, chat_id: int) -> list[str]:
    chat = night.store.chat("telegram", str(chat_id))
    return [s.race for s in night.store.follows(chat.id)] if chat else []


async def test_start_offers_the_races_as_buttons(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/start")
    hello = await anna.chat.next()
    assert "Which race do you want to follow?" in hello.text
    assert list(hello.buttons) == ["Harbour City mayor", "Hill District council"]


async def test_a_deep_link_follows_its_race_and_offers_three_buttons(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/start harbour")
    said = await anna.chat.next()
    assert "You follow Harbour City mayor." in said.text
    assert len(said.buttons) == 3
    assert followed(night, anna.chat.id) == ["harbour"]


async def test_of_a_race_that_is_over_nothing_is_promised(night: Night) -> None:
    night.races["harbour"] = replace(night.races["harbour"], watch_until=NOW - timedelta(days=1))
    anna = night.telegram.person("Anna")
    anna.sends("/follow harbour")
    said = await anna.chat.next()
    assert "This race is over" in said.text
    assert "You will hear" not in said.text


async def test_a_tapped_race_is_followed_in_the_same_message(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/start")
    hello = await anna.chat.next()
    note = await anna.taps("Hill District")
    assert note == "You follow Hill District council."
    await anna.chat.until(lambda: hello.edits)
    assert "You follow Hill District council." in hello.text
    assert followed(night, anna.chat.id) == ["hills"]


async def test_the_sample_alert_says_that_it_is_a_test_and_names_nobody_who_stands(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/start harbour")
    await anna.chat.next()
    await anna.taps("Sample alert")
    sample = await anna.chat.next()
    assert sample.text.startswith("🧪 TEST, not news\n")
    assert sample.text.endswith("TEST, not news")
    assert "Doe" not in sample.text


async def test_the_language_is_taken_from_the_client(night: Night) -> None:
    deniz = night.telegram.person("Deniz", language="tr-TR")
    deniz.sends("/start harbour")
    await deniz.chat.next()
    chat = night.store.chat("telegram", str(deniz.chat.id))
    assert chat is not None
    assert chat.language == "tr"


async def test_races_lists_them_and_marks_the_followed_one(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/follow harbour")
    await anna.chat.next()
    anna.sends("/races")
    listed = await anna.chat.next()
    assert "2 races are watched" in listed.text
    assert "🔔 Harbour City mayor · harbour" in listed.text
    assert "▫️ Hill District council · hills" in listed.text


async def test_races_are_turned_page_by_page(night: Night) -> None:
    night.races |= {f"ward-{n:02}": make_race(f"ward-{n:02}", f"Ward {n} council", 1) for n in range(20)}
    anna = night.telegram.person("Anna")
    anna.sends("/races ward")
    listed = await anna.chat.next()
    assert "20 races are watched" in listed.text
    await anna.taps("▶")
    await anna.chat.until(lambda: listed.edits)
    assert {"◀", "▶"} < set(listed.buttons)
    await anna.taps("▶")
    await anna.chat.until(lambda: len(listed.edits) == 2)
    assert "▶" not in listed.buttons


async def test_races_are_found_without_accents_and_by_a_candidates_name(night: Night) -> None:
    night.races["çay"] = make_race("çay", "Çay İlçesi")
    anna = night.telegram.person("Anna")
    anna.sends("/races cay ilcesi")
    assert "Çay İlçesi" in (await anna.chat.next()).text
    anna.sends("jane doe")
    assert "3 races are watched" in (await anna.chat.next()).text


async def test_follow_with_words_that_fit_several_asks_which(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/follow 2030")
    asked = await anna.chat.next()
    assert asked.text == "Which race?"
    assert len(asked.buttons) == 2
    assert followed(night, anna.chat.id) == []


async def test_follow_all_follows_every_race(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/follow all")
    assert (await anna.chat.next()).text == "You follow every race."
    assert followed(night, anna.chat.id) == [EVERY_RACE]


async def test_unfollow_lets_go_of_the_only_followed_race(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/follow harbour")
    await anna.chat.next()
    anna.sends("/unfollow")
    assert "You no longer follow Harbour City mayor." in (await anna.chat.next()).text
    assert followed(night, anna.chat.id) == []


async def test_one_race_can_be_let_go_by_who_follows_every_race(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/follow all")
    anna.sends("/unfollow harbour")
    anna.sends("/races")
    await anna.chat.next()
    await anna.chat.next()
    listed = await anna.chat.next()
    assert "▫️ Harbour City mayor" in listed.text
    assert "🔔 Hill District council" in listed.text


async def test_an_unknown_race_gets_a_kind_answer(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/follow <b>atlantis</b> & co")
    answer = await anna.chat.next()
    assert answer.text == "I know no race for “<b>atlantis</b> & co”. /races shows all of them."


async def test_results_before_any_count_says_so(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/results harbour")
    board = await anna.chat.next()
    assert "No votes counted yet" in board.text
    assert not board.preview


async def test_results_can_be_looked_at_again_without_a_new_message(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/results harbour")
    await anna.chat.next()
    await anna.taps("Refresh")
    await night.telegram.idle()
    assert len(anna.chat.told) == 1


async def test_help_names_every_command(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/help")
    text = (await anna.chat.next()).text
    for command in (
        "start",
        "races",
        "follow",
        "unfollow",
        "results",
        "why",
        "since",
        "mute",
        "stop",
        "help",
    ):
        assert f"/{command} – " in text


async def test_the_menu_is_written_in_each_language(night: Night) -> None:
    await night.telegram.until(lambda: len(night.telegram.menus) >= 1)
    names = [command["command"] for command in next(iter(night.telegram.menus.values()))]
    assert names[:5] == ["start", "races", "follow", "unfollow", "results"]


async def test_stop_silences_and_start_begins_again(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/follow harbour")
    anna.sends("/stop")
    await anna.chat.next()
    assert "Stopped" in (await anna.chat.next()).text
    chat = night.store.chat("telegram", str(anna.chat.id))
    assert chat is not None and not chat.active
    anna.sends("/start")
    assert "Harbour City mayor" in (await anna.chat.next()).text
    chat = night.store.chat("telegram", str(anna.chat.id))
    assert chat is not None and chat.active


async def test_forget_leaves_nothing(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/follow harbour")
    anna.sends("/forget")
    await anna.chat.next()
    await anna.chat.next()
    assert night.store.chat("telegram", str(anna.chat.id)) is None


async def test_mute_silences_the_followed_race_until_the_readers_hour(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/follow harbour")
    anna.sends("/mute 2h harbour")
    await anna.chat.next()
    # 20:41 in UTC is 23:41 where the race is.
    assert (await anna.chat.next()).text == "Harbour City mayor is muted until Jun 3, 01:41."
    chat = night.store.chat("telegram", str(anna.chat.id))
    assert chat is not None
    assert night.store.follows(chat.id)[0].muted_until is not None
    anna.sends("/mute off")
    await anna.chat.next()
    assert night.store.follows(chat.id)[0].muted_until is None


async def test_a_chosen_language_is_spoken_at_once(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/lang")
    asked = await anna.chat.next()
    assert "Türkçe" in asked.buttons
    await anna.taps("Türkçe")
    await anna.chat.until(lambda: asked.edits)
    chat = night.store.chat("telegram", str(anna.chat.id))
    assert chat is not None
    assert chat.language == "tr"


async def test_an_unknown_command_points_to_help(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/frobnicate now")
    assert (await anna.chat.next()).text == "I do not know that command. /help shows what I can do."


async def test_list_shows_what_is_followed_and_lets_it_go(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/list")
    assert "You follow no race." in (await anna.chat.next()).text
    anna.sends("/follow all")
    anna.sends("/mute 1h hills")
    anna.sends("/list")
    await anna.chat.next()
    await anna.chat.next()
    listed = await anna.chat.next()
    assert "🔔 Harbour City mayor" in listed.text
    assert "🔕 Hill District council is muted until Jun 3, 00:41." in listed.text
    await anna.taps("Harbour City")
    await anna.chat.until(lambda: listed.edits)
    assert "You no longer follow Harbour City mayor." in listed.text


async def test_privacy_says_what_is_stored(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/privacy")
    assert "/forget deletes all of it at once." in (await anna.chat.next()).text


async def test_a_long_night_keeps_its_newest_lines(night: Night) -> None:
    events = [make_event(key=f"harbour/{n}") for n in range(40)]
    night.store.change(night.races["harbour"], lambda standing: (standing, events), NOW)
    anna = night.telegram.person("Anna")
    anna.sends("/follow harbour")
    anna.sends("/since 23:00")
    await anna.chat.next()
    told = await anna.chat.next()
    assert 3000 < len(told.text) <= 4096


async def test_mute_with_words_that_fit_several_asks_which(night: Night) -> None:
    anna = night.telegram.person("Anna")
    anna.sends("/follow all")
    anna.sends("/mute 1h 2030")
    await anna.chat.next()
    assert (await anna.chat.next()).text == "Which race?"
    assert await anna.taps("Hill District") == "Hill District council is muted until Jun 3, 00:41."
