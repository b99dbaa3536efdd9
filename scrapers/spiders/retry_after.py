"""How long a server asks to be left alone."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy.http import Response

# Somebody's mistyped header must not end the night.
_LONGEST = 3600.0


def seconds_to_wait(response: Response, now: datetime) -> float | None:
    """The Retry-After header in seconds, at most an hour; None if there is none that makes sense.

    A date is compared with the server's own ``Date``: what counts is the
    distance, and our clock may be another one.
    """
    value = _text(response, b"Retry-After")
    if value is None:
        return None
    if value.isdigit():
        return min(float(value[:9]), _LONGEST)
    until, server_now = _date(value), _date(_text(response, b"Date") or "")
    if until is None:
        return None
    return min(max((until - (server_now or now)).total_seconds(), 0.0), _LONGEST)


def _text(response: Response, name: bytes) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1").strip() if value is not None else None


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return date if date.tzinfo is not None else date.replace(tzinfo=UTC)
