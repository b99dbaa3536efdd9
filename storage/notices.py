"""What is sent besides alerts, through the same outbox: live boards, digests, an operator's words."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.chat import Chat
from storage.chats import Chats
from storage.events import Events, event_of
from storage.facts import Facts
from storage.text import from_text, to_text
from tally.event import Event

# A board is edited on change, and never more often.
BOARD_EVERY = timedelta(seconds=15)
WORDS_EVERY = timedelta(milliseconds=50)  # of an operator's words, to one chat after the other
_DIGEST_EVENTS = 200
# How the subject of a word begins that is the service's own and not an operator's.
ITSELF = "service/"


class NoticeKind(StrEnum):
    """What a notice is: a race's board, the digest of what was held, an operator's word to all."""

    BOARD = "board"
    DIGEST = "digest"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Notice:
    """One claimed notice.

    ``subject`` is the board's race, ``body`` the words of a WORD, the hash of
    what a board last showed, or the last delivery that a DIGEST tells of, ``message_id`` the board's message,
    ``version`` what was wanted when it was claimed. ``pins`` says that the
    message stands and is yet to be pinned.
    """

    id: int
    chat: Chat
    kind: NoticeKind
    subject: str
    body: str | None
    message_id: str | None
    version: int
    attempts: int
    pins: bool = False

    @property
    def of_itself(self) -> bool:
        """Whether it is the service that speaks, of itself."""
        return self.subject.startswith(ITSELF)


# By the index of what is due, in its order: else ten thousand words would be sorted for each that is sent.
_NEXT = """
select n.*, c.address from notices n indexed by notices_due cross join chats c on c.id = n.chat
where (n.wanted > n.shown or not n.pinned) and n.due_at <= :now and not n.sending
  and c.channel = :channel and c.active and (c.operator or not :paused)
order by n.due_at, n.id
"""


_SHOWN = """
update notices set sending = 0, attempts = 0, error = null, message_id = :message, body = :body,
  shown = :version, due_at = :due, not_before = :later, changed_at = :now
where id = :id
"""
_PINNED = """
update notices set sending = 0, attempts = 0, error = null, pinned = 1, due_at = not_before where id = :id
"""
# What came while the digest was on its way is for the next one.
_MORE = """
insert into notices (chat, kind, due_at)
select c.id, 'digest', digest_due(c.timezone, c.quiet_from, c.quiet_to, c.digest, :now)
from chats c where c.id = :chat and exists (
  select 1 from deliveries d where d.chat = c.id and d.state = 'held')
"""


class Notices(Events, Chats, Facts):
    """Boards, digests and words: asked for, claimed, settled."""

    def set_board(self, chat_id: int, race: str, *, on: bool) -> None:
        """Have a live board of a race in a chat, or no longer."""
        with self.db.writing():
            if not on:
                self.db.run(
                    "delete from notices where chat = ? and kind = 'board' and subject = ?", (chat_id, race)
                )
                return
            self.db.run(
                "insert into notices (chat, kind, subject, due_at, pinned) values (?, 'board', ?, ?, 0)"
                " on conflict (chat, kind, subject) do update set wanted = wanted + 1, pinned = 0",
                (chat_id, race, self._now()),
            )
        self.ring()

    def boards(self, chat_id: int) -> list[str]:
        """The races a chat has a live board of."""
        rows = self.db.rows(
            "select subject from notices where chat = ? and kind = 'board' order by subject", (chat_id,)
        )
        return [row[0] for row in rows]

    def say_to(self, chats: Sequence[int], name: str, text: str) -> int:
        """Have these words said in these chats, once by that ``name``; how many chats are new to them.

        They are due one after the other, so that boards and digests go on in between.
        """
        now, made = self.clock(), 0
        with self.db.writing():
            for chat in chats:
                made += self.db.run(
                    "insert into notices (chat, kind, subject, body, due_at) values (?, 'word', ?, ?, ?)"
                    " on conflict (chat, kind, subject) do nothing",
                    (chat, name, text, to_text(now + made * WORDS_EVERY)),
                ).rowcount
        self.ring()
        return made

    def tell_operators(self, text: str) -> int:
        """Have the service say something of itself to every operator; how many there are."""
        chiefs = self.db.rows("select id from chats where operator and active")
        return self.tell_of_itself([row[0] for row in chiefs], text)

    def tell_of_itself(self, chats: Sequence[int], text: str) -> int:
        """Have the service say something of itself in these chats; how many there are."""
        return self.say_to(chats, f"{ITSELF}{self._now()}/{text[:40]}", text)

    def digest_now(self, chat_id: int) -> bool:
        """Tell what is held for a chat right away; False where nothing is."""
        if not self.held(chat_id):
            return False
        with self.db.writing():
            self.db.run(
                "insert into notices (chat, kind, due_at) values (?, 'digest', ?) on conflict"
                " (chat, kind, subject) do update set wanted = shown + 1, due_at = excluded.due_at",
                (chat_id, self._now()),
            )
        self.ring()
        return True

    def held(self, chat_id: int) -> list[Event]:
        """The news held for a chat's digest, oldest first; the latest of them where there are many."""
        rows = self.db.rows(
            "select e.body from deliveries d join events e on e.id = d.event"
            " where d.chat = ? and d.state = 'held' order by d.id desc limit ?",
            (chat_id, _DIGEST_EVENTS),
        )
        return [event_of(row) for row in reversed(rows)]

    def corrected(self, race: str, since: datetime) -> frozenset[str]:
        """The keys of the events that later ones of the race have taken back since then."""
        later = self.events(race, since)
        return frozenset(event.corrects for event in later if event.corrects)

    def claim_notice(self, channel: str, now: datetime, held: Collection[str] = ()) -> Notice | None:
        """Take the next notice that is due, in a chat that is not ``held``, and mark it as under way."""
        values = {"channel": channel, "now": to_text(now), "paused": self.paused}
        if self.db.first(_NEXT, values, lambda row: row["address"] not in held) is None:
            return None  # nearly always: no transaction for nothing
        with self.db.writing():
            row = self.db.first(_NEXT, values, lambda row: row["address"] not in held)
            chat = self.chat_by_id(row["chat"]) if row else None
            if row is None or chat is None:
                return None
            self.db.run("update notices set sending = 1, attempts = attempts + 1 where id = ?", (row["id"],))
            return _notice_of(row, chat, self._last_held(chat.id) if row["kind"] == "digest" else row["body"])

    def next_notice(self, channel: str, now: datetime) -> datetime | None:
        """When the next notice is due that is not yet, or None."""
        row = self.db.row(
            "select n.due_at from notices n indexed by notices_due cross join chats c on c.id = n.chat"
            " where (n.wanted > n.shown or not n.pinned) and n.due_at > ? and c.channel = ? and c.active"
            " order by n.due_at limit 1",
            (to_text(now), channel),
        )
        return from_text(row[0]) if row and row[0] else None

    def noticed(self, notice: Notice, message_id: str | None, now: datetime, body: str | None = None) -> None:
        """It arrived. A new board is pinned next; a digest's news counts as told; words are done."""
        new = notice.kind is NoticeKind.BOARD and notice.message_id is None
        values = {
            "id": notice.id,
            "message": message_id,
            "body": body,
            "version": notice.version,
            "due": to_text(now if new else now + BOARD_EVERY),
            "later": to_text(now + BOARD_EVERY),
            "now": to_text(now),
        }
        with self.db.writing():
            self.db.run(_PINNED if notice.pins else _SHOWN, values)
            if notice.kind is NoticeKind.DIGEST:
                self._digest_told(notice, now)

    def not_noticed(self, notice: Notice, due_at: datetime, why: str, *, anew: bool = False) -> None:
        """It did not arrive and goes out again; ``anew`` where the board's message is gone."""
        with self.db.writing():
            self.db.run(
                "update notices set sending = 0, due_at = ?, error = ?,"
                " message_id = case when ? then null else message_id end,"
                " pinned = case when ? then 0 else pinned end where id = ?",
                (to_text(due_at), why, anew, anew, notice.id),
            )

    def give_up(self, notice: Notice, why: str) -> None:
        """It never will arrive: it waits for nothing until it is wanted again."""
        with self.db.writing():
            self.db.run(
                "update notices set sending = 0, shown = wanted, pinned = 1, error = ?, changed_at = ?"
                " where id = ?",
                (why, self._now(), notice.id),
            )

    def recover_notices(self) -> int:
        """At start: what a crash left under way goes out again."""
        with self.db.writing():
            return self.db.run("update notices set sending = 0 where sending").rowcount

    def _last_held(self, chat_id: int) -> str:
        return str(
            self.db.rows("select max(id) from deliveries where chat = ? and state = 'held'", (chat_id,))[0][0]
            or 0
        )

    def _digest_told(self, notice: Notice, now: datetime) -> None:
        values = {"now": to_text(now), "chat": notice.chat.id, "last": int(notice.body or 0)}
        self.db.run(
            "update deliveries set state = 'sent', changed_at = :now"
            " where chat = :chat and state = 'held' and id <= :last",
            values,
        )
        self.db.run("delete from notices where id = ?", (notice.id,))
        self.db.run(_MORE, values)

    def _boards_are_old(self, race: str) -> None:
        """The race has moved: its boards are due, each as soon as it may be edited again."""
        made = self.db.run(
            "update notices set wanted = wanted + 1,"
            " due_at = case when wanted > shown then due_at else max(:now, not_before) end"
            " where kind = 'board' and subject = :race",
            {"now": self._now(), "race": race},
        )
        if made.rowcount:
            self.ring()


def _notice_of(row: sqlite3.Row, chat: Chat, body: str | None) -> Notice:
    pins = row["message_id"] is not None and not row["pinned"]
    return Notice(
        row["id"],
        chat,
        NoticeKind(row["kind"]),
        row["subject"],
        body,
        row["message_id"],
        row["wanted"],
        row["attempts"] + 1,
        pins,
    )
