"""Messages out: text, pictures, edits, deletions, pins, chat actions."""

from tests.emulator.emulator import Emulator
from tests.emulator.entities import parse, utf16
from tests.emulator.errors import NOT_MODIFIED, Json, bad_request
from tests.emulator.keyboards import checked
from tests.emulator.methods import method
from tests.emulator.params import Params
from tests.emulator.world import Chat, Seen

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024
PHOTO_LIMIT = 10 * 1024 * 1024


@method("sendMessage")
async def send_message(telegram: Emulator, p: Params) -> Json:
    chat = telegram.world.chat(p.text("chat_id"))
    text, entities = _text(p)
    return _write(telegram, chat, p, text, entities)


@method("sendPhoto")
async def send_photo(telegram: Emulator, p: Params) -> Json:
    chat = telegram.world.chat(p.text("chat_id"))
    photo = _photo(telegram, p)
    caption, entities = parse(p.text("caption"), p.text("parse_mode"))
    if utf16(caption) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return _write(telegram, chat, p, caption, entities, photo)


@method("sendDocument")
async def send_document(telegram: Emulator, p: Params) -> Json:
    chat = telegram.world.chat(p.text("chat_id"))
    content = p.files.get("document") or p.files.get(p.text("document").removeprefix("attach://"))
    if not content:
        raise bad_request("there is no document in the request")
    caption, entities = parse(p.text("caption"), p.text("parse_mode"))
    if utf16(caption) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    name = p.names.get("document") or next(iter(p.names.values()), "file")
    answer = _write(telegram, chat, p, caption, entities)
    message = chat.message(answer["message_id"])
    if message is not None:
        message.document = (name, content)
    key = f"file{answer['message_id']}"
    text = {
        "caption": answer.pop("text", ""),
        "document": {"file_id": key, "file_unique_id": key, "file_name": name},
    }
    return {**answer, **text}


@method("editMessageText")
async def edit_message_text(telegram: Emulator, p: Params) -> Json:
    chat, message = _own(telegram, p, "edit")
    text, entities = _text(p, too_long="MESSAGE_TOO_LONG")
    if message.photo is not None:
        raise bad_request("there is no text in the message to edit")
    return _edit(telegram, chat, message, text, entities, checked(p.json("reply_markup")))


@method("editMessageCaption")
async def edit_message_caption(telegram: Emulator, p: Params) -> Json:
    chat, message = _own(telegram, p, "edit")
    caption, entities = parse(p.text("caption"), p.text("parse_mode"))
    if utf16(caption) > CAPTION_LIMIT:
        raise bad_request("MEDIA_CAPTION_TOO_LONG")
    if message.photo is None:
        raise bad_request("there is no caption in the message to edit")
    return _edit(telegram, chat, message, caption, entities, checked(p.json("reply_markup")))


@method("editMessageReplyMarkup")
async def edit_message_reply_markup(telegram: Emulator, p: Params) -> Json:
    chat, message = _own(telegram, p, "edit")
    return _edit(telegram, chat, message, message.text, message.entities, checked(p.json("reply_markup")))


@method("editMessageMedia")
async def edit_message_media(telegram: Emulator, p: Params) -> Json:
    chat, message = _own(telegram, p, "edit")
    media = p.json("media") or {}
    photo = p.files.get(str(media.get("media", "")).removeprefix("attach://"))
    if media.get("type") != "photo" or photo is None:
        raise bad_request("can't parse InputMedia: media not found")
    caption, entities = parse(media.get("caption", ""), media.get("parse_mode", ""))
    if utf16(caption) > CAPTION_LIMIT:
        raise bad_request("MEDIA_CAPTION_TOO_LONG")
    if photo == message.photo:
        return _edit(telegram, chat, message, caption, entities, checked(p.json("reply_markup")))
    message.photo = photo
    telegram.check_flood(chat)
    return _changed(telegram, chat, message, caption, entities, checked(p.json("reply_markup")))


@method("deleteMessage")
async def delete_message(telegram: Emulator, p: Params) -> bool:
    chat = telegram.world.chat(p.text("chat_id"))
    message = chat.message(p.number("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if message.by is not telegram.world.bot and chat.kind != "private" and chat.bot_status != "administrator":
        raise bad_request("message can't be deleted")
    chat.messages.remove(message)
    telegram.happened()
    return True


@method("pinChatMessage")
async def pin(telegram: Emulator, p: Params) -> bool:
    chat = _pinnable(telegram, p)
    message = chat.message(p.number("message_id"))
    if message is None:
        raise bad_request("message to pin not found")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
    telegram.happened()
    return True


@method("unpinChatMessage")
async def unpin(telegram: Emulator, p: Params) -> bool:
    chat = _pinnable(telegram, p)
    wanted = p.number("message_id")
    if wanted is not None and wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned = [pinned for pinned in chat.pinned if wanted is not None and pinned != wanted]
    telegram.happened()
    return True


@method("unpinAllChatMessages")
async def unpin_all(telegram: Emulator, p: Params) -> bool:
    _pinnable(telegram, p).pinned.clear()
    return True


@method("sendChatAction")
async def chat_action(telegram: Emulator, p: Params) -> bool:
    telegram.world.chat(p.text("chat_id")).check_writable(p.number("message_thread_id"))
    return True


def _text(p: Params, too_long: str = "message is too long") -> tuple[str, list[Json]]:
    if not p.text("text").strip():
        raise bad_request("message text is empty")
    text, entities = parse(p.text("text"), p.text("parse_mode"))
    if not text:
        raise bad_request("text must be non-empty")
    if utf16(text) > TEXT_LIMIT:
        raise bad_request(too_long)
    return text, entities


def _write(
    telegram: Emulator, chat: Chat, p: Params, text: str, entities: list[Json], photo: bytes | None = None
) -> Json:
    thread = p.number("message_thread_id")
    chat.check_writable(thread)
    markup = checked(p.json("reply_markup"))
    reply_to = _reply(chat, p)
    telegram.check_flood(chat)
    preview = (p.json("link_preview_options") or {}).get("is_disabled") is not True
    message = telegram.world.write(
        chat,
        telegram.world.bot,
        text,
        entities=entities,
        markup=markup,
        thread=thread,
        reply_to=reply_to,
        silent=p.flag("disable_notification"),
        photo=photo,
        preview=preview,
    )
    telegram.happened()
    return telegram.world.message_json(chat, message)


def _reply(chat: Chat, p: Params) -> int | None:
    wanted = p.json("reply_parameters") or {}
    message_id = wanted.get("message_id", p.number("reply_to_message_id"))
    if message_id is None or chat.message(int(message_id)) is not None:
        return None if message_id is None else int(message_id)
    if wanted.get("allow_sending_without_reply") or p.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _own(telegram: Emulator, p: Params, what: str) -> tuple[Chat, Seen]:
    """The chat and the bot's own message in it."""
    if p.text("inline_message_id"):
        raise bad_request(f"message to {what} not found")
    chat = telegram.world.chat(p.text("chat_id"))
    message_id = p.number("message_id")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    chat.check_writable(None)
    message = chat.message(message_id)
    if message is None:
        raise bad_request(f"message to {what} not found")
    if message.by is not telegram.world.bot:
        raise bad_request(f"message can't be {what}ed")
    return chat, message


def _edit(
    telegram: Emulator, chat: Chat, message: Seen, text: str, entities: list[Json], markup: Json | None
) -> Json:
    if (text, entities, markup) == (message.text, message.entities, message.markup):
        raise bad_request(NOT_MODIFIED)
    telegram.check_flood(chat)
    return _changed(telegram, chat, message, text, entities, markup)


def _changed(
    telegram: Emulator, chat: Chat, message: Seen, text: str, entities: list[Json], markup: Json | None
) -> Json:
    message.edits.append(message.text)
    message.text, message.entities, message.markup = text, entities, markup
    telegram.happened()
    return telegram.world.message_json(chat, message)


def _photo(telegram: Emulator, p: Params) -> bytes:
    given = p.text("photo")
    photo = p.files.get("photo") or p.files.get(given.removeprefix("attach://")) or telegram.photo(given)
    if photo is None:
        raise bad_request("there is no photo in the request")
    if not photo:
        raise bad_request("file must be non-empty")
    if len(photo) > PHOTO_LIMIT:
        raise bad_request("file is too big")
    if not photo.startswith((b"\x89PNG", b"\xff\xd8", b"GIF8", b"RIFF")):
        raise bad_request("IMAGE_PROCESS_FAILED")
    return photo


def _pinnable(telegram: Emulator, p: Params) -> Chat:
    chat = telegram.world.chat(p.text("chat_id"))
    chat.check_writable(None)
    if chat.kind != "private" and chat.bot_status != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat
