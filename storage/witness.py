"""Whoever writes a night down: told of everything that a replay must know, once it is stored."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from tally.capture import Capture, Outcome
from tally.event import Event
from tally.race import Race, Source
from tally.standing import Standing


class Witness(Protocol):
    """Sees what changes, in its order. Must not raise: a night is not stopped by its recorder.

    What changed nothing (an unchanged page, a moment in which nothing was due)
    is not told: without it the night comes out the same.
    """

    def polled(
        self,
        race: Race,
        source: Source | str,
        capture: Capture | None,
        outcome: Outcome,
        reason: str | None,
        now: datetime,
    ) -> None:
        """A poll was taken in at ``now``; ``capture`` is None where there is no page or not a new one."""
        ...

    def stopped(self, race: Race, source: str, how: str, now: datetime) -> None:
        """Nothing had come of a source for too long, and operators were told."""
        ...

    def passed(self, race: Race, now: datetime) -> None:
        """Time alone changed what is believed of a race."""
        ...

    def decided(self, standing: Standing, events: Sequence[Event], now: datetime) -> None:
        """A person changed what is believed of a race, and this was the news of it."""
        ...
