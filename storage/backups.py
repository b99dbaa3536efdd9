"""Copies of the database: made while it is in use, kept in turn, and put back."""

import os
import re
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage.database import Database, explained
from storage.integrity import faults_of
from storage.lock import Lock
from tally.errors import StorageError

_STAMP = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"tallywire-(\d{8}T\d{12}Z)\.db")
# SQLite's own files beside a database: a log of another file's pages would be applied to the restored one.
_BESIDE = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy, and when it was made."""

    path: Path
    at: datetime


def copy_to(database: Path, target: Path) -> None:
    """Copy a database that may be in use; the copy is there whole and sound, or not at all.

    Raises StorageError.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        with closing(Database(database, readonly=True)) as source:
            source.backup(partial)
        wrong = faults_of(partial)
        if wrong:
            raise StorageError(f"{target}: the copy is not sound ({wrong[0]}), and was not kept")
        _to_disk(partial)
        partial.replace(target)
        _to_disk(target.parent)
    except OSError as error:
        raise StorageError(f"{target}: {error.strerror or error}") from error
    finally:
        for suffix in _BESIDE:
            partial.with_name(partial.name + suffix).unlink(missing_ok=True)


class Backups:
    """A folder of copies, the newest ``keep`` of them."""

    def __init__(self, folder: Path, keep: int) -> None:
        self._folder = folder
        self._keep = keep

    def make(self, database: Path, now: datetime) -> Path:
        """One more copy; only when it is sound the oldest goes. Raises StorageError."""
        target = self._folder / f"tallywire-{now.astimezone(UTC).strftime(_STAMP)}.db"
        try:
            self._folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"{self._folder}: {error.strerror}") from error
        copy_to(database, target)
        for old in self.all()[: -self._keep]:
            old.path.unlink(missing_ok=True)
        return target

    def all(self) -> list[Backup]:
        """The copies there are, oldest first."""
        found = ((path, _NAME.fullmatch(path.name)) for path in self._folder.glob("tallywire-*.db"))
        made = [
            Backup(path, datetime.strptime(name[1], _STAMP).replace(tzinfo=UTC))
            for path, name in found
            if name
        ]
        return sorted(made, key=lambda backup: backup.at)

    def newest_sound(self) -> Backup | None:
        """The newest copy that can be put back, or None."""
        return next((backup for backup in reversed(self.all()) if not faults_of(backup.path)), None)


def restore(backup: Path, database: Path, now: datetime) -> Path | None:
    """Put a copy in the database's place; what stood there is kept beside it, and its new name returned.

    Nothing is touched unless the copy is sound and of a version that is
    understood. Raises InUse while a service works on the database, and
    StorageError.
    """
    if not backup.is_file():
        raise StorageError(f"{backup}: there is no such file")
    wrong = faults_of(backup)
    if wrong:
        raise StorageError(f"{backup}: this backup is not sound ({wrong[0]}); take an earlier one")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{database.parent}: {error.strerror}") from error
    lock = Lock(database)
    try:
        return _put(backup, database, now)
    except OSError as error:
        raise StorageError(f"{database}: {error.strerror or error}") from error
    finally:
        lock.release()


def _put(backup: Path, database: Path, now: datetime) -> Path | None:
    fresh = database.with_name(database.name + ".restored")
    fresh.unlink(missing_ok=True)  # of a restore that was cut off
    with closing(Database.plain(backup)) as source:
        source.backup(fresh)
    with explained(fresh):
        Database(fresh).close()  # brings an earlier version forward, before anything is replaced
    aside = _set_aside(database, now)
    fresh.replace(database)
    _to_disk(database.parent)
    return aside


def _set_aside(database: Path, now: datetime) -> Path | None:
    """Move the present files out of the way: a damaged database may still hold what no copy has."""
    if not database.exists():
        return None
    stamp = now.astimezone(UTC).strftime(_STAMP)
    aside = database.with_name(f"{database.name}.replaced-{stamp}")
    for suffix in _BESIDE:
        present = database.with_name(database.name + suffix)
        if present.exists():
            present.replace(aside.with_name(aside.name + suffix))
    return aside


def _to_disk(path: Path) -> None:
    """Have the system write what it holds back: a copy that a power cut undoes is none."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
