"""What a supervisor finds of a source that no poll would tell of."""

from datetime import datetime

from storage.intake import Intakes
from tally.event import Event
from tally.health import stopped
from tally.race import Race


class Supervision(Intakes):
    """Telling of sources from which nothing comes any more."""

    def stopped(self, race: Race, source: str, how: str, now: datetime) -> tuple[Event, ...]:
        """Tell operators that a source has stopped (``how`` is tally.health's), unless it is told as lost.

        Raises StorageError; nothing is told or remembered then.
        """
        key = (race.id, source)
        health, news = stopped(self.health(*key), race, source, how, now)
        if not news:
            return ()
        seen = self._as_seen(key, health, None)
        with self.db.writing():
            events = self._tell(news)
            self._write_sources({**self._unwritten, key: seen})
        self._written(key, seen)
        if self.witness is not None:
            self.witness.stopped(race, source, how, now)
        self.ring()
        return events

    def alive(self) -> None:
        """Write a word, to know that writing is possible. Raises StorageError."""
        with self.db.writing():
            self.db.run(
                "insert into facts (name, value) values ('alive', ?)"
                " on conflict (name) do update set value = excluded.value",
                (self._now(),),
            )
