"""What an error of python-telegram-bot says about the one question: did the reader get it?

``BadRequest`` and ``TimedOut`` are both kinds of ``NetworkError``, and a
connection that could not be made looks like one that broke: the order of the
questions and the cause behind the error decide.
"""

import warnings
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.warnings import PTBDeprecationWarning

from bot.outcome import Gone, Moved, NotSent, Outcome, Rejected, Sent, Uncertain
from settings.secrets import redact

# PTB warns of its own constructor at the first 429, in the middle of a night.
warnings.filterwarnings("ignore", "Deprecated since version v22.2", PTBDeprecationWarning)

# Nothing was written to the server: no connection was made, or none was free.
_NEVER_WRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_REFUSED_WHOLE = ("bad gateway", "(502)", "service unavailable", "(503)", "too many requests", "(429)")


def verdict(error: TelegramError, edit_of: str | None = None) -> Outcome:
    """The outcome of a call that ended in ``error``; ``edit_of`` is the message it was to edit."""
    why = redact(error.message)
    match error:
        case RetryAfter():
            return NotSent(seconds(error), why)
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Forbidden():
            return Gone(why)
        case InvalidToken():
            return NotSent(why="Telegram does not know the bot's token")
        case BadRequest():
            return _refused(why, edit_of)
        case NetworkError():
            return _network(error, why)
        case _:
            return Uncertain(why)


def seconds(error: RetryAfter) -> float:
    """For how long Telegram wants to be left alone; PTB is about to give it as a timedelta."""
    given: float | timedelta = error.retry_after
    return given.total_seconds() if isinstance(given, timedelta) else float(given)


def _refused(why: str, edit_of: str | None) -> Outcome:
    if edit_of is not None and "message is not modified" in why.casefold():
        return Sent(edit_of)  # an edit whose answer was lost, made again: it stands there
    return Rejected(why)


def _network(error: NetworkError, why: str) -> Outcome:
    cause = error.__cause__
    if isinstance(cause, _NEVER_WRITTEN):
        return NotSent(why=why)
    if not isinstance(cause, httpx.HTTPError) and any(sign in why.casefold() for sign in _REFUSED_WHOLE):
        return NotSent(why=why)
    return Uncertain(why)
