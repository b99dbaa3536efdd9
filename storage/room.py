"""What every room of the store has: the database and the hour."""

from collections.abc import Callable

from storage.database import Database
from storage.text import to_text
from tally.clock import Clock


class Room:
    """A part of the store.

    ``clock`` is the hour of deliveries, which are real even when the night that
    is told is a rehearsed one: an alert must not expire because a rehearsal
    jumps from March to June.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self.db = db
        self.clock = clock
        self._bells: list[Callable[[], object]] = []

    def on_waiting(self, bell: Callable[[], object]) -> None:
        """Have ``bell`` rung whenever something new may wait to be sent that no event brought."""
        self._bells.append(bell)

    def ring(self) -> None:
        """Something may wait to be sent."""
        for bell in self._bells:
            bell()

    def _now(self) -> str:
        return to_text(self.clock())
