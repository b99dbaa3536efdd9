"""One process per database."""

import fcntl
import os
from pathlib import Path

from tally.errors import InUse, StorageError


def owner_of(database: Path) -> str | None:
    """The process that works on a database, as text ("?" where it does not say), or None; changes nothing."""
    try:
        handle = os.open(database.with_name(database.name + ".lock"), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return os.pread(handle, 20, 0).decode("ascii", "replace").strip() or "?"
    finally:
        os.close(handle)
    return None


class Lock:
    """An exclusive lock beside the database, let go by the system when the process ends, however it ends.

    SQLite's own locks last for one transaction; two services on one file would
    both poll and both send.
    """

    def __init__(self, database: Path) -> None:
        if not database.parent.is_dir():
            raise StorageError(f"{database.parent}: there is no such folder")
        path = database.with_name(database.name + ".lock")
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StorageError(f"{path}: {error.strerror}; the database's folder must be writable") from error
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            owner = os.pread(self._handle, 20, 0).decode("ascii", "replace").strip()
            os.close(self._handle)
            by = f" (process {owner})" if owner else ""
            raise InUse(
                f"{database} is in use by another tallywire{by}: stop it or choose another file"
            ) from error
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, str(os.getpid()).encode("ascii"), 0)

    def release(self) -> None:
        """Let go. The file stays: removing it would let two processes lock two files of one name."""
        os.close(self._handle)
