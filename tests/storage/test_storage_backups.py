"""Copies: made in use, kept in turn, put back; and what happens when something is in the way."""

import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from night_facts import NOON, RACE, Hand, event, tell
from sqlite_utils import Database

from storage import Backups, Store, open_sound, restore
from storage.migrations import SCHEMA
from tally.errors import Damaged, InUse, StorageError


@pytest.fixture
def backups(tmp_path: Path) -> Backups:
    return Backups(tmp_path / "backups", keep=3)


def spoil(path: Path) -> None:
    """Overwrite everything but the first page, as a failing disk does."""
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(bytes(content))


def keys(path: Path) -> list[str]:
    with Store(path, readonly=True) as store:
        return [each.key for each in store.events()]


def test_the_newest_are_kept_and_the_oldest_go(store: Store, backups: Backups, tmp_path: Path) -> None:
    for number in range(5):
        tell(store, event(f"event {number}"))
        backups.make(store.path, NOON + timedelta(minutes=number))
    made = backups.all()
    assert [backup.at for backup in made] == [NOON + timedelta(minutes=n) for n in (2, 3, 4)]
    assert [len(keys(backup.path)) for backup in made] == [3, 4, 5]
    assert {path.suffix for path in (tmp_path / "backups").iterdir()} == {".db"}


def test_other_files_in_the_folder_are_left_alone(store: Store, backups: Backups, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    others = [folder / "tallywire-notes.db", folder / "mine.db", folder / "tallywire-20310504T120000Z.db"]
    for path in others:
        path.write_text("not ours", encoding="utf-8")
    for number in range(5):
        backups.make(store.path, NOON + timedelta(minutes=number))
    assert all(path.exists() for path in others)


def test_a_copy_that_cannot_be_made_takes_no_older_one_away(store: Store, backups: Backups) -> None:
    for number in range(3):
        backups.make(store.path, NOON + timedelta(minutes=number))
    with pytest.raises(StorageError):
        backups.make(store.path.with_name("nowhere.db"), NOON + timedelta(hours=1))
    assert len(backups.all()) == 3


def test_a_copy_of_a_damaged_file_is_not_kept(tmp_path: Path, backups: Backups) -> None:
    path = tmp_path / "night.db"
    with Store(path) as store:
        for number in range(200):
            tell(store, event(f"event {number}"))
    spoil(path)
    with pytest.raises(StorageError, match=r"damaged|not sound|malformed"):
        backups.make(path, NOON)
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_damaged_database_is_told_at_the_start_and_the_last_sound_copy_offered(
    tmp_path: Path, backups: Backups
) -> None:
    path = tmp_path / "night.db"
    with Store(path) as store:
        for number in range(200):
            tell(store, event(f"event {number}"))
        good = backups.make(path, NOON)
        rotten = backups.make(path, NOON + timedelta(minutes=1))
    spoil(path)
    spoil(rotten)
    with pytest.raises(Damaged, match=rf"{good} of 04 May 12:00 UTC: 'tallywire restore'"):
        open_sound(path, backups)
    newest = backups.newest_sound()
    assert newest is not None
    aside = restore(newest.path, path, NOON)
    assert aside is not None
    assert aside.exists()
    with open_sound(path, backups) as store:
        assert len(store.events()) == 200
        tell(store, event("and it goes on"))


def test_without_a_copy_the_way_out_is_named(tmp_path: Path, backups: Backups) -> None:
    path = tmp_path / "night.db"
    path.write_bytes(b"race,votes\n" * 500)
    with pytest.raises(Damaged, match=r"not a database.*no sound backup; move the file away"):
        open_sound(path, backups)
    Store(tmp_path / "other.db").close()


def test_a_sound_or_a_new_database_is_opened(tmp_path: Path, backups: Backups) -> None:
    for _ in range(2):
        with open_sound(tmp_path / "night.db", backups, clock=Hand()) as store:
            store.add_chat("console", "-")
    with open_sound(tmp_path / "night.db", backups) as store:
        assert len(store.chats()) == 1
        with pytest.raises(InUse):
            open_sound(tmp_path / "night.db", backups)


def test_a_restore_under_a_running_service_is_refused(store: Store, backups: Backups) -> None:
    made = backups.make(store.path, NOON)
    tell(store, event("later"))
    with pytest.raises(InUse):
        restore(made, store.path, NOON)
    assert keys(store.path) == ["later"]


def test_what_waited_in_a_copy_is_sent_after_the_restore(
    tmp_path: Path, backups: Backups, clock: Hand
) -> None:
    path = tmp_path / "night.db"
    with Store(path, clock=clock) as store:
        store.follow(store.add_chat("telegram", "7").id, RACE.id)
        tell(store, event("one"))
        made = backups.make(path, clock())
    restore(made, path, clock())
    with Store(path, clock=clock) as store:
        assert [each.event.key for each in store.claim("telegram", clock())] == ["one"]


def test_the_log_beside_a_replaced_database_does_not_get_into_the_restored_one(
    tmp_path: Path, backups: Backups
) -> None:
    path, killed = tmp_path / "night.db", tmp_path / "killed.db"
    with Store(path) as store:
        tell(store, event("one"))
        made = backups.make(path, NOON)
        tell(store, event("two"))
        for suffix in ("", "-wal"):  # as a kill leaves it: the last event is in the log only
            shutil.copy(f"{path}{suffix}", f"{killed}{suffix}")
    assert Path(f"{killed}-wal").stat().st_size > 0
    restore(made, killed, NOON)
    assert keys(killed) == ["one"]


@pytest.mark.parametrize("name", ["nothing.db", "text.db", "spoiled.db", "newer.db"])
def test_what_is_no_sound_backup_replaces_nothing(tmp_path: Path, store: Store, name: str) -> None:
    tell(store, event("one"))
    bad = tmp_path / name
    if name == "text.db":
        bad.write_text("hello", encoding="utf-8")
    elif name != "nothing.db":
        store.backup(bad)
    if name == "spoiled.db":
        spoil(bad)
    if name == "newer.db":
        Database(bad).table("_sqlite_migrations").insert(
            {"migration_set": "tallywire", "name": "9999_from_the_future", "applied_at": "2040-01-01"}
        )
    store.close()
    with pytest.raises(StorageError, match=name):
        restore(bad, store.path, NOON)
    assert keys(store.path) == ["one"]


def test_a_copy_of_an_earlier_version_is_brought_forward(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    made = Database(old)
    SCHEMA.apply(made, stop_before="0004_when_and_what_else")
    made.execute("insert into chats (channel, address, created_at) values ('telegram', '7', '2031')")
    made.conn.commit()
    made.close()
    assert restore(old, tmp_path / "night.db", NOON) is None
    with Store(tmp_path / "night.db") as store:
        assert [chat.digest for chat in store.chats()] == ["off"]
    with sqlite3.connect(old) as plain:  # and the copy itself is as it was
        assert "digest" not in [row[1] for row in plain.execute("pragma table_info(chats)")]
