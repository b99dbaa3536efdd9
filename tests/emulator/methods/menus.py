"""Command menus by scope and language, button notes, inline answers."""

import json
import re

from tests.emulator.emulator import Emulator
from tests.emulator.entities import parse, utf16
from tests.emulator.errors import Json, bad_request
from tests.emulator.methods import method
from tests.emulator.params import Params

_NAME = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}
NOTE_LIMIT = 200
MOST_RESULTS = 50
MESSAGE_LIMIT = 4096


@method("setMyCommands")
async def set_my_commands(telegram: Emulator, p: Params) -> bool:
    commands = p.json("commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _NAME.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    telegram.menus[_place(telegram, p)] = commands
    return True


@method("getMyCommands")
async def get_my_commands(telegram: Emulator, p: Params) -> list[Json]:
    return telegram.menus.get(_place(telegram, p), [])


@method("deleteMyCommands")
async def delete_my_commands(telegram: Emulator, p: Params) -> bool:
    telegram.menus.pop(_place(telegram, p), None)
    return True


@method("answerCallbackQuery")
async def answer_callback_query(telegram: Emulator, p: Params) -> bool:
    if len(p.text("text")) > NOTE_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    tap = telegram.taps.pop(p.text("callback_query_id"), None)
    if tap is None or tap.done():
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    tap.set_result(p.text("text") or None)
    return True


@method("answerInlineQuery")
async def answer_inline_query(telegram: Emulator, p: Params) -> bool:
    query = telegram.inline.pop(p.text("inline_query_id"), None)
    if query is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    results = p.json("results") or []
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    ids = [str(result.get("id", "")) for result in results]
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if any(not 1 <= len(found.encode()) <= 64 for found in ids):
        raise bad_request("RESULT_ID_INVALID")
    for result in results:
        _check_content(result)
    query.set_result(results)
    return True


def _check_content(result: Json) -> None:
    """An article without a title or with words that can't be sent is refused, and all others with it."""
    if result.get("type") == "article" and not result.get("title"):
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
    content = result.get("input_message_content") or {}
    text, _ = parse(str(content.get("message_text", "")), str(content.get("parse_mode", "")))
    if not text:
        raise bad_request("can't parse inline query result: Message text is empty")
    if utf16(text) > MESSAGE_LIMIT:
        raise bad_request("can't parse inline query result: MESSAGE_TOO_LONG")


def _place(telegram: Emulator, p: Params) -> tuple[str, str]:
    scope = p.json("scope") or {"type": "default"}
    if scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" in scope:
        telegram.world.chat(str(scope["chat_id"]))
    language = p.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return json.dumps(scope, sort_keys=True), language
