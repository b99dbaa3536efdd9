"""Opening the database for the night: a damaged one is told at once, and the last sound copy offered."""

from pathlib import Path

from storage.backups import Backups
from storage.integrity import faults_of
from storage.store import Store
from tally.clock import Clock, system_clock
from tally.errors import Damaged, InUse, StorageError


def open_sound(path: Path, backups: Backups, *, clock: Clock = system_clock) -> Store:
    """The store, after its file was checked. Raises Damaged with what to do, InUse and StorageError.

    A page that is damaged may be read for the first time in the middle of the
    night; here it is found before. It takes a second for each gigabyte or so.
    """
    if not path.is_file() or path.stat().st_size == 0:
        return Store(path, clock=clock)
    try:
        store = Store(path, clock=clock)
    except InUse:
        raise
    except StorageError as error:
        if faults_of(path):
            raise _damaged(path, str(error).removeprefix(f"{path}: "), backups) from error
        raise
    wrong = faults_of(path)
    if wrong:
        store.close()
        raise _damaged(path, wrong[0].splitlines()[0], backups)
    return store


def _damaged(path: Path, what: str, backups: Backups) -> Damaged:
    last = backups.newest_sound()
    if last is None:
        advice = "there is no sound backup; move the file away to begin anew"
    else:
        advice = (
            f"the last sound backup is {last.path} of {last.at:%d %b %H:%M} UTC:"
            " 'tallywire restore' puts it in place and keeps the damaged file"
        )
    return Damaged(f"{path}: the file is damaged ({what}); {advice}")
