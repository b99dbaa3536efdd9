"""One source's turn, and what APScheduler is told of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from apscheduler.triggers.base import BaseTrigger

from scrapers.spiders.spacing import Spacing
from tally.race import Race, Source

# A turn is not planned nearer than so many seconds.
LEAST = 0.002


@dataclass(slots=True, eq=False)
class Turn:
    """When a source is asked next.

    ``asked`` and ``due`` are monotonic seconds, ``seconds`` the interval
    between them as it was planned; ``ready`` is set when the turn has come.
    ``plan`` is called to find the next ``due``.
    """

    race: Race
    source: Source
    spacing: Spacing
    plan: "Callable[[Turn], None]"
    asked: float = 0.0
    due: float = 0.0
    seconds: float = 0.0
    ready: bool = False
    job: Any = None
    trigger: "WhenDue" = field(init=False)

    def __post_init__(self) -> None:
        self.trigger = WhenDue(self)

    @property
    def left(self) -> float:
        """Seconds until it is due."""
        return max(self.due - time.monotonic(), 0.0)


class WhenDue(BaseTrigger):  # type: ignore[misc]
    """The hour of a turn, told anew each time it is asked for.

    APScheduler asks twice for every firing, and asks too early when the
    system's clock was put forward: the turn is planned once, and only when it
    has come.
    """

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """The hour of the next turn."""
        turn = self._turn
        if time.monotonic() >= turn.due - LEAST / 2:
            turn.ready = True
            turn.plan(turn)
        return now + timedelta(seconds=max(turn.due - time.monotonic(), LEAST / 2))
