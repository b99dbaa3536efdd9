"""Secrets stay out of everything that is written: the ones we know, and what looks like one.

httpx writes the bot's token at INFO with every request, aiohttp an address
with its query in an error, and a traceback whatever was at hand.
"""

import logging
import re
from collections.abc import Callable
from contextlib import suppress

REDACTED = "[token]"
HIDDEN = "[hidden]"
_SHORTEST = 6  # hiding what is shorter would black out half of every sentence

_hidden: set[str] = set()
_factories: list[object] = []

_WORDS = r"token|key|secret|sig|signature|password|passwd|pwd|auth|credential"
_NAMES = rf"(?:access_?|auth_?|bot_?|api_?)?(?:{_WORDS})s?"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,}"), REDACTED),  # a bot's token
    (re.compile(r"(\w://)[^/\s@:'\"]*:[^/\s@'\"]+@"), rf"\1{HIDDEN}@"),  # https://name:password@host
    (re.compile(rf"([?&;]{_NAMES}=)[^&\s'\"<>]+", re.IGNORECASE), rf"\1{HIDDEN}"),
    (
        re.compile(
            r"((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|x-auth-token|x-telegram-bot-api-secret-token)"
            r"(['\"]?\s*[:=,]\s*(?:b(?=['\"]))?['\"]?)(?:(?:bearer|basic|token)\s+)?[^\s'\",]+",
            re.IGNORECASE,
        ),
        rf"\1\2{HIDDEN}",
    ),
)


def hide(*secrets: str | None) -> None:
    """From now on no log record of this process shows these, in message or traceback."""
    for noisy in ("httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    redact_logs()
    _hidden.update(secret for secret in secrets if secret and len(secret) >= _SHORTEST)


def redact(text: str) -> str:
    """``text`` without any secret."""
    for secret in sorted(_hidden, key=len, reverse=True):
        text = text.replace(secret, REDACTED)
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def redact_logs() -> None:
    """Have every record of this process redacted as it is made, whatever handler writes it."""
    if logging.getLogRecordFactory() not in _factories:
        factory = _redacting(logging.getLogRecordFactory())
        _factories.append(factory)
        logging.setLogRecordFactory(factory)


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
