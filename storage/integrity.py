"""Whether a database file is sound."""

import sqlite3
from contextlib import closing
from pathlib import Path

_SHOWN = 20


def faults_of(path: Path) -> list[str]:
    """What is wrong with a file, each in a line; nothing if it is a sound database.

    It is read as it stands, whatever its version, and without a write: its log,
    if there is one beside it, is read along.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as reader:
            found = [str(row[0]) for row in reader.execute(f"pragma quick_check({_SHOWN})")]
            orphans = [str(row[0]) for row in reader.execute("pragma foreign_key_check").fetchmany(_SHOWN)]
    except sqlite3.Error as error:
        return [str(error)]
    return [line for line in found if line != "ok"] + [f"a row of {table} hangs loose" for table in orphans]
