"""The machine: room on the disk, descriptors, SQLite."""

import resource
import shutil
import sqlite3
from collections.abc import Iterator

from cli.doctor import Finding, Patient, State
from tally.errors import ConfigError

ORDER, ONLINE = 30, False
ALSO_FOR_CHECK = True  # part of ``check --online``: a night that begins with a full disk is over soon

_LEAST_FREE, _GOOD_FREE = 500e6, 5e9
# Every source keeps a connection open, and a page on its way needs another.
_SPARE_FILES = 100
# Earlier ones do not know all that the queries use.
_SQLITE = (3, 35, 0)


def look(patient: Patient) -> Iterator[Finding]:
    """Whether the machine can take the night."""
    folder = next(path for path in (patient.data, *patient.data.absolute().parents) if path.exists())
    yield _room(shutil.disk_usage(folder).free, str(folder))
    yield from _descriptors(patient)
    if sqlite3.sqlite_version_info < _SQLITE:
        yield Finding(
            State.ILL, f"SQLite is {sqlite3.sqlite_version}", "use a Python with SQLite 3.35 or later"
        )


def _room(free: float, folder: str) -> Finding:
    says = f"{free / 1e9:,.1f} GB are free in {folder}"
    if free < _LEAST_FREE:
        return Finding(State.ILL, says, "make room: a busy night writes some gigabytes")
    if free < _GOOD_FREE:
        return Finding(State.ODD, says, "make room, or set TALLYWIRE_KEEP_PAGES_SIZE")
    return Finding(State.WELL, says)


def _descriptors(patient: Patient) -> Iterator[Finding]:
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    try:
        sources = sum(len(race.sources) for race in patient.watched())
    except ConfigError:
        return  # told by the check of the race files
    if limit != resource.RLIM_INFINITY and limit < sources * 2 + _SPARE_FILES:
        remedy = f"raise it: ulimit -n {max(4096, sources * 4)}, or LimitNOFILE= in the unit"
        yield Finding(State.ILL, f"only {limit} files may be open, for {sources} sources", remedy)
