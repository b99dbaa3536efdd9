"""The database: whether it is sound and can be written, who has it, and what waits in it."""

import os
from collections.abc import Iterator
from datetime import timedelta

from cli.doctor import Finding, Patient, State
from storage import Backups, Store
from storage.integrity import faults_of
from storage.lock import owner_of
from tally.errors import StorageError

ORDER, ONLINE = 40, False


def look(patient: Patient) -> Iterator[Finding]:
    """The file, its lock, and what is in it."""
    if not patient.database.is_file():
        yield _folder(patient)
        return
    wrong = faults_of(patient.database)
    if wrong:
        backup = _backups(patient).newest_sound()
        remedy = "'tallywire restore' takes " + (str(backup.path) if backup else "a backup, if you have one")
        yield Finding(State.ILL, f"{patient.database} is damaged: {wrong[0].splitlines()[0]}", remedy)
        return
    yield _owner(patient)
    yield from _backed_up(patient)
    try:
        with Store(patient.database, readonly=True) as store:
            yield from _contents(store)
    except StorageError as error:
        yield Finding(State.ODD, str(error))


def _folder(patient: Patient) -> Finding:
    folder = next(path for path in (patient.data, *patient.data.absolute().parents) if path.exists())
    if os.access(folder, os.W_OK | os.X_OK) and folder.is_dir():
        return Finding(State.WELL, f"there is no database yet; it will be made in {patient.data}")
    return Finding(
        State.ILL, f"{folder} can't be written", "name another folder with --data, or change its owner"
    )


def _owner(patient: Patient) -> Finding:
    remedy = "change the owner of the folder to the service's user"
    for path in (patient.data, patient.database, patient.database.with_name(patient.database.name + ".lock")):
        if path.exists() and not os.access(path, os.W_OK):
            return Finding(State.ILL, f"{path} can't be written", remedy)
    process = owner_of(patient.database)
    if process is not None:
        return Finding(State.WELL, f"the database is sound, and a service works on it (process {process})")
    return Finding(State.WELL, "the database is sound, and no service works on it")


def _backups(patient: Patient) -> Backups:
    return Backups(patient.settings.backups_in(patient.data), patient.settings.backup_keep)


def _backed_up(patient: Patient) -> Iterator[Finding]:
    every, made = patient.settings.backup_every, _backups(patient).all()
    if every is None:
        return
    age = patient.clock() - made[-1].at if made else None
    if age is None or age > 3 * every + timedelta(minutes=1):
        says = (
            "there is no backup"
            if age is None
            else f"the last backup is {age.total_seconds() / 3600:.1f} h old"
        )
        yield Finding(State.ODD, says, "'tallywire backup' makes one; see the log for why none was made")


def _contents(store: Store) -> Iterator[Finding]:
    if store.paused:
        yield Finding(State.ILL, "alerts are paused", "send '/pause off' to the bot as an operator")
    counts = store.counts()
    for state, remedy in (
        ("failed", "/stats tells operators why"),
        ("uncertain", "nobody knows whether these arrived"),
    ):
        number = counts.get(f"deliveries.{state}", 0)
        if number:
            yield Finding(State.ODD, f"deliveries that are {state}: {number:,}", remedy)
    for (race, source), health in store.sources().items():
        if health.lost is not None:
            remedy = f"'tallywire read' its address with --race {race} --source {source} --explain"
            yield Finding(State.ODD, f"{race}/{source} is lost: {health.reason}", remedy)
