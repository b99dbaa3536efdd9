"""The log: lines for a person, or objects for a machine; never a secret."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal

from settings.secrets import redact, redact_logs

# What each record has of its own accord; the rest was given by whoever wrote it.
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_LINES = "%(asctime)s %(levelname)s %(message)s"

# Sentences to the operator that are no complaint: they are always written, and in lines without a prefix.
_operator = logging.getLogger("tallywire.operator")


def set_up(form: Literal["text", "json"], *, verbose: bool) -> None:
    """Log to stderr from here on. Of libraries only warnings are told, unless ``verbose``."""
    redact_logs()
    root = logging.getLogger()
    root.setLevel(logging.INFO if verbose else logging.WARNING)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Objects() if form == "json" else Lines(_LINES))
    root.handlers[:] = [handler]
    _operator.setLevel(logging.INFO)


def say(sentence: str) -> None:
    """Tell the operator something that is no complaint."""
    _operator.info("%s", sentence)


class Lines(logging.Formatter):
    """One line a record, and what is said to the operator as it is."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and a traceback under it."""
        if record.name == _operator.name:
            return record.getMessage()
        return super().format(record)


class Objects(logging.Formatter):
    """One JSON object a record: ``time`` (UTC), ``level``, ``logger``, ``message``, what was given as
    ``extra``, and ``exception`` with the traceback.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The object, on one line."""
        told: dict[str, object] = {
            **{name: _plain(value) for name, value in vars(record).items() if name not in _USUAL},
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["exception"] = record.exc_text or self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def _plain(value: object) -> object:
    """What was given besides the message, which has not gone through the record's own redaction."""
    return value if value is None or isinstance(value, bool | int | float) else redact(str(value))
