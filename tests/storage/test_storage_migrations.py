"""From every earlier version of the schema to this one, with a row in every table there was."""

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from storage import Store
from storage.migrations import SCHEMA

STEPS = [step.name for step in SCHEMA.pending(Database(memory=True))]


def version(path: Path, stop_before: str | None) -> None:
    """A database as that version made it."""
    made = Database(path)
    SCHEMA.apply(made, stop_before=stop_before)
    made.close()


def tables(db: sqlite3.Connection) -> list[str]:
    rows = db.execute("select name from sqlite_schema where type = 'table' and name not like '%sqlite_%'")
    return sorted(row[0] for row in rows)


def fill(db: sqlite3.Connection) -> None:
    """One row in every table, with something in every column."""
    db.execute("pragma foreign_keys = off")
    for table in tables(db):
        columns = [row[1:4:1] for row in db.execute(f"pragma table_info({table})")]
        values = [_value(name, kind) for name, kind, _ in columns]
        marks = ", ".join("?" * len(values))
        db.execute(f"insert into {table} values ({marks})", values)  # noqa: S608
    db.commit()


def _value(name: str, kind: str) -> object:
    if kind.casefold() in ("integer", "real"):
        return 1
    return b"1" if kind.casefold() == "blob" else f"{name} as it was"


def contents(db: sqlite3.Connection) -> dict[str, list[dict[str, object]]]:
    db.row_factory = sqlite3.Row
    return {
        table: [dict(row) for row in db.execute(f"select * from {table}")]  # noqa: S608
        for table in tables(db)
    }


@pytest.mark.parametrize("stop_before", STEPS[1:])
def test_nothing_is_lost_on_the_way_from_an_earlier_version(tmp_path: Path, stop_before: str) -> None:
    path = tmp_path / "night.db"
    version(path, stop_before)
    with sqlite3.connect(path) as old:
        fill(old)
        before = contents(old)
    old.close()
    assert before
    with Store(path) as store:
        assert store.check() == []
        assert {step.name for step in SCHEMA.applied(store.db._db)} == set(STEPS)
    now = sqlite3.connect(path)
    after = contents(now)
    now.close()
    for table, rows in before.items():
        for was, is_now in zip(rows, after[table], strict=True):
            assert was.items() <= is_now.items(), table


def test_an_earlier_version_and_a_new_one_end_up_with_the_same_schema(tmp_path: Path) -> None:
    shapes = []
    for stop_before in STEPS:
        path = tmp_path / f"{stop_before}.db"
        version(path, stop_before)
        Store(path).close()
        db = sqlite3.connect(path)
        rows = db.execute("select name, sql from sqlite_schema where name not like '%sqlite_%' order by name")
        shapes.append(rows.fetchall())
        db.close()
    assert all(shape == shapes[0] for shape in shapes)


def test_a_step_that_fails_leaves_the_version_before_it(tmp_path: Path) -> None:
    """Disk full in the middle of a migration: the next start tries again."""
    path = tmp_path / "night.db"
    version(path, STEPS[-1])
    full = Database(path)
    full.execute(f"pragma max_page_count = {full.execute('pragma page_count').fetchone()[0]}")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        SCHEMA.apply(full)
    full.close()
    half = Database(path)
    assert {step.name for step in SCHEMA.applied(half)} == set(STEPS[:-1])
    half.close()
    with Store(path) as store:
        assert store.check() == []
