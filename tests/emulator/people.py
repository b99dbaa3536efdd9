"""The people's side: what a person does, and what a person sees."""

import asyncio
import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.emulator.entities import commands_in, parse
from tests.emulator.errors import Json
from tests.emulator.world import Chat, Seen, User

if TYPE_CHECKING:
    from tests.emulator.emulator import Emulator

PATIENCE = 10.0  # seconds a test waits for what must come


class Room:
    """A chat through the eyes of who is in it."""

    def __init__(self, telegram: "Emulator", chat: Chat) -> None:
        self.telegram = telegram
        self.chat = chat
        self._read = 0  # how many of the bot's messages were looked at

    @property
    def id(self) -> int:
        """The chat's id."""
        return self.chat.id

    @property
    def messages(self) -> list[Seen]:
        """All that stands in the chat now, the oldest first, edits applied."""
        return list(self.chat.messages)

    @property
    def told(self) -> list[Seen]:
        """What the bot wrote there."""
        return [message for message in self.chat.messages if message.by is self.telegram.world.bot]

    async def next(self) -> Seen:
        """The bot's next message that was not looked at yet."""
        wanted = self._read
        await self.until(lambda: len(self.told) > wanted)
        self._read += 1
        return self.told[wanted]

    async def until(self, holds: Callable[[], object]) -> None:
        """Until something holds, looked at whenever anything happened."""
        await self.telegram.until(holds)

    def pinned(self) -> Seen | None:
        """The message pinned last."""
        return self.chat.message(self.chat.pinned[-1]) if self.chat.pinned else None


class Person:
    """Somebody with Telegram. ``chat`` is the private chat with the bot."""

    _queries = itertools.count(1)

    def __init__(self, telegram: "Emulator", user: User, chat: Chat) -> None:
        self.telegram = telegram
        self.user = user
        self.chat = Room(telegram, chat)

    def sends(
        self, text: str, to: Room | None = None, thread: int | None = None, *, as_chat: bool = False
    ) -> Seen:
        """Write into a chat; ``as_chat`` for an anonymous admin or a channel's post."""
        chat = (to or self.chat).chat
        if chat.kind == "private" and chat.bot_status == "none":
            chat.bot_status = "member"
        written, _ = parse(text, "")
        message = self.telegram.world.write(
            chat, self.user, written, entities=commands_in(written), thread=thread, as_chat=as_chat
        )
        kind = "channel_post" if chat.kind == "channel" else "message"
        self.telegram.tell(kind, self.telegram.world.message_json(chat, message))
        return message

    def edits(self, message: Seen, text: str) -> None:
        """Edit an own message."""
        chat = self.telegram.world.chats[message.chat]
        message.edits.append(message.text)
        message.text, message.entities = text, commands_in(text)
        kind = "edited_channel_post" if chat.kind == "channel" else "edited_message"
        self.telegram.tell(kind, self.telegram.world.message_json(chat, message))

    async def taps(self, label: str, message: Seen | None = None, within: Room | None = None) -> str | None:
        """Tap the button whose label has ``label`` in it; returns the note shown over it."""
        room = within or self.chat
        shown = message or next(m for m in reversed(room.told) if any(label in b for b in m.buttons))
        data = next(data for text, data in shown.buttons.items() if label in text)
        return await self.sends_data(data, shown)

    async def sends_data(self, data: str, message: Seen) -> str | None:
        """The tap of a button with any data, as a hostile client could make it."""
        chat = self.telegram.world.chats[message.chat]
        key = str(next(self._queries))
        note: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self.telegram.taps[key] = note
        query: Json = {
            "id": key,
            "from": self.user.json(),
            "chat_instance": str(chat.id),
            "message": self.telegram.world.message_json(chat, message),
            "data": data,
        }
        self.telegram.tell("callback_query", query)
        return await asyncio.wait_for(note, PATIENCE)

    async def asks_inline(self, text: str) -> list[Json]:
        """``@bot text`` typed in any chat: the results offered."""
        key = str(next(self._queries))
        results: asyncio.Future[list[Json]] = asyncio.get_running_loop().create_future()
        self.telegram.inline[key] = results
        self.telegram.tell("inline_query", {"id": key, "from": self.user.json(), "query": text, "offset": ""})
        return await asyncio.wait_for(results, PATIENCE)

    def blocks(self) -> None:
        """Block the bot; it is told by an update, and by 403 if it writes."""
        self.telegram.membership(self.chat.chat, self.user, "kicked")

    def unblocks(self) -> None:
        """Let it write again."""
        self.telegram.membership(self.chat.chat, self.user, "member")

    def adds_bot(self, to: Room, status: str = "member") -> None:
        """Add the bot to a group, or make it an admin there."""
        self.telegram.membership(to.chat, self.user, status)

    def removes_bot(self, out_of: Room) -> None:
        """Throw the bot out."""
        self.telegram.membership(out_of.chat, self.user, "kicked")
