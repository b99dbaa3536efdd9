"""A file that says when a poll last went well, for whoever looks after the process from outside.

A process that lives and fetches nothing is the way in which watchers die
quietly, so the beat is the age of the last good poll and not of the process.
"""

import json
import logging
from datetime import datetime
from pathlib import Path

# The file's name in the folder of data.
HEARTBEAT = "heartbeat.json"

_log = logging.getLogger(__name__)


def beat(path: Path, now: datetime, last_good: datetime | None, watching: bool) -> None:
    """Write the file whole or not at all. ``watching`` is False when there is nothing left to poll."""
    content = {
        "at": now.isoformat(),
        "last_good_poll": last_good.isoformat() if last_good else None,
        "watching": watching,
    }
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.write_text(json.dumps(content) + "\n", encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        _log.error("the heartbeat can't be written: %s", error)


def seconds_since_good(path: Path, now: datetime) -> float | None:
    """How long ago a poll went well; None if it can't be told.

    With nothing left to poll, the age of the beat itself counts.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        since = content["last_good_poll"] if content["watching"] else content["at"]
        return (now - datetime.fromisoformat(since)).total_seconds()
    except (OSError, ValueError, KeyError, TypeError):
        return None
