"""The bot's token stays out of the logs: httpx writes it at INFO with every request."""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from tally.errors import ConfigError

REDACTED = "[token]"
_hidden: set[str] = set()


def hide(token: str) -> None:
    """From now on no log record of this process shows ``token``, in message or traceback."""
    for noisy in ("httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    if not _hidden:
        logging.setLogRecordFactory(_redacting(logging.getLogRecordFactory()))
    _hidden.add(token)


def redact(text: str) -> str:
    """``text`` without any token."""
    for token in _hidden:
        text = text.replace(token, REDACTED)
    return text


def _redacting(make: Callable[..., logging.LogRecord]) -> Callable[..., logging.LogRecord]:
    def factory(*args: object, **kwargs: object) -> logging.LogRecord:
        record = make(*args, **kwargs)
        with suppress(Exception):  # arguments that do not fit are the handler's to complain of
            message = record.getMessage()
            if redact(message) != message:
                record.msg, record.args = redact(message), None
        if record.exc_info and record.exc_info[0]:
            # A handler that finds the text written does not write its own.
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
        return record

    return factory


def with_token(environ: Mapping[str, str]) -> dict[str, str]:
    """The settings, with the token out of TELEGRAM_TOKEN_FILE where one is named. Raises ConfigError."""
    settings = dict(environ)
    name = settings.get("TELEGRAM_TOKEN_FILE", "")
    if name and not settings.get("TELEGRAM_TOKEN"):
        try:
            settings["TELEGRAM_TOKEN"] = Path(name).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"TELEGRAM_TOKEN_FILE: {name} can't be read ({error})") from error
    return settings
