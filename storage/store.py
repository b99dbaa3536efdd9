"""The store: everything that outlives the process, behind one door."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from storage.backups import copy_to
from storage.database import Database
from storage.integrity import faults_of
from storage.lock import Lock
from storage.retention import Retention
from storage.subscriptions import Subscriptions
from storage.supervision import Supervision
from tally.clock import Clock, system_clock

_TABLES = ("sources", "captures", "readings", "claims", "events", "chats", "subscriptions")


class Store(Supervision, Subscriptions, Retention):
    """One database. One process works on it at a time; any number may read it.

    It belongs to the thread that made it; ``backup`` and ``check`` may be
    called from any. ``clock`` is the hour of deliveries. Raises InUse where
    another process has it, StorageError where it can't be used.
    """

    def __init__(self, path: Path | str, *, readonly: bool = False, clock: Clock = system_clock) -> None:
        self.path = Path(path)
        self._lock = None if readonly else Lock(self.path)
        try:
            super().__init__(Database(self.path, readonly=readonly), clock)
        except BaseException:
            self._release()
            raise

    def counts(self) -> Mapping[str, int]:
        """How much there is: rows by table, and deliveries by state ("deliveries.sent")."""
        columns = ", ".join(f"(select count(*) from {table}) as {table}" for table in _TABLES)  # noqa: S608
        row = self.db.rows(f"select {columns}")[0]
        by_state = self.db.rows("select state, count(*) from deliveries group by state")
        return {name: row[name] for name in _TABLES} | {f"deliveries.{s}": n for s, n in by_state}

    def backup(self, path: Path | str) -> None:
        """Copy the database to a new file while it is in use; the copy is there whole or not at all."""
        copy_to(self.path, Path(path))

    def check(self) -> list[str]:
        """What is wrong with the file, each in a line; nothing if it is sound."""
        return faults_of(self.path)

    def close(self) -> None:
        """Write what is still unwritten, close the file and let others have it."""
        try:
            self.flush()
        finally:
            self.db.close()
            self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
