"""Opening a database: what is refused, and in which words."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from night_facts import RACE, event, tell
from sqlite_utils import Database

from storage import Store
from storage.migrations import SCHEMA
from tally.errors import InUse, StorageError

HOLD = "\n".join(
    [
        "import sys, time",
        "from storage import Store",
        "store = Store(sys.argv[1])",
        "print('open', flush=True)",
        "time.sleep(60)",
    ]
)
ROOT = Path(__file__).parents[2]


def hold(path: Path) -> subprocess.Popen[str]:
    """Another process that has the database open."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


def test_a_second_process_is_refused_in_one_sentence_and_gets_in_when_the_first_is_killed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "night.db"
    with hold(path) as other:
        try:
            with pytest.raises(
                InUse, match=rf"night.db is in use by another tallywire \(process {other.pid}\)"
            ):
                Store(path)
        finally:
            os.kill(other.pid, signal.SIGKILL)
            other.wait()
    Store(path).close()


def test_a_second_store_of_the_same_process_is_refused_too(store: Store) -> None:
    with pytest.raises(InUse):
        Store(store.path)


def test_readers_look_on_while_the_service_works(store: Store) -> None:
    tell(store, event("one"))
    with Store(store.path, readonly=True) as reader:
        assert [e.key for e in reader.events()] == ["one"]
        with pytest.raises(StorageError, match="can't be written"):
            reader.add_chat("console", "-")


@pytest.mark.parametrize("readonly", [True, False])
def test_a_missing_folder_is_named(tmp_path: Path, readonly: bool) -> None:
    with pytest.raises(StorageError, match="nowhere"):
        Store(tmp_path / "nowhere" / "night.db", readonly=readonly)


def test_a_reader_of_nothing_is_told_that_there_is_nothing_yet(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no database yet"):
        Store(tmp_path / "night.db", readonly=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "night.db").mkdir()
    with pytest.raises(StorageError, match="can't be opened"):
        Store(tmp_path / "night.db")


def test_a_lock_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "night.db.lock").mkdir()
    with pytest.raises(StorageError, match="must be writable"):
        Store(tmp_path / "night.db")


def test_something_else_than_a_database_is_said_to_be_something_else(tmp_path: Path) -> None:
    path = tmp_path / "night.db"
    path.write_bytes(b"race,votes\n" * 500)
    with pytest.raises(StorageError, match="not a database"):
        Store(path)
    with pytest.raises(StorageError, match="not a database"):  # and the lock was let go
        Store(path)


def test_a_damaged_file_is_told_and_points_to_the_backup(tmp_path: Path) -> None:
    path = tmp_path / "night.db"
    with Store(path) as store:
        for number in range(200):
            tell(store, event(f"event {number}"))
    damaged = bytearray(path.read_bytes())
    damaged[8192:] = b"\xff" * (len(damaged) - 8192)
    path.write_bytes(bytes(damaged))
    with pytest.raises(StorageError, match="damaged; restore a backup"), Store(path) as store:
        store.events()


def test_check_finds_what_is_wrong(tmp_path: Path, store: Store) -> None:
    store.follow(store.add_chat("console", "-").id)
    tell(store, event("one"))
    assert store.check() == []
    store.db.run("pragma foreign_keys = off")
    with store.db.writing():
        store.db.run("delete from events")
    assert store.check() == ["a row of deliveries hangs loose"]


def test_an_empty_file_becomes_a_database_with_every_step(tmp_path: Path) -> None:
    path = tmp_path / "night.db"
    path.touch()
    Store(path).close()
    applied = [step.name for step in SCHEMA.applied(Database(path))]
    assert applied == [step.name for step in SCHEMA.pending(Database(memory=True))]


def steps() -> list[str]:
    return [step.name for step in SCHEMA.pending(Database(memory=True))]


@pytest.mark.parametrize("version", steps())
def test_every_earlier_version_is_brought_forward_with_what_is_in_it(tmp_path: Path, version: str) -> None:
    path = tmp_path / "night.db"
    old = Database(path)
    SCHEMA.apply(old, stop_before=version)
    if old["sources"].exists():
        old.execute("insert into sources (race, source, etag) values ('harbour', 'board', 'tag')")
    has_sources = old["sources"].exists()
    old.close()
    with pytest.raises(StorageError, match="earlier version"):
        Store(path, readonly=True)
    with Store(path) as store:
        assert store.memory("harbour", "board").etag == ("tag" if has_sources else None)
        assert store.counts()["events"] == 0
        assert store.check() == []


def test_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "night.db"
    Store(path).close()
    Database(path).table("_sqlite_migrations").insert(
        {"migration_set": "tallywire", "name": "9999_from_the_future", "applied_at": "2040-01-01"}
    )
    with pytest.raises(StorageError, match="newer version"):
        Store(path)


def test_wal_full_sync_and_foreign_keys_are_on(store: Store) -> None:
    def pragma(name: str) -> object:
        return store.db.rows(f"pragma {name}")[0][0]

    assert [pragma(name) for name in ("journal_mode", "synchronous", "foreign_keys")] == ["wal", 2, 1]


def test_a_backup_is_whole_and_taken_from_another_thread_while_the_store_is_in_use(
    tmp_path: Path, store: Store
) -> None:
    target = tmp_path / "backup.db"
    chat = store.add_chat("telegram", "7")
    store.follow(chat.id, RACE.id)
    tell(store, event("one"))
    worker = threading.Thread(target=store.backup, args=(target,))
    worker.start()
    worker.join()
    tell(store, event("two"))
    assert sorted(p.name for p in tmp_path.glob("backup*")) == ["backup.db"]
    with Store(target) as restored:
        assert [e.key for e in restored.events()] == ["one"]
        assert [d.event.key for d in restored.claim("telegram", restored.clock())] == ["one"]


def test_a_backup_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path, store: Store) -> None:
    with pytest.raises(StorageError, match="can't be opened"):
        store.backup(tmp_path / "nowhere" / "backup.db")


def test_the_database_can_be_read_with_nothing_but_sqlite(store: Store) -> None:
    tell(store, event("one"))
    plain = sqlite3.connect(store.path)
    assert plain.execute("select key, kind, race, at from events").fetchall() == [
        ("one", "lead_change", "harbour", "2031-05-04T12:00:00.000000Z")
    ]
    plain.close()
