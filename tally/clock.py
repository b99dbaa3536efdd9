"""Time as an argument: whoever needs the hour is given a clock.

A rehearsal runs the whole service on the hours of the recorded night, so
nothing in the house may ask the operating system for the date by itself.
"""

from collections.abc import Callable
from datetime import UTC, datetime

# A clock is any callable that returns the present hour, aware, in UTC.
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The real hour, aware, in UTC."""
    return datetime.now(UTC)
