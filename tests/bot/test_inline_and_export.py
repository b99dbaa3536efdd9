"""A result shared in any chat, one's own data as a file, channels by configuration, menus by scope."""

import json

import pytest

from bot.commands import found
from bot.enlist import appoint, channels
from storage import Store
from tally.errors import ConfigError
from tests.bot.conftest import make_event
from tests.bot.hand import Desk


async def test_a_race_is_shared_as_it_stands(desk: Desk) -> None:
    anna = desk.telegram.person("Anna")
    desk.count(600, 400)
    offered = await anna.asks_inline("harbour")
    assert [result["title"] for result in offered] == ["Harbour City mayor"]
    assert "Jane Doe (Reform) is ahead" in offered[0]["description"]
    assert "Doe" in offered[0]["input_message_content"]["message_text"]
    assert len(await anna.asks_inline("")) == 2
    assert await anna.asks_inline("nowhere") == []
    deniz = desk.telegram.person("Deniz", "tr")
    assert "sayılan oylar" in (await deniz.asks_inline("harbour"))[0]["description"]


async def test_too_many_inline_questions_get_no_results_and_nobody_elses_suffer(desk: Desk) -> None:
    anna, berta = desk.telegram.person("Anna"), desk.telegram.person("Berta")
    answers = [len(await anna.asks_inline(f"harbour {n}"[:7])) for n in range(40)]
    assert answers[:30] == [1] * 30
    assert answers[-1] == 0
    assert len(await berta.asks_inline("harbour")) == 1


async def test_everything_stored_of_a_chat_comes_as_a_file_and_nothing_of_others(desk: Desk) -> None:
    anna = await desk.follower()
    await desk.follower("Berta", "hills")
    desk.tell(make_event())
    await desk.quiet()
    await desk.ask(anna, "/quiet 01:00-07:00")
    await desk.ask(anna, "/export")
    document = anna.chat.told[-1].document
    assert document is not None
    name, content = document
    assert name == "tallywire.json"
    own = json.loads(content)
    assert own["chat"]["address"] == str(anna.chat.id)
    assert own["chat"]["quiet_from"] == 60
    assert [wish["race"] for wish in own["follows"]] == ["harbour"]
    assert [sent["event"] for sent in own["sent"]] == ["harbour/1"]
    assert "Berta" not in content.decode() and "hills" not in content.decode()


async def test_a_configured_channel_gets_alerts_and_a_board_in_its_language(desk: Desk) -> None:
    room = desk.telegram.room("channel", "Results", bot="administrator", username="city_results")
    channels(desk.store, desk.races, "@city_results/tr=harbour")
    desk.tell(make_event())
    await desk.quiet()
    texts = [message.text for message in room.told]
    assert any(text.startswith("🔁 LİDERLİK DEĞİŞTİ") for text in texts)
    assert any(text.startswith("🔴 CANLI TABLO") for text in texts)
    assert room.pinned() is not None
    channels(desk.store, desk.races, "")
    chat = desk.store.chat("telegram", "@city_results")
    assert chat is not None
    assert desk.store.follows(chat.id) == []
    assert desk.store.boards(chat.id) == []


def test_what_a_channel_was_told_by_hand_stays(desk_store: Store) -> None:
    store = desk_store
    chat = store.add_chat("telegram", "@city_results", kind="channel")
    store.follow(chat.id, "hills")
    channels(store, {}, "@city_results=all")
    channels(store, {}, "")
    assert [s.race for s in store.follows(chat.id)] == ["hills"]


@pytest.mark.parametrize(
    "setting", ["results=harbour", "@x=harbour", "@results", "@results=nowhere", "@results="]
)
def test_a_setting_nobody_can_read_is_told(desk_store: Store, setting: str) -> None:
    with pytest.raises(ConfigError, match="TALLYWIRE_CHANNELS"):
        channels(desk_store, {}, setting)


def test_who_is_no_operator_any_more_hears_no_more(desk_store: Store) -> None:
    appoint(desk_store, "11, 12")
    appoint(desk_store, "12")
    assert [c.address for c in desk_store.chats("telegram") if c.operator] == ["12"]
    with pytest.raises(ConfigError, match="TALLYWIRE_OPERATORS"):
        appoint(desk_store, "@anna")


async def test_menus_are_by_scope_and_language(desk: Desk) -> None:
    menus = desk.telegram.menus
    await desk.telegram.until(lambda: len(menus) >= 18)
    names = {place: {command["command"] for command in menu} for place, menu in menus.items()}
    private = names[('{"type": "default"}', "tr")]
    members = names[('{"type": "all_group_chats"}', "")]
    admins = names[('{"type": "all_chat_administrators"}', "de")]
    assert "settings" in private and "board" not in private
    assert "results" in members and not members & {"settings", "board", "follow"}
    assert {"settings", "board", "follow"} <= admins
    operators = {command.name for command in found().values() if command.operator}
    assert operators == {"stats", "sources", "quarantine", "pause", "retract", "broadcast"}
    assert not operators & set().union(*names.values())


async def test_a_thousand_commands_a_minute_of_one_chat_are_borne(desk: Desk) -> None:
    anna = desk.telegram.person("Anna")
    for number in range(1000):
        anna.sends(f"/results {number}")
    berta = await desk.follower("Berta")
    await desk.telegram.idle()
    assert len(anna.chat.told) <= 12
    assert "a lot at once" in anna.chat.told[-1].text
    assert "You follow" in berta.chat.told[0].text
