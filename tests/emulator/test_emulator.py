"""The emulator is as strict as Telegram, in Telegram's own words."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.emulator import DropAfter, DropBefore, Emulator, Garbage, Late, Person, Status, TooMany
from tests.emulator.entities import parse
from tests.emulator.errors import ApiError

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


class Client:
    """A plain HTTP client of the Bot API."""

    def __init__(self, telegram: Emulator, session: aiohttp.ClientSession) -> None:
        self.telegram = telegram
        self.session = session

    async def __call__(self, method: str, token: str | None = None, **values: Any) -> Any:
        url = f"{self.telegram.url}/bot{token or self.telegram.token}/{method}"
        async with self.session.post(url, json=values) as answer:
            body = await answer.json()
            assert body["ok"] == (answer.status == 200)
            if not body["ok"]:
                assert body["error_code"] == answer.status
            return body["result"] if body["ok"] else body

    async def fails(self, method: str, **values: Any) -> str:
        answer = await self(method, **values)
        assert isinstance(answer, dict) and answer.get("ok") is False, answer
        return str(answer["description"])


@pytest.fixture
async def telegram() -> AsyncIterator[Emulator]:
    async with Emulator() as emulator:
        yield emulator


@pytest.fixture
async def call(telegram: Emulator) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(telegram, session)


@pytest.fixture
def anna(telegram: Emulator) -> Person:
    return telegram.person("Anna", started=True)


# ---- tokens and methods


async def test_a_wrong_token_is_unauthorized(call: Client) -> None:
    answer = await call("getMe", token="123456:wrong")
    assert answer == {"ok": False, "error_code": 401, "description": "Unauthorized"}


@pytest.mark.parametrize("token", ["nonsense", "abc:def"])
async def test_what_is_no_token_is_not_found(call: Client, token: str) -> None:
    assert (await call("getMe", token=token))["description"] == "Not Found"


async def test_an_unknown_method_is_not_found(call: Client) -> None:
    assert await call.fails("sendTelepathy") == "Not Found"


async def test_a_methods_name_is_known_in_any_case(call: Client) -> None:
    assert (await call("GETME"))["is_bot"] is True


# ---- text, entities and lengths


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("ş <x>y</x>", 'Unsupported start tag "x" at byte offset 3'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <", "Unclosed start tag at byte offset 2"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<span class="y">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
async def test_broken_markup_is_refused_in_telegrams_words(
    call: Client, anna: Person, html: str, why: str
) -> None:
    found = await call.fails("sendMessage", chat_id=anna.chat.id, text=html, parse_mode="HTML")
    assert found == f"Bad Request: can't parse entities: {why}"


def test_entities_are_measured_in_utf16_units() -> None:
    text, entities = parse(
        '😀 <b>b<i>i</i></b> &lt;&#33;&amp <a href="https://x.test/?a=1&amp;b=2">l</a>', "HTML"
    )
    assert text == "😀 bi <!& l"
    assert entities == [
        {"type": "bold", "offset": 3, "length": 2},
        {"type": "italic", "offset": 4, "length": 1},
        {"type": "text_link", "url": "https://x.test/?a=1&b=2", "offset": 10, "length": 1},
    ]


def test_blanks_around_a_text_go_and_entities_move_with_them() -> None:
    assert parse("  <b>x </b> ", "HTML") == ("x", [{"type": "bold", "offset": 0, "length": 1}])


def test_direction_overrides_do_not_get_through() -> None:
    assert parse("a\u202eb\u2028c", "")[0] == "abc"


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        parse("x", "BBCode")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "message text is empty"),
        ("  \n ", "message text is empty"),
        ("<b></b>", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
    ],
    ids=["none", "blanks", "only marks", "4097", "4098 units"],
)
async def test_a_text_has_something_in_it_and_not_too_much(
    call: Client, anna: Person, text: str, why: str
) -> None:
    found = await call.fails("sendMessage", chat_id=anna.chat.id, text=text, parse_mode="HTML")
    assert found == f"Bad Request: {why}"


async def test_4096_units_after_parsing_are_let_through(call: Client, anna: Person) -> None:
    await call("sendMessage", chat_id=anna.chat.id, text="<b>" + "😀" * 2048 + "</b>", parse_mode="HTML")
    assert len(anna.chat.told[0].text) == 2048


# ---- where a bot may write


async def test_an_unknown_chat_is_not_found(call: Client) -> None:
    assert await call.fails("sendMessage", chat_id=4711, text="x") == "Bad Request: chat not found"


async def test_who_never_started_the_bot_can_not_be_written_to(call: Client, telegram: Emulator) -> None:
    stranger = telegram.person("Berta")
    why = await call.fails("sendMessage", chat_id=stranger.chat.id, text="x")
    assert why == "Forbidden: bot can't initiate conversation with a user"


async def test_a_block_is_told_by_an_update_and_by_403(call: Client, anna: Person) -> None:
    anna.blocks()
    why = await call.fails("sendMessage", chat_id=anna.chat.id, text="x")
    assert why == "Forbidden: bot was blocked by the user"
    update = (await call("getUpdates"))[0]["my_chat_member"]
    assert update["new_chat_member"]["status"] == "kicked"


@pytest.mark.parametrize(
    ("kind", "bot", "why"),
    [
        ("group", "kicked", "Forbidden: bot was kicked from the group chat"),
        ("supergroup", "left", "Forbidden: bot is not a member of the supergroup chat"),
        ("channel", "left", "Forbidden: bot is not a member of the channel chat"),
        ("channel", "member", "Bad Request: need administrator rights in the channel chat"),
    ],
)
async def test_a_chat_that_the_bot_is_out_of_says_so(
    call: Client, telegram: Emulator, kind: str, bot: str, why: str
) -> None:
    assert await call.fails("sendMessage", chat_id=telegram.room(kind, bot=bot).id, text="x") == why


async def test_lost_rights_and_closed_topics_come_as_400(call: Client, telegram: Emulator) -> None:
    room = telegram.room(topics={5: "closed"})
    why = await call.fails("sendMessage", chat_id=room.id, text="x", message_thread_id=5)
    assert why == "Bad Request: TOPIC_CLOSED"
    why = await call.fails("sendMessage", chat_id=room.id, text="x", message_thread_id=6)
    assert why == "Bad Request: message thread not found"
    room.chat.can_send = False
    why = await call.fails("sendMessage", chat_id=room.id, text="x")
    assert why == "Bad Request: not enough rights to send text messages to the chat"


async def test_an_upgraded_group_says_where_it_went(call: Client, telegram: Emulator, anna: Person) -> None:
    group = telegram.room("group", members=[anna])
    now = telegram.upgrade(group)
    answer = await call("sendMessage", chat_id=group.id, text="x")
    assert answer["parameters"] == {"migrate_to_chat_id": now.id}
    update = (await call("getUpdates"))[0]["message"]
    assert update["migrate_to_chat_id"] == now.id


# ---- keyboards, edits, pins


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"text": "x", "callback_data": "ş" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "x", "url": "ftp:x"}, "inline keyboard button URL 'ftp:x' is invalid: Wrong HTTP URL"),
    ],
)
async def test_buttons_are_checked(call: Client, anna: Person, button: dict[str, str], why: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    found = await call.fails("sendMessage", chat_id=anna.chat.id, text="x", reply_markup=markup)
    assert found == f"Bad Request: {why}"


async def test_64_bytes_of_callback_data_are_let_through(call: Client, anna: Person) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "ş" * 32}]]}
    await call("sendMessage", chat_id=anna.chat.id, text="x", reply_markup=json.dumps(markup))
    assert anna.chat.told[0].buttons == {"x": "ş" * 32}


async def test_an_edit_that_changes_nothing_is_refused(call: Client, anna: Person) -> None:
    sent = await call("sendMessage", chat_id=anna.chat.id, text="one")
    where = {"chat_id": anna.chat.id, "message_id": sent["message_id"]}
    assert "message is not modified: specified new" in await call.fails(
        "editMessageText", **where, text="one"
    )
    edited = await call("editMessageText", **where, text="two")
    assert edited["text"] == "two"
    assert edited["edit_date"]
    assert anna.chat.told[0].edits == ["one"]


async def test_only_the_bots_own_messages_can_be_edited(call: Client, anna: Person) -> None:
    message = anna.sends("hello")
    why = await call.fails("editMessageText", chat_id=anna.chat.id, message_id=message.id, text="x")
    assert why == "Bad Request: message can't be edited"
    why = await call.fails("editMessageText", chat_id=anna.chat.id, message_id=99, text="x")
    assert why == "Bad Request: message to edit not found"


async def test_a_reply_needs_its_message_unless_it_may_do_without(call: Client, anna: Person) -> None:
    where: dict[str, Any] = {"chat_id": anna.chat.id, "text": "x"}
    why = await call.fails("sendMessage", **where, reply_parameters={"message_id": 99})
    assert why == "Bad Request: message to be replied not found"
    lenient = {"message_id": 99, "allow_sending_without_reply": True}
    await call("sendMessage", **where, reply_parameters=lenient)
    assert anna.chat.told[0].reply_to is None


async def test_pins_need_rights_in_a_group(call: Client, telegram: Emulator) -> None:
    room = telegram.room()
    sent = await call("sendMessage", chat_id=room.id, text="x")
    where = {"chat_id": room.id, "message_id": sent["message_id"]}
    assert "not enough rights to manage pinned" in await call.fails("pinChatMessage", **where)
    room.chat.bot_status = "administrator"
    await call("pinChatMessage", **where)
    pinned = room.pinned()
    assert pinned is not None and pinned.text == "x"
    await call("unpinChatMessage", **where)
    assert room.pinned() is None
    await call("deleteMessage", **where)
    assert await call.fails("deleteMessage", **where) == "Bad Request: message to delete not found"


async def test_a_picture_comes_by_multipart_with_a_caption_of_its_own_limit(
    call: Client, telegram: Emulator, anna: Person
) -> None:
    form = aiohttp.FormData({"chat_id": str(anna.chat.id), "caption": "the margin"})
    form.add_field("photo", PNG, filename="chart.png", content_type="image/png")
    async with call.session.post(f"{telegram.url}/bot{telegram.token}/sendPhoto", data=form) as answer:
        assert (await answer.json())["result"]["caption"] == "the margin"
    assert anna.chat.told[0].photo == PNG
    form = aiohttp.FormData({"chat_id": str(anna.chat.id), "caption": "x" * 1025})
    form.add_field("photo", PNG, filename="chart.png", content_type="image/png")
    async with call.session.post(f"{telegram.url}/bot{telegram.token}/sendPhoto", data=form) as answer:
        assert (await answer.json())["description"] == "Bad Request: message caption is too long"


# ---- updates


async def test_updates_come_again_until_they_are_confirmed(call: Client, anna: Person) -> None:
    anna.sends("/one")
    anna.sends("/two")
    first = await call("getUpdates")
    assert [u["message"]["text"] for u in first] == ["/one", "/two"]
    assert await call("getUpdates") == first
    rest = await call("getUpdates", offset=first[1]["update_id"])
    assert [u["message"]["text"] for u in rest] == ["/two"]
    assert await call("getUpdates", offset=-1) == rest
    assert await call("getUpdates", offset=rest[0]["update_id"] + 1) == []


async def test_a_long_poll_blocks_until_something_happens(
    call: Client, telegram: Emulator, anna: Person
) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await telegram.until(lambda: telegram.updates.polls)
    assert not poll.done()
    anna.sends("/now")
    assert (await asyncio.wait_for(poll, 5))[0]["message"]["text"] == "/now"


async def test_a_second_poller_ends_the_first(call: Client, telegram: Emulator) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=30))
    await telegram.until(lambda: telegram.updates.polls)
    assert await call("getUpdates") == []
    assert (await asyncio.wait_for(first, 5))["description"].startswith(
        "Conflict: terminated by other getUpdates request"
    )


async def test_only_updates_that_were_asked_for_are_kept(call: Client, anna: Person) -> None:
    await call("getUpdates", allowed_updates=["my_chat_member"])
    anna.sends("/x")
    anna.blocks()
    assert [set(u) - {"update_id"} for u in await call("getUpdates")] == [{"my_chat_member"}]


async def test_a_webhook_gets_the_updates_with_its_secret_and_bars_polling(
    call: Client, telegram: Emulator, anna: Person
) -> None:
    from aiohttp import web

    got: asyncio.Queue[tuple[str | None, Any]] = asyncio.Queue()

    async def hook(request: web.Request) -> web.Response:
        await got.put((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    await call("setWebhook", url=f"http://127.0.0.1:{port}/hook", secret_token="s3cret")
    anna.sends("/hello")
    secret, update = await asyncio.wait_for(got.get(), 5)
    assert secret == "s3cret"
    assert update["message"]["text"] == "/hello"
    assert "can't use getUpdates method while webhook is active" in await call.fails("getUpdates")
    await call("deleteWebhook")
    assert await call("getUpdates") == []
    await runner.cleanup()


async def test_a_tap_is_answered_once(call: Client, anna: Person) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    await call("sendMessage", chat_id=anna.chat.id, text="x", reply_markup=markup)
    tap = asyncio.create_task(anna.taps("Go"))
    query = (await call("getUpdates", timeout=5))[0]["callback_query"]
    assert query["data"] == "go"
    key = {"callback_query_id": query["id"]}
    assert await call.fails("answerCallbackQuery", **key, text="x" * 201) == "Bad Request: MESSAGE_TOO_LONG"
    assert await call("answerCallbackQuery", **key, text="done") is True
    assert await tap == "done"
    assert "query is too old" in await call.fails("answerCallbackQuery", **key, text="done")


# ---- menus and members


async def test_menus_are_kept_by_scope_and_language(call: Client) -> None:
    english = [{"command": "races", "description": "The races"}]
    turkish = [{"command": "races", "description": "Seçimler"}]
    await call("setMyCommands", commands=english)
    await call("setMyCommands", commands=turkish, language_code="tr")
    assert await call("getMyCommands") == english
    assert await call("getMyCommands", language_code="tr") == turkish
    assert await call("getMyCommands", scope={"type": "all_private_chats"}) == []
    await call("deleteMyCommands", language_code="tr")
    assert await call("getMyCommands", language_code="tr") == []
    assert await call.fails("setMyCommands", commands=[{"command": "Ü", "description": "x"}]) == (
        "Bad Request: BOT_COMMAND_INVALID"
    )


async def test_members_have_their_status(call: Client, telegram: Emulator, anna: Person) -> None:
    berta = telegram.person("Berta")
    room = telegram.room(admins=[anna], members=[berta])
    member = await call("getChatMember", chat_id=room.id, user_id=anna.user.id)
    assert member["status"] == "administrator"
    member = await call("getChatMember", chat_id=room.id, user_id=berta.user.id)
    assert member["status"] == "member"
    admins = await call("getChatAdministrators", chat_id=room.id)
    assert [admin["user"]["first_name"] for admin in admins] == ["Anna"]


# ---- flood control and faults


async def test_two_messages_in_one_second_are_too_many_for_one_chat() -> None:
    async with Emulator(flood=True) as telegram, aiohttp.ClientSession() as session:
        call = Client(telegram, session)
        anna, berta = telegram.person("Anna", started=True), telegram.person("Berta", started=True)
        await call("sendMessage", chat_id=anna.chat.id, text="one")
        answer = await call("sendMessage", chat_id=anna.chat.id, text="two")
        assert answer["description"] == "Too Many Requests: retry after 1"
        assert answer["parameters"] == {"retry_after": 1}
        await call("sendMessage", chat_id=berta.chat.id, text="one")
        assert [m.text for m in telegram.sent()] == ["one", "one"]


async def test_faults_come_in_the_order_they_were_ordered(
    call: Client, telegram: Emulator, anna: Person
) -> None:
    telegram.faults.order(TooMany(9))
    telegram.faults.order(Status(502))
    where: dict[str, Any] = {"chat_id": anna.chat.id, "text": "x"}
    assert (await call("sendMessage", **where))["parameters"] == {"retry_after": 9}
    assert await call.fails("sendMessage", **where) == "Bad Gateway"
    assert (await call("sendMessage", **where))["text"] == "x"


async def test_a_drop_before_delivers_nothing_and_a_drop_after_delivers(
    call: Client, telegram: Emulator, anna: Person
) -> None:
    for fault, delivered in ((DropBefore(), 0), (DropAfter(), 1)):
        telegram.faults.order(fault)
        with pytest.raises(aiohttp.ClientError):
            await call("sendMessage", chat_id=anna.chat.id, text="x")
        assert len(anna.chat.told) == delivered


async def test_a_late_answer_has_delivered_at_once(call: Client, telegram: Emulator, anna: Person) -> None:
    telegram.faults.order(Late(30))
    sending = asyncio.create_task(call("sendMessage", chat_id=anna.chat.id, text="x"))
    await anna.chat.next()
    assert not sending.done()
    sending.cancel()


async def test_garbage_is_no_json(call: Client, telegram: Emulator, anna: Person) -> None:
    telegram.faults.order(Garbage(), chat=anna.chat.id)
    with pytest.raises(aiohttp.ContentTypeError):
        await call("sendMessage", chat_id=anna.chat.id, text="x")


async def test_a_fault_for_one_chat_leaves_the_others_alone(
    call: Client, telegram: Emulator, anna: Person
) -> None:
    berta = telegram.person("Berta", started=True)
    telegram.faults.order(TooMany(9), chat=anna.chat.id, times=2)
    assert (await call("sendMessage", chat_id=berta.chat.id, text="x"))["text"] == "x"
    assert await call.fails("sendMessage", chat_id=anna.chat.id, text="x")


async def test_the_page_shows_a_chat_as_a_person_sees_it(
    call: Client, telegram: Emulator, anna: Person
) -> None:
    await call("sendMessage", chat_id=anna.chat.id, text="<b>a &lt;</b> 😀<i>c</i>", parse_mode="HTML")
    async with call.session.get(f"{telegram.url}/chat/{anna.chat.id}") as page:
        assert '<div class="bubble"><b>a &lt;</b> 😀<i>c</i><small class="when">' in await page.text()


async def test_the_page_shows_rows_of_buttons_edits_replies_and_what_is_pinned(
    telegram: Emulator, call: Client
) -> None:
    anna = telegram.person("Anna", started=True)
    keys = {
        "inline_keyboard": [[{"text": "A & B", "callback_data": "a"}, {"text": "C", "callback_data": "c"}]]
    }
    first = await call("sendMessage", chat_id=anna.chat.id, text="First", reply_markup=keys)
    number = first["message_id"]
    await call("editMessageText", chat_id=anna.chat.id, message_id=number, text="Now", reply_markup=keys)
    await call("sendMessage", chat_id=anna.chat.id, text="More", reply_parameters={"message_id": number})
    await call("pinChatMessage", chat_id=anna.chat.id, message_id=number)
    async with call.session.get(f"{telegram.url}/chat/{anna.chat.id}") as page:
        text = await page.text()
    assert '<button class="">A &amp; B</button>' in text
    assert "edited · " in text
    assert f'<a class="answered" href="#m{number}">Now</a>' in text
    assert f'<a class="pin" href="#m{number}"><b>📌 Now</b>' in text


async def test_a_tap_on_the_page_shows_the_bots_note(telegram: Emulator, call: Client) -> None:
    anna = telegram.person("Anna", started=True)
    keys = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    shown = await call("sendMessage", chat_id=anna.chat.id, text="First", reply_markup=keys)
    form = {"message": str(shown["message_id"]), "data": "a"}
    tapping = asyncio.ensure_future(call.session.post(f"{telegram.url}/chat/{anna.chat.id}/tap", data=form))
    await telegram.until(lambda: telegram.taps)
    await call("answerCallbackQuery", callback_query_id=next(iter(telegram.taps)), text="Noted & done")
    async with await tapping as answer:
        assert answer.url.query["note"] == "Noted & done"


async def test_a_file_is_kept_with_its_name(telegram: Emulator, call: Client) -> None:
    anna = telegram.person("Anna", started=True)
    form = aiohttp.FormData({"chat_id": str(anna.chat.id), "caption": "Yours"})
    form.add_field("document", b"{}", filename="own.json")
    async with call.session.post(f"{telegram.url}/bot{telegram.token}/sendDocument", data=form) as answer:
        assert (await answer.json())["result"]["document"]["file_name"] == "own.json"
    assert anna.chat.told[0].document == ("own.json", b"{}")


@pytest.mark.parametrize(
    ("result", "why"),
    [
        ({"type": "article", "id": "1"}, 'Can\'t find field "title"'),
        ({"type": "article", "id": "1", "title": "x", "input_message_content": {}}, "Message text is empty"),
        (
            {
                "type": "article",
                "id": "1",
                "title": "x",
                "input_message_content": {"message_text": "x" * 4097},
            },
            "MESSAGE_TOO_LONG",
        ),
    ],
)
async def test_inline_results_that_can_not_be_sent_are_refused(
    telegram: Emulator, call: Client, result: dict[str, object], why: str
) -> None:
    anna = telegram.person("Anna")
    asking = asyncio.ensure_future(anna.asks_inline("x"))
    await telegram.until(lambda: telegram.inline)
    key = next(iter(telegram.inline))
    assert why in await call.fails("answerInlineQuery", inline_query_id=key, results=[result])
    asking.cancel()


async def test_a_moment_may_be_shown_in_few_ways_only(call: Client, anna: Person) -> None:
    text = '<tg-time unix="1906663260" format="{}">23:41</tg-time>'
    sent = await call("sendMessage", chat_id=anna.chat.id, text=text.format("dt"), parse_mode="HTML")
    moment = {
        "type": "date_time",
        "offset": 0,
        "length": 5,
        "unix_time": 1906663260,
        "date_time_format": "dt",
    }
    assert sent["entities"] == [moment]
    refused = await call.fails("sendMessage", chat_id=anna.chat.id, text=text.format("td"), parse_mode="HTML")
    assert "can't parse entities" in refused


async def test_a_button_has_one_of_three_styles_or_none(call: Client, anna: Person) -> None:
    for style, taken in (("danger", True), ("purple", False)):
        keys = {"inline_keyboard": [[{"text": "Go", "callback_data": "go", "style": style}]]}
        ask = call if taken else call.fails
        await ask("sendMessage", chat_id=anna.chat.id, text="x", reply_markup=keys)
