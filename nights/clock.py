"""The recorded clock: the hours of the night while a showing compresses them."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

_A_MOMENT = timedelta(seconds=1)


class NightClock:
    """A ``tally.clock.Clock`` that leaps from step to step and runs in real seconds between.

    It never goes back, and it stops a second before the next step, so that an
    embargo lifts when the night says so and not because a machine was slow.
    """

    def __init__(self, start: datetime, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._base = self._limit = start
        self._since = monotonic()

    def __call__(self) -> datetime:
        """The recorded hour, aware, in UTC."""
        elapsed = timedelta(seconds=self._monotonic() - self._since)
        return max(self._base, min(self._base + elapsed, self._limit - _A_MOMENT))

    def leap(self, to: datetime, until: datetime) -> None:
        """Begin the step that lasts from ``to`` until ``until``; an hour that has passed stays passed."""
        self._base = max(to, self())
        self._limit = max(until, self._base)
        self._since = self._monotonic()
