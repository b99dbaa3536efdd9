"""What is so at the moment of a scrape: ages, depths and sizes."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from monitoring.condition import Facts
from monitoring.supervisor import Supervisor
from storage import Store
from tally.errors import StorageError
from tally.race import Race


@dataclass(frozen=True, slots=True)
class Present(Collector):
    """Gauges, computed when they are asked for. A store that can't be read is itself a figure."""

    store: Store
    supervisor: Supervisor
    races: Callable[[], Iterable[Race]]
    facts: Callable[[], Facts]
    seconds: Callable[[], float]

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """All gauges."""
        facts = self.facts()
        yield _plain("database_up", "Whether the database can be written", facts.database is None)
        yield _plain("seconds_since_good_poll", "Since any poll last went well", facts.since_good)
        yield _plain("telegram_up", "Whether Telegram takes what is sent", facts.telegram is None)
        yield from self._sources()
        waiting = _family("outbox_waiting", "Deliveries that are yet to be sent", ["channel"])
        for channel, count in facts.waiting:
            waiting.add_metric([channel], count)
        yield waiting
        yield from self._sizes()

    def _sources(self) -> Iterator[GaugeMetricFamily]:
        polled = _family("source_last_poll_age_seconds", "Since a poll last came to an end", _SOURCE)
        read = _family("source_last_reading_age_seconds", "Since something new was last read", _SOURCE)
        lost = _family("source_lost", "Whether it is told as lost", _SOURCE)
        for race in self.races():
            for source in race.sources:
                labels, ages = (
                    [race.id, source.name],
                    self.supervisor.ages(race.id, source.name, self.seconds()),
                )
                polled.add_metric(labels, ages[0])
                read.add_metric(labels, ages[1])
                lost.add_metric(labels, self._is_lost(race, source.name))
        yield from (polled, read, lost)

    def _is_lost(self, race: Race, source: str) -> bool:
        try:
            return self.store.health(race.id, source).lost is not None
        except StorageError:
            return True

    def _sizes(self) -> Iterator[GaugeMetricFamily]:
        size = _family("database_bytes", "Size of the database's files", ["file"])
        for suffix in ("", "-wal"):
            path = self.store.path.with_name(self.store.path.name + suffix)
            if path.exists():
                size.add_metric([suffix.lstrip("-") or "db"], path.stat().st_size)
        yield size
        free = shutil.disk_usage(self.store.path.parent).free
        yield _plain("disk_free_bytes", "Room left where the database is", free)


_SOURCE = ["race", "source"]


def _family(name: str, what: str, labels: list[str]) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"tallywire_{name}", what, labels=labels)


def _plain(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"tallywire_{name}", what, value=value)
