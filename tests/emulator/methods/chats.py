"""What a bot may know of a chat and of who is in it."""

from tests.emulator.emulator import Emulator
from tests.emulator.errors import Json, bad_request, forbidden
from tests.emulator.methods import method
from tests.emulator.params import Params
from tests.emulator.world import Chat, User


@method("getChat")
async def get_chat(telegram: Emulator, p: Params) -> Json:
    chat = _known(telegram, p)
    pinned = chat.message(chat.pinned[-1]) if chat.pinned else None
    found = {**chat.json(), "accent_color_id": 0, "max_reaction_count": 11}
    found["accepted_gift_types"] = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        False,
    )
    return found | ({"pinned_message": telegram.world.message_json(chat, pinned)} if pinned else {})


@method("getChatMember")
async def get_chat_member(telegram: Emulator, p: Params) -> Json:
    chat, user_id = _known(telegram, p), p.number("user_id")
    if user_id == telegram.world.bot.id:
        return member_json(telegram.world.bot, chat.bot_status)
    if user_id not in telegram.world.users:
        raise bad_request("user not found")
    user, status = chat.members.get(user_id, (telegram.world.users[user_id], "left"))
    return member_json(user, status)


@method("getChatAdministrators")
async def get_chat_administrators(telegram: Emulator, p: Params) -> list[Json]:
    chat = _known(telegram, p)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    people = [member for member in chat.members.values() if member[1] in {"creator", "administrator"}]
    return [member_json(user, status) for user, status in people]


@method("getChatMemberCount")
async def get_chat_member_count(telegram: Emulator, p: Params) -> int:
    return len(_known(telegram, p).members) + 1


@method("leaveChat")
async def leave_chat(telegram: Emulator, p: Params) -> bool:
    _known(telegram, p).bot_status = "left"
    return True


def _known(telegram: Emulator, p: Params) -> Chat:
    chat = telegram.world.chat(p.text("chat_id"))
    if chat.kind != "private" and chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if chat.kind != "private" and chat.bot_status in {"left", "none"}:
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    return chat


RIGHTS = [
    "can_be_edited",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
]


def member_json(user: User, status: str) -> Json:
    found: Json = {"user": user.json(), "status": status}
    if status == "administrator":
        found |= dict.fromkeys(RIGHTS, True) | {"is_anonymous": False}
    elif status == "creator":
        found["is_anonymous"] = False
    elif status == "kicked":
        found["until_date"] = 0
    return found
