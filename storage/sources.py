"""How each source does, and what is remembered of its pages so that unchanged ones stay cheap."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database import Database
from storage.room import Room
from storage.text import as_json, to_text
from tally.clock import Clock
from tally.health import SourceHealth
from tally.wire import health_from_wire, health_to_wire

# What was only seen again is written down for all sources at once, this often at most: two hundred sources
# at forty polls a second must not make forty transactions of nothing. A crash forgets so many seconds of it.
FLUSH_EVERY = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Memory:
    """What to ask a server with, and what to compare its answer to. All None: never fetched."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class _Source:
    """What is known of one source."""

    health: SourceHealth
    memory: Memory


Key = tuple[str, str]

_WRITE = """
insert into sources (race, source, health, outcome, last_good, seen_at,
                     etag, last_modified, body_hash, fingerprint)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (race, source) do update set
  health = excluded.health, outcome = excluded.outcome, last_good = excluded.last_good,
  seen_at = excluded.seen_at, etag = excluded.etag, last_modified = excluded.last_modified,
  body_hash = excluded.body_hash, fingerprint = excluded.fingerprint
"""


class Sources(Room):
    """The health and the memory of every source, kept at hand and written in batches."""

    def __init__(self, db: Database, clock: Clock) -> None:
        super().__init__(db, clock)
        self._known: dict[Key, _Source] = {}
        self._unwritten: dict[Key, _Source] = {}
        self._flushed = clock()

    def health(self, race: str, source: str) -> SourceHealth:
        """How a source does; a fresh one where it was never polled."""
        return self._source((race, source)).health

    def sources(self, race: str | None = None) -> dict[Key, SourceHealth]:
        """The health of every source ever polled (of one race), by race and name."""
        rows = self.db.rows(
            "select race, source, health from sources where health is not null"
            " and (:race is null or race = :race) order by race, source",
            {"race": race},
        )
        stored = {(row["race"], row["source"]): health_from_wire(json.loads(row["health"])) for row in rows}
        unwritten = {key: seen.health for key, seen in self._unwritten.items() if race in (None, key[0])}
        return stored | unwritten

    def memory(self, race: str, source: str) -> Memory:
        """What is remembered of a source's page, over restarts too."""
        return self._source((race, source)).memory

    def remember(self, race: str, source: str, memory: Memory) -> None:
        """Remember a page. Call it after ``take_in``, never before.

        A page remembered and not taken in would be "unchanged" after a crash,
        and what it said lost. It is written with the next batch; what a crash
        forgets is fetched and read once more.
        """
        known = self._source((race, source))
        if known.memory != memory:
            self._noted((race, source), _Source(known.health, memory))

    def flush(self) -> None:
        """Write what was only seen. Raises StorageError; nothing is forgotten then."""
        self._flushed = self.clock()
        if self._unwritten:
            with self.db.writing():
                self._write_sources(self._unwritten)
            self._unwritten.clear()

    def _flush_if_due(self) -> None:
        # A clock that was set back must not stop the writing for as long.
        if abs(self.clock() - self._flushed) >= FLUSH_EVERY:
            self.flush()

    def _as_seen(self, key: Key, health: SourceHealth, memory: Memory | None) -> _Source:
        return _Source(health, memory or self._source(key).memory)

    def _noted(self, key: Key, seen: _Source) -> None:
        self._known[key] = self._unwritten[key] = seen

    def _written(self, key: Key, seen: _Source) -> None:
        self._known[key] = seen
        self._unwritten.clear()
        self._flushed = self.clock()

    def _source(self, key: Key) -> _Source:
        if key not in self._known:
            row = self.db.row("select * from sources where race = ? and source = ?", key)
            health = health_from_wire(json.loads(row["health"])) if row and row["health"] else None
            names = ("etag", "last_modified", "body_hash", "fingerprint")
            memory = Memory(*(row[name] for name in names)) if row else Memory()
            self._known[key] = _Source(health or SourceHealth.start(), memory)
        return self._known[key]

    def _write_sources(self, sources: Mapping[Key, _Source]) -> None:
        self.db.run_many(_WRITE, [_row(key, source) for key, source in sources.items()])


def _row(key: Key, source: _Source) -> tuple[str | None, ...]:
    health, memory = source.health, source.memory
    return (
        *key,
        as_json(health_to_wire(health)),
        health.outcome,
        _text(health.last_good),
        _text(health.last_poll),
        memory.etag,
        memory.last_modified,
        memory.body_hash,
        memory.fingerprint,
    )


def _text(hour: datetime | None) -> str | None:
    return to_text(hour) if hour else None
