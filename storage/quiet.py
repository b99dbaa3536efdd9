"""Quiet hours and digests: what a chat wants to hear later, and when later is.

Pure. SQLite calls ``hush`` and ``digest_due`` during a fan-out, because quiet
hours are hours of the reader's own timezone and SQL knows none.
"""

import sqlite3
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from storage.text import from_text, to_text

DAY = 24 * 60


def is_quiet(timezone: str, start: int | None, end: int | None, now: datetime) -> bool:
    """Whether ``now`` lies in the quiet hours from ``start`` to ``end`` (minutes of the local day)."""
    if start is None or end is None or start == end:
        return False
    local = now.astimezone(zone(timezone))
    minute = local.hour * 60 + local.minute
    return start <= minute < end if start < end else minute >= start or minute < end


def quiet_end(timezone: str, end: int, now: datetime) -> datetime:
    """The next time it is ``end`` (minutes of the local day) after ``now``."""
    local = now.astimezone(zone(timezone))
    at = local.replace(hour=end // 60, minute=end % 60, second=0, microsecond=0)
    return at if at > local else at + timedelta(days=1)


def digest_due(timezone: str, start: int | None, end: int | None, digest: str, now: datetime) -> datetime:
    """When what is held for a chat is told: at the next full hour (hourly), and after its quiet hours."""
    due = now
    if digest == "hourly":
        due = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if end is not None and is_quiet(timezone, start, end, due):
        return quiet_end(timezone, end, due)
    return due


def zone(name: str) -> ZoneInfo:
    """The timezone of that name, UTC where there is none such any more."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


@lru_cache(maxsize=4096)
def hush(timezone: str, start: int | None, end: int | None, drop: int, digest: str, now: str) -> str:
    """The state in which news that is not urgent begins: pending, held, or "drop" for none at all."""
    if is_quiet(timezone, start, end, from_text(now)):
        return "drop" if drop else "held"
    return "pending" if digest == "off" else "held"


def _due(timezone: str, start: int | None, end: int | None, digest: str, now: str) -> str:
    return to_text(digest_due(timezone, start, end, digest, from_text(now)))


def teach(connection: sqlite3.Connection) -> None:
    """Let SQL ask."""
    connection.create_function("hush", 6, hush, deterministic=True)
    connection.create_function("digest_due", 5, _due, deterministic=True)
