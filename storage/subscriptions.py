"""What each chat wants to hear."""

import json
import sqlite3
from datetime import datetime
from typing import cast

from storage.chat import EVERY_RACE, Subscription
from storage.levels import LEVELS, priority
from storage.room import Room
from storage.text import from_text, to_text
from tally.event import Audience, EventKind, Tier

_SETTERS = {
    "kinds": "update subscriptions set kinds = ? where chat = ? and race = ?",
    "level": "update subscriptions set level = ? where chat = ? and race = ?",
    "tier": "update subscriptions set tier = ? where chat = ? and race = ?",
    "min_margin": "update subscriptions set min_margin = ? where chat = ? and race = ?",
    "min_counted": "update subscriptions set min_counted = ? where chat = ? and race = ?",
    "muted_until": "update subscriptions set muted_until = ? where chat = ? and race = ?",
    "options": "update subscriptions set options = json_patch(options, ?) where chat = ? and race = ?",
}
_FOR_OPERATORS = [kind for kind in EventKind if kind.audience is Audience.OPERATORS]

# The news that no subscription wants any more; what an operator hears comes without one.
_DROP = """
update deliveries set state = 'superseded', error = 'not wanted any more', changed_at = :now
where chat = :chat and state in ('pending', 'held') and event in (
  select e.id from events e
  where (e.race = :race or :race = '*') and e.kind not in (select value from json_each(:doubts))
    and not exists (
      select 1 from subscriptions s where s.chat = :chat and s.race in (e.race, '*')
        and (s.muted_until is null or s.muted_until <= :now)
        and not (s.race = '*' and exists (
          select 1 from subscriptions o where o.chat = :chat and o.race = e.race))))
"""


class Subscriptions(Room):
    """Who follows which race, and what they want of it."""

    def follow(self, chat_id: int, race: str = EVERY_RACE, **wishes: object) -> Subscription:
        """Follow a race or, with "*", every race. Following again changes only what ``wishes`` name.

        ``wishes`` are Subscription's: kinds, level, tier, min_margin,
        min_counted, muted_until; any other name is kept in ``options``.
        Raises StorageError for an unknown chat, ValueError for an unknown kind, level or tier.
        """
        with self.db.writing():
            self.db.run(
                "insert into subscriptions (chat, race, created_at) values (?, ?, ?)"
                " on conflict (chat, race) do nothing",
                (chat_id, race, self._now()),
            )
            for name, value in _columns(wishes).items():
                self.db.run(_SETTERS[name], (value, chat_id, race))
            if wishes.get("muted_until") is not None:
                self._drop_waiting(chat_id, race)
        return next(s for s in self.follows(chat_id) if s.race == race)

    def unfollow(self, chat_id: int, race: str) -> bool:
        """Stop following; what still waits to be sent about it is dropped. False if it was not followed."""
        with self.db.writing():
            gone = self.db.run("delete from subscriptions where chat = ? and race = ?", (chat_id, race))
            self._drop_waiting(chat_id, race)
        return gone.rowcount > 0

    def follows(self, chat_id: int) -> list[Subscription]:
        """What a chat follows, in the order of the races' ids."""
        rows = self.db.rows("select * from subscriptions where chat = ? order by race", (chat_id,))
        return [_subscription_of(row) for row in rows]

    def followers(self, race: str) -> int:
        """How many active chats follow a race, by itself or with every race."""
        found = self.db.rows(
            "select count(distinct s.chat) from subscriptions s join chats c on c.id = s.chat"
            " where c.active and s.race in (?, '*')",
            (race,),
        )
        return int(found[0][0])

    def _drop_waiting(self, chat_id: int, race: str) -> None:
        """Muted means muted, also for what was on its way; news from another subscription stays."""
        self.db.run(
            _DROP, {"chat": chat_id, "race": race, "now": self._now(), "doubts": json.dumps(_FOR_OPERATORS)}
        )


def _columns(wishes: dict[str, object]) -> dict[str, object]:
    """The wishes as values for the database."""
    known = {name: value for name, value in wishes.items() if name in _SETTERS and name != "options"}
    further = {name: value for name, value in wishes.items() if name not in _SETTERS}
    further |= cast("dict[str, object]", wishes.get("options") or {})
    if known.get("kinds") is not None:
        known["kinds"] = json.dumps([EventKind(kind) for kind in cast("list[str]", known["kinds"])])
    if "tier" in known:
        known["tier"] = Tier(cast(str, known["tier"])).value
    if "level" in known:
        known["level"] = priority(cast(str, known["level"]))
    if known.get("muted_until") is not None:
        known["muted_until"] = to_text(cast(datetime, known["muted_until"]))
    return known | ({"options": json.dumps(further)} if further else {})


def _subscription_of(row: sqlite3.Row) -> Subscription:
    return Subscription(
        chat=row["chat"],
        race=row["race"],
        kinds=tuple(json.loads(row["kinds"])) if row["kinds"] is not None else None,
        level=LEVELS[row["level"]],
        tier=row["tier"],
        min_margin=row["min_margin"],
        min_counted=row["min_counted"],
        muted_until=from_text(row["muted_until"]) if row["muted_until"] else None,
        options=json.loads(row["options"]),
    )
