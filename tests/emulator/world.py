"""What the server knows: people, chats, their topics and their messages."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.emulator.errors import ApiError, Json, bad_request, forbidden


@dataclass
class User:
    """A person, or a bot."""

    id: int
    name: str
    language: str | None = "en"
    username: str | None = None
    is_bot: bool = False

    def json(self) -> Json:
        """As the Bot API writes a User."""
        found: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        extra = {"username": self.username, "language_code": self.language}
        return found | {key: value for key, value in extra.items() if value}


@dataclass
class Seen:
    """One message as a person sees it. ``buttons`` maps each label to its callback data or URL."""

    id: int
    chat: int
    text: str
    by: User
    at: float
    entities: list[Json] = field(default_factory=list)
    markup: Json | None = None
    thread: int | None = None
    reply_to: int | None = None
    silent: bool = False
    photo: bytes | None = None
    document: tuple[str, bytes] | None = None
    edits: list[str] = field(default_factory=list)  # what it said before, oldest first
    preview: bool = True
    service: Json = field(default_factory=dict)
    as_chat: bool = False  # an anonymous admin, or a channel's post

    @property
    def buttons(self) -> dict[str, str]:
        """The inline buttons by label."""
        rows = self.markup["inline_keyboard"] if self.markup else []
        return {b["text"]: b.get("callback_data") or b.get("url", "") for row in rows for b in row}

    @property
    def html(self) -> list[tuple[str, str]]:
        """Each entity's type with the text it marks."""
        raw = self.text.encode("utf-16-le")
        return [
            (e["type"], raw[e["offset"] * 2 : (e["offset"] + e["length"]) * 2].decode("utf-16-le"))
            for e in self.entities
        ]


@dataclass
class Chat:
    """A private chat, a group, a supergroup or a channel."""

    id: int
    kind: str
    title: str | None = None
    username: str | None = None
    person: User | None = None  # of a private chat
    bot_status: str = "member"  # administrator, member, left, kicked; "none": never started
    can_send: bool = True
    members: dict[int, tuple[User, str]] = field(default_factory=dict)
    topics: dict[int, str] | None = None  # of a forum: "open" or "closed"
    migrated_to: int | None = None
    messages: list[Seen] = field(default_factory=list)
    pinned: list[int] = field(default_factory=list)
    deactivated: bool = False
    ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def json(self) -> Json:
        """As the Bot API writes a Chat."""
        found: Json = {"id": self.id, "type": self.kind}
        extra = {"title": self.title, "username": self.username, "is_forum": self.topics is not None or None}
        if self.person:
            extra |= {"first_name": self.person.name, "username": self.person.username}
        return found | {key: value for key, value in extra.items() if value is not None}

    def message(self, message_id: int | None) -> Seen | None:
        """The message of that id that is still there."""
        return next((m for m in self.messages if m.id == message_id), None)

    def check_writable(self, thread: int | None) -> None:
        """Raise what Telegram answers when the bot may not write here."""
        if self.migrated_to is not None:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.migrated_to,
            )
        if self.kind == "private":
            self._check_person()
            return
        name = f"{self.kind} chat"
        if self.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {name}")
        if self.bot_status in {"left", "none"}:
            raise forbidden(f"bot is not a member of the {name}")
        if self.kind == "channel" and self.bot_status != "administrator":
            raise bad_request("need administrator rights in the channel chat")
        if not self.can_send:
            raise bad_request("not enough rights to send text messages to the chat")
        self._check_topic(thread)

    def _check_person(self) -> None:
        if self.deactivated:
            raise forbidden("user is deactivated")
        if self.bot_status == "none":
            raise forbidden("bot can't initiate conversation with a user")
        if self.bot_status == "kicked":
            raise forbidden("bot was blocked by the user")

    def _check_topic(self, thread: int | None) -> None:
        if thread is None:
            return
        if self.topics is None or thread not in self.topics:
            raise bad_request("message thread not found")
        if self.topics[thread] == "closed" and self.bot_status != "administrator":
            raise bad_request("TOPIC_CLOSED")


@dataclass
class World:
    """Everybody and everything."""

    bot: User
    chats: dict[int, Chat] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    personal_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    clock: Callable[[], float] = time.time  # seconds since 1970

    def chat(self, given: str) -> Chat:
        """The chat of an id or a @username."""
        if not given:
            raise bad_request("chat_id is empty")
        if given.startswith("@"):
            named = (
                c for c in self.chats.values() if c.username and f"@{c.username}".lower() == given.lower()
            )
            found = next(named, None)
        else:
            found = self.chats.get(int(given)) if given.lstrip("-").isdigit() else None
        if found is None:
            raise bad_request("chat not found")
        return found

    def write(self, chat: Chat, by: User, text: str, **more: object) -> Seen:
        """A new message in a chat. Supergroups and channels number their own, others share one row."""
        own = chat.kind in {"supergroup", "channel"}
        message_id = next(chat.ids) if own else next(self.personal_ids)
        message = Seen(message_id, chat.id, text, by, self.clock(), **more)  # type: ignore[arg-type]
        chat.messages.append(message)
        return message

    def message_json(self, chat: Chat, message: Seen, *, with_reply: bool = True) -> Json:
        """As the Bot API writes a Message."""
        found: Json = {"message_id": message.id, "date": int(message.at), "chat": chat.json()}
        found |= self._author(chat, message)
        if message.photo is not None:
            size = len(message.photo)
            key = f"photo{message.id}"
            found["photo"] = [
                {"file_id": key, "file_unique_id": key, "width": 800, "height": 600, "file_size": size}
            ]
        text, marks = ("caption", "caption_entities") if message.photo is not None else ("text", "entities")
        found |= {text: message.text} if message.text else {}
        found |= {marks: message.entities} if message.entities else {}
        found |= {"edit_date": int(time.time())} if message.edits else {}
        found |= {"reply_markup": message.markup} if message.markup else {}
        found |= {"message_thread_id": message.thread, "is_topic_message": True} if message.thread else {}
        answered = chat.message(message.reply_to)
        if answered and with_reply:
            found["reply_to_message"] = self.message_json(chat, answered, with_reply=False)
        return found | message.service

    def _author(self, chat: Chat, message: Seen) -> Json:
        if chat.kind == "channel":
            return {"sender_chat": chat.json()}
        if message.as_chat:
            anonymous = {
                "id": 1087968824,
                "is_bot": True,
                "first_name": "Group",
                "username": "GroupAnonymousBot",
            }
            return {"from": anonymous, "sender_chat": chat.json()}
        return {"from": message.by.json()}
