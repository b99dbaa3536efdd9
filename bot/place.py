"""Where something was said and by whom, and whether they may change settings there."""

from dataclasses import dataclass

from telegram import Bot, CallbackQuery, Chat, Message, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

_ADMINS = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})


@dataclass(frozen=True)
class Place:
    """A chat, its topic, and who spoke: a person, or a chat speaking for itself (an anonymous admin)."""

    chat: Chat
    thread: int | None = None
    user: User | None = None
    speaks_as: Chat | None = None

    @classmethod
    def of_message(cls, message: Message) -> "Place":
        """Where a message stands."""
        thread = message.message_thread_id if message.is_topic_message else None
        return cls(message.chat, thread, message.from_user, message.sender_chat)

    @classmethod
    def of_tap(cls, query: CallbackQuery) -> "Place | None":
        """Where the message with the tapped button stands; None for one sent inline."""
        message = query.message
        if message is None:
            return None
        thread = (
            message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
        )
        return cls(message.chat, thread, query.from_user)

    @property
    def is_private(self) -> bool:
        """Whether it is a chat with one person."""
        return self.chat.type == ChatType.PRIVATE

    @property
    def is_channel(self) -> bool:
        """Whether everybody who reads there sees what is answered there."""
        return self.chat.type == ChatType.CHANNEL

    @property
    def kind(self) -> str:
        """The word the store has for it: groups have a budget by the minute."""
        return {ChatType.PRIVATE: "private", ChatType.CHANNEL: "channel"}.get(
            ChatType(self.chat.type), "group"
        )

    @property
    def title(self) -> str | None:
        """The group's title, the person's name."""
        return self.chat.title or self.chat.full_name

    @property
    def is_another_bot(self) -> bool:
        """Whether a bot spoke; admins who hide behind the group's own name are no bots."""
        return self.user is not None and self.user.is_bot and self.speaks_as is None

    async def may_change(self, bot: Bot) -> bool:
        """Whether settings may be changed by who spoke: in a group its admins only."""
        if self.is_private or (self.speaks_as is not None and self.speaks_as.id == self.chat.id):
            return True
        if self.user is None:
            return self.chat.type == ChatType.CHANNEL  # who can post there is an admin
        try:
            member = await bot.get_chat_member(self.chat.id, self.user.id)
        except TelegramError:
            return False
        return member.status in _ADMINS
