"""Who is told, where, and in which words."""

import sqlite3

from storage.chat import Chat
from storage.room import Room


class Chats(Room):
    """The chats: one for each place where alerts are read."""

    def chat(self, channel: str, address: str, thread: int | None = None) -> Chat | None:
        """The chat at that address, active or not, or None."""
        row = self.db.row(
            "select * from chats where channel = ? and address = ? and thread = ?",
            (channel, str(address), thread or 0),
        )
        return chat_of(row) if row else None

    def chat_by_id(self, chat_id: int) -> Chat | None:
        """The chat with that id, or None."""
        row = self.db.row("select * from chats where id = ?", (chat_id,))
        return chat_of(row) if row else None

    def chats(self, channel: str | None = None, *, resting: bool = False) -> list[Chat]:
        """The active chats of a channel (None: of all), with ``resting`` also those put to rest."""
        rows = self.db.rows(
            "select * from chats where (:channel is null or channel = :channel)"
            " and (active or :resting) order by id",
            {"channel": channel, "resting": resting},
        )
        return [chat_of(row) for row in rows]

    def add_chat(
        self,
        channel: str,
        address: str,
        thread: int | None = None,
        *,
        kind: str = "private",
        language: str = "en",
        timezone: str = "UTC",
        title: str | None = None,
        operator: bool = False,
    ) -> Chat:
        """The chat at that address, made if there is none; one that exists keeps its settings."""
        with self.db.writing():
            self.db.run(
                "insert into chats (channel, address, thread, kind, language, timezone, title, operator,"
                " created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " on conflict (channel, address, thread) do nothing",
                (channel, str(address), thread or 0, kind, language, timezone, title, operator, self._now()),
            )
            row = self.db.rows(
                "select * from chats where channel = ? and address = ? and thread = ?",
                (channel, str(address), thread or 0),
            )[0]
        return chat_of(row)

    def set_language(self, chat_id: int, language: str) -> None:
        """The language of its alerts."""
        self._set("update chats set language = ? where id = ?", language, chat_id)

    def set_timezone(self, chat_id: int, timezone: str) -> None:
        """The IANA timezone of the hours in its alerts."""
        self._set("update chats set timezone = ? where id = ?", timezone, chat_id)
        with self.db.writing():
            self._reckon_digest(chat_id)

    def set_operator(self, chat_id: int, operator: bool) -> None:
        """Whether it hears of doubtful data and lost sources."""
        self._set("update chats set operator = ? where id = ?", operator, chat_id)

    def set_quiet(self, chat_id: int, hours: tuple[int, int] | None, *, drop: bool = False) -> None:
        """The quiet hours (minutes of the chat's own day), None for none; ``drop`` what comes in them."""
        start, end = hours or (None, None)
        with self.db.writing():
            self.db.run(
                "update chats set quiet_from = ?, quiet_to = ?, quiet_drop = ? where id = ?",
                (start, end, drop, chat_id),
            )
            self._reckon_digest(chat_id)

    def set_digest(self, chat_id: int, digest: str) -> None:
        """Whether news that is not urgent comes at once ("off") or once an hour ("hourly")."""
        with self.db.writing():
            self.db.run("update chats set digest = ? where id = ?", (digest, chat_id))
            self._reckon_digest(chat_id)

    def deactivate(self, chat_id: int, why: str) -> None:
        """Put a chat to rest. What waits for it is set aside: waking it later must not start a flood."""
        with self.db.writing():
            self.db.run("update chats set active = 0, why = ? where id = ?", (why, chat_id))
            self.db.run(
                "update deliveries set state = 'failed', error = ?, changed_at = ?"
                " where chat = ? and state in ('pending', 'held') and event in (select id from events)",
                (why, self._now(), chat_id),
            )
            self.db.run("delete from notices where chat = ? and kind <> 'board'", (chat_id,))

    def reactivate(self, chat_id: int) -> None:
        """Wake a chat. It hears of what happens from now on."""
        with self.db.writing():
            self.db.run("update chats set active = 1, why = null where id = ?", (chat_id,))

    def forget(self, chat_id: int) -> None:
        """Delete a chat with its subscriptions and its deliveries."""
        with self.db.writing():
            self.db.run("delete from chats where id = ?", (chat_id,))

    def migrate(self, chat_id: int, new_address: str) -> Chat | None:
        """The chat lives at another address now, with all its topics; returns it as it is there.

        Where the new address is known already (Telegram tells of a move both by
        an update and by the failed call), what the old one follows and what
        waits for it move over, and the old one is deleted. None if there is no
        such chat.
        """
        with self.db.writing():
            here = self.chat_by_id(chat_id)
            if here is None or here.address == str(new_address):
                return here
            topics = self.db.rows(
                "select * from chats where channel = ? and address = ?", (here.channel, here.address)
            )
            for row in topics:
                self._move(chat_of(row), str(new_address))
            return self.chat(here.channel, new_address, here.thread)

    def _move(self, chat: Chat, address: str) -> None:
        there = self.chat(chat.channel, address, chat.thread)
        if there is None:
            self.db.run("update chats set address = ? where id = ?", (address, chat.id))
            return
        moves = (there.id, chat.id)
        self.db.run("update or ignore subscriptions set chat = ? where chat = ?", moves)
        self.db.run("update or ignore notices set chat = ? where chat = ?", moves)
        self.db.run(
            "update or ignore deliveries set chat = ? where chat = ? and event in (select id from events)",
            moves,
        )
        self.db.run("delete from chats where id = ?", (chat.id,))

    def _reckon_digest(self, chat_id: int) -> None:
        """What waits is told by the new hours, and not by those it was held for."""
        self.db.run(
            "update notices set due_at = (select digest_due(c.timezone, c.quiet_from, c.quiet_to, c.digest,"
            " :now) from chats c where c.id = :chat) where chat = :chat and kind = 'digest'",
            {"now": self._now(), "chat": chat_id},
        )
        self.ring()

    def _set(self, sql: str, value: object, chat_id: int) -> None:
        with self.db.writing():
            self.db.run(sql, (value, chat_id))


def chat_of(row: sqlite3.Row) -> Chat:
    """A row of ``chats`` as a Chat."""
    return Chat(
        id=row["id"],
        channel=row["channel"],
        address=row["address"],
        thread=row["thread"] or None,
        kind=row["kind"],
        language=row["language"],
        timezone=row["timezone"],
        title=row["title"],
        active=bool(row["active"]),
        operator=bool(row["operator"]),
        why=row["why"],
        quiet_from=row["quiet_from"],
        quiet_to=row["quiet_to"],
        quiet_drop=bool(row["quiet_drop"]),
        digest=row["digest"],
    )
