"""The one door to SQLite: how the file is opened, written, and what its errors mean to a person."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from storage.migrations import SCHEMA
from storage.quiet import teach
from storage.sqlite import Database as SqliteUtils
from storage.text import storable
from tally.errors import Damaged, StorageError

# Everything waits while SQLite waits: long enough for another program's short write, and no longer.
_BUSY_SECONDS = 1.0
_LARGEST_LOG = 64 * 1024 * 1024
_MEANINGS = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_CORRUPT": "the file is damaged; restore a backup",
    "SQLITE_NOTADB": "the file is not a database",
    "SQLITE_READONLY": "the file or its folder can't be written",
    "SQLITE_CANTOPEN": "the file can't be opened",
    "SQLITE_PERM": "the file may not be opened",
    "SQLITE_BUSY": "another program holds the file locked",
    "SQLITE_LOCKED": "another program holds the file locked",
    "SQLITE_IOERR": "the disk does not read or write",
}
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")

Values = Sequence[object] | Mapping[str, object]


@contextmanager
def explained(path: Path | str) -> Iterator[None]:
    """Turn SQLite's errors into a StorageError of one sentence that names the file."""
    try:
        yield
    except sqlite3.Error as error:
        kind = Damaged if _code(error).startswith(_DAMAGED) else StorageError
        raise kind(f"{path}: {_meaning(error)} ({error})") from error


def _meaning(error: sqlite3.Error) -> str:
    name = _code(error)
    return next((text for code, text in _MEANINGS.items() if name.startswith(code)), "the database refused")


def _code(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", None) or ""


class Database:
    """One connection. It belongs to the thread that opened it.

    WAL, so that readers never wait; synchronous=FULL, because what is lost in a
    power cut after the commit would be an alert that nobody sends.
    """

    def __init__(self, path: Path, *, readonly: bool = False, any_version: bool = False) -> None:
        self.path = path
        with explained(path):
            self._db = SqliteUtils(_connect(path, readonly=readonly), recursive_triggers=False)
            self._prepare(readonly=readonly, any_version=any_version)

    @classmethod
    def plain(cls, path: Path) -> "Database":
        """For reading, of this version or an earlier one."""
        return cls(path, readonly=True, any_version=True)

    def _prepare(self, *, readonly: bool, any_version: bool) -> None:
        try:
            self._db.execute("pragma foreign_keys = on")
            self._refuse_other_versions(readonly=readonly and not any_version)
            if not readonly:
                self._db.execute("pragma journal_mode = wal").fetchone()
                self._db.execute("pragma synchronous = full")
                self._db.execute(f"pragma journal_size_limit = {_LARGEST_LOG}")
                SCHEMA.apply(self._db)
        except BaseException:
            self._db.close()
            raise

    def _refuse_other_versions(self, *, readonly: bool) -> None:
        """A newer schema can't be understood, and a reader can't bring an older one forward."""
        known = {step.name for step in SCHEMA.pending(SqliteUtils(memory=True))}
        applied = {step.name for step in SCHEMA.applied(self._db)}
        if applied - known:
            raise StorageError(f"{self.path}: made by a newer version of tallywire; use that or a backup")
        if readonly and known - applied:
            raise StorageError(f"{self.path}: of an earlier version; start the service on it once")

    def rows(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        """All rows of a query. Raises StorageError."""
        with explained(self.path):
            return self._execute(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> sqlite3.Row | None:
        """The first row of a query, or None. Raises StorageError."""
        with explained(self.path):
            found: sqlite3.Row | None = self._execute(sql, values).fetchone()
            return found

    def first(self, sql: str, values: Values, fits: Callable[[sqlite3.Row], bool]) -> sqlite3.Row | None:
        """The first row that fits, or None, reading no row after it. Raises StorageError."""
        with explained(self.path):
            rows = self._execute(sql, values)
            found = next((row for row in rows if fits(row)), None)
            rows.close()
            return found

    def run(self, sql: str, values: Values = ()) -> sqlite3.Cursor:
        """One writing statement, inside ``writing()``. Raises StorageError."""
        with explained(self.path):
            return self._execute(sql, values)

    def run_many(self, sql: str, rows: Iterable[Values]) -> None:
        """One writing statement for each of many rows, inside ``writing()``. Raises StorageError."""
        with explained(self.path):
            for values in rows:
                self._execute(sql, values)

    def _execute(self, sql: str, values: Values) -> sqlite3.Cursor:
        try:
            return self._db.conn.execute(sql, values)
        except UnicodeEncodeError:
            return self._db.conn.execute(sql, _storable(values))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it or nothing. Raises StorageError.

        ``begin immediate``: a deferred one that reads first and writes beside
        another writer fails at once with "database is locked", however long the
        busy timeout. Inside another transaction it is a savepoint of that one.
        """
        if self._db.conn.in_transaction:
            with self._db.atomic():
                yield
            return
        with explained(self.path):
            self._db.conn.execute("begin immediate")
            try:
                yield
                self._db.conn.execute("commit")
            except BaseException:
                self._db.rollback()
                raise

    def backup(self, target: Path) -> None:
        """Copy the database while it is in use, into one file with no log beside it. Raises StorageError."""
        with explained(target):
            copy = sqlite3.connect(target)
            try:
                self._db.conn.backup(copy)
                copy.execute("pragma journal_mode = delete").fetchone()
            finally:
                copy.close()

    def close(self) -> None:
        """Close the connection."""
        self._db.close()


def _connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    if readonly and not path.is_file():
        raise StorageError(f"{path}: there is no database yet")
    address = f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rwc'}"
    connection = sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS)
    connection.row_factory = sqlite3.Row
    teach(connection)
    return connection


def _storable(values: Values) -> Values:
    if isinstance(values, Mapping):
        return {name: storable(v) if isinstance(v, str) else v for name, v in values.items()}
    return [storable(v) if isinstance(v, str) else v for v in values]
