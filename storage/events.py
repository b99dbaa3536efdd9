"""The news that was told, and the standings it came from."""

import json
import sqlite3
from datetime import datetime

from storage.database import Database
from storage.room import Room
from storage.text import as_json, to_text
from tally.clock import Clock
from tally.event import Event
from tally.wire import event_from_wire, event_to_wire

_KEPT = 64


class Events(Room):
    """Events by key, race and hour."""

    def __init__(self, db: Database, clock: Clock) -> None:
        super().__init__(db, clock)
        self._recent: dict[str, Event] = {}

    def event(self, key: str) -> Event | None:
        """The event with that key, or None."""
        if key not in self._recent:
            row = self.db.row("select body from events where key = ?", (key,))
            if row is None:
                return None
            # A fan-out asks for the same few events ten thousand times.
            if len(self._recent) >= _KEPT:
                self._recent.pop(next(iter(self._recent)))
            self._recent[key] = event_of(row)
        return self._recent[key]

    def events(
        self,
        race: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
    ) -> list[Event]:
        """The events of a race (None: of all) from ``since`` to before ``until``, oldest first.

        With ``limit`` the last so many of them.
        """
        rows = self.db.rows(
            "select body from events where (:race is null or race = :race)"
            " and (:since is null or at >= :since) and (:until is null or at < :until)"
            " order by at desc, id desc limit :limit",
            {
                "race": race,
                "since": to_text(since) if since else None,
                "until": to_text(until) if until else None,
                "limit": -1 if limit is None else limit,
            },
        )
        return [event_of(row) for row in reversed(rows)]

    def _store_event(self, event: Event) -> bool:
        """Keep an event, once for ever; False where its key is known already."""
        stored = self.db.run(
            "insert into events (key, race, kind, at, level, tier, stored_at, body)"
            " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing",
            (
                event.key,
                event.race,
                event.kind.value,
                to_text(event.at),
                event.level.value,
                event.tier.value,
                self._now(),
                as_json(event_to_wire(event)),
            ),
        )
        return stored.rowcount == 1


def event_of(row: sqlite3.Row) -> Event:
    """A row of ``events`` as an Event."""
    return event_from_wire(json.loads(row["body"]))
