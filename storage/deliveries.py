"""The outbox: every alert on its way, one row for each event and chat."""

import sqlite3
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from storage.chat import Chat
from storage.chats import Chats
from storage.delivery import Action, Delivery, State, Trouble
from storage.events import Events
from storage.facts import Facts
from storage.levels import confirmed_level, priority
from storage.text import from_text, to_text
from tally.event import Event, Level

# In order of worth and age. A row that waits for its retry holds back the younger ones of its race in its
# chat: the news of one race must not arrive in the wrong order.
_NEXT = """
select d.*, c.address, e.key, t.key as target_key
from deliveries d join chats c on c.id = d.chat
  left join events e on e.id = d.event left join events t on t.id = d.target
where d.channel = :channel and d.state = 'pending' and (c.operator or not :paused)
  and (d.due_at is null or d.due_at <= :now)
  and not exists (select 1 from deliveries f where f.chat = d.chat and f.state = 'sending')
  and not exists (select 1 from deliveries o join events oe on oe.id = o.event
                  where o.chat = d.chat and o.state = 'pending' and o.due_at > :now
                  and o.id < d.id and o.priority <= d.priority and oe.race = e.race)
order by d.priority, d.id
"""

_START = """
update deliveries set state = 'sending', attempts = attempts + 1, due_at = null, lease_until = :lease,
  changed_at = :now
where id = :id and state = 'pending'
"""

# Who may have got an alert already gets it once more, unless it is routine; an edit simply goes out again.
_DOUBT = """
update deliveries set
  state = case when action <> 'send' or (priority < :routine and doubts = 0)
               then 'pending' else 'uncertain' end,
  doubts = doubts + 1, due_at = :due, lease_until = null, error = :why, changed_at = :now
where id = :id and state = 'sending'
"""

# After a crash everything that was under way goes out again: a few alerts told twice are better than one
# lost. But an alert on which the process ended so often may be what ends it, so it lets the others go first
# for a while. It is given up only when it looks like nothing else: a process killed every tenth of a second
# once had 14 of 1,000 alerts given up after their fifth end, none of which had arrived.
_CRASHES, _CRASHES_AT_MOST = 5, 25
_LETS_OTHERS_GO = timedelta(seconds=10)
_RECOVER = """
update deliveries set
  state = case when doubts < :most then 'pending' else 'uncertain' end,
  doubts = doubts + 1, due_at = case when doubts < :crashes then null else :later end,
  lease_until = null, changed_at = :now,
  error = 'the process ended during the call'
where state = 'sending'
"""


class Deliveries(Events, Chats, Facts):
    """Claiming deliveries and writing down what became of them."""

    def claim(
        self,
        channel: str,
        now: datetime,
        limit: int = 1,
        lease: timedelta = timedelta(seconds=60),
        held: Collection[str] = (),
    ) -> list[Delivery]:
        """Take the next deliveries, most urgent and oldest first, and mark them ``sending``.

        At most one is under way in a chat; chats whose address is ``held`` are
        passed over. What is too old to be news is marked ``expired`` on the
        way. Call it right before the sending: whatever is ``sending`` when the
        process dies is in doubt.
        """
        values = {"channel": channel, "now": to_text(now), "paused": self.paused}
        claimed: list[Delivery] = []
        with self.db.writing():
            while len(claimed) < limit:
                # The first few rows nearly always have one; nobody reads the rest of the backlog.
                row = self.db.first(_NEXT, values, lambda row: row["address"] not in held)
                if row is None:
                    break
                delivery = self._take(row, now, lease)
                if delivery is not None:
                    claimed.append(delivery)
        return claimed

    def _take(self, row: sqlite3.Row, now: datetime, lease: timedelta) -> Delivery | None:
        """The row as a delivery under way, or None after setting aside one that is needless by now."""
        event = self.event(row["key"]) if row["key"] else None
        chat = self.chat_by_id(row["chat"])
        edit_of = self.message_of(row["target_key"], row["chat"]) if row["target"] else None
        if row["expires_at"] <= to_text(now):
            self._set_aside(row["id"], State.EXPIRED, "too old to be news")
            return None
        if event is None or chat is None:  # foreign keys don't let this happen; a repaired file might
            self._set_aside(row["id"], State.FAILED, "its event or its chat is missing")
            return None
        if not chat.active:  # put to rest during a call that is to be made again
            self._set_aside(row["id"], State.FAILED, chat.why or "the chat is at rest")
            return None
        if row["action"] != Action.SEND and edit_of is None:
            self._set_aside(row["id"], State.SUPERSEDED, "there is no message to edit")
            return None
        self.db.run(_START, {"id": row["id"], "lease": to_text(now + lease), "now": to_text(now)})
        return self._made(row, event, chat, edit_of)

    def _made(self, row: sqlite3.Row, event: Event, chat: Chat, edit_of: str | None) -> Delivery:
        action, attempts = Action(row["action"]), row["attempts"] + 1
        if action is not Action.SEND:
            marked = self._as_told(row["target"], chat.id) if action is Action.MARK else None
            return Delivery(row["id"], event, chat, action, attempts, edit_of=edit_of, marked=marked)
        first = self.event(event.updates) if event.updates else None
        # The first word for those who waited for a second origin: as loud as for the others, or louder.
        told = replace(event, level=confirmed_level(event, first.level)) if first else event
        reply_to = self.message_of(event.corrects, chat.id) if event.corrects else None
        return Delivery(row["id"], told, chat, action, attempts, reply_to=reply_to)

    def _set_aside(self, delivery_id: int, state: State, why: str) -> None:
        self.db.run(
            "update deliveries set state = ?, error = ?, changed_at = ? where id = ? and state = 'pending'",
            (state.value, why, self._now(), delivery_id),
        )

    def message_of(self, event_key: str, chat_id: int) -> str | None:
        """The channel's name of the message that told this chat of the event, or None."""
        # Who waited for a second origin was told by the event that confirms this one.
        row = self.db.row(
            "select message_id from deliveries where chat = :chat and action = 'send'"
            " and event = (select id from events where key = :key) union all"
            " select message_id from deliveries where chat = :chat and action = 'send'"
            " and target = (select id from events where key = :key)",
            {"key": event_key, "chat": chat_id},
        )
        return row[0] if row else None

    def _as_told(self, target: int, chat_id: int) -> Event | None:
        """The event of a message as it stands in the chat: confirmed, where an edit has said so."""
        row = self.db.row(
            "select e.key from deliveries d join events e on e.id = d.event"
            " where d.target = :target and d.chat = :chat and d.action <> 'mark' and d.state = 'sent'"
            " union all select key from events where id = :target",
            {"target": target, "chat": chat_id},
        )
        return self.event(row["key"]) if row else None

    def next_due(self, channel: str, now: datetime) -> datetime | None:
        """When the next delivery that waits for its retry is due, or None."""
        row = self.db.row(
            "select min(due_at) from deliveries where channel = ? and state = 'pending' and due_at > ?",
            (channel, to_text(now)),
        )
        return from_text(row[0]) if row and row[0] else None

    def waiting(self, channel: str) -> int:
        """How many deliveries of a channel are still to be sent or under way."""
        row = self.db.rows(
            "select (select count(*) from deliveries where channel = :channel and state = 'pending')"
            " + (select count(*) from deliveries where channel = :channel and state = 'sending')",
            {"channel": channel},
        )[0]
        return int(row[0])

    def troubles(self, limit: int = 20) -> list[Trouble]:
        """The last deliveries that were set aside or are in doubt, last first, for the operator."""
        rows = self.db.rows(
            "select e.key, d.chat, d.state, d.error, d.changed_at from deliveries d"
            " join events e on e.id = d.event where d.state in ('failed', 'uncertain')"
            " order by d.changed_at desc, d.id desc limit ?",
            (limit,),
        )
        return [
            Trouble(row["key"], row["chat"], State(row["state"]), row["error"], from_text(row["changed_at"]))
            for row in rows
        ]

    def sent_to(self, chat_id: int) -> list[dict[str, str]]:
        """What a chat was sent or is to be sent, oldest first: event, state and hour."""
        rows = self.db.rows(
            "select e.key, d.action, d.state, d.changed_at from deliveries d join events e on e.id = d.event"
            " where d.chat = ? order by d.id",
            (chat_id,),
        )
        names = ("event", "action", "state", "at")
        return [dict(zip(names, (str(value) for value in row), strict=True)) for row in rows]

    def sent(self, delivery: Delivery, message_id: str | None, now: datetime) -> bool:
        """It arrived. False where the row was not under way any more (its chat was forgotten)."""
        return self._settle(
            "update deliveries set state = 'sent', message_id = :message, error = null, lease_until = null,"
            " changed_at = :now where id = :id and state = 'sending'",
            {"id": delivery.id, "message": message_id, "now": to_text(now)},
        )

    def retry(self, delivery: Delivery, due_at: datetime, why: str) -> bool:
        """It did not arrive and goes out again at ``due_at`` (or when it has expired, not at all)."""
        return self._settle(
            "update deliveries set state = 'pending', due_at = :due, error = :why, lease_until = null,"
            " changed_at = :now where id = :id and state = 'sending'",
            {"id": delivery.id, "due": to_text(due_at), "why": why, "now": self._now()},
        )

    def uncertain(self, delivery: Delivery, why: str, due_at: datetime | None = None) -> bool:
        """Nobody knows whether it arrived: it is sent once more (an edit as often), or if routine not."""
        return self._settle(
            _DOUBT,
            {
                "id": delivery.id,
                "routine": priority(Level.ROUTINE),
                "due": to_text(due_at) if due_at else None,
                "why": why,
                "now": self._now(),
            },
        )

    def failed(self, delivery: Delivery, why: str) -> bool:
        """It never will arrive; it is set aside for the operator to see."""
        return self._settle(
            "update deliveries set state = 'failed', error = :why, lease_until = null, changed_at = :now"
            " where id = :id and state = 'sending'",
            {"id": delivery.id, "why": why, "now": self._now()},
        )

    def recover(self, now: datetime) -> int:
        """At start: what a crash left under way is in doubt and goes out again. How many there were."""
        with self.db.writing():
            values = {
                "crashes": _CRASHES,
                "most": _CRASHES_AT_MOST,
                "now": to_text(now),
                "later": to_text(now + _LETS_OTHERS_GO),
            }
            return self.db.run(_RECOVER, values).rowcount

    def _settle(self, sql: str, values: dict[str, object]) -> bool:
        with self.db.writing():
            return self.db.run(sql, values).rowcount == 1
