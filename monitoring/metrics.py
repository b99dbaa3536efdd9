"""What Prometheus is told. Names, labels and units are described in docs/operations.md."""

from collections.abc import Sequence
from datetime import datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
)

from tally import __version__
from tally.capture import Capture, Outcome
from tally.event import Event
from tally.reading import Reading

# From a millisecond (a page that changed is read, decided and stored) to an hour (a page published late).
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600)
_LAG = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
_SOURCE = ("race", "source")


class Metrics:
    """Counters and histograms of one process, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        Info("tallywire", "The version that runs", registry=self.registry).info({"version": __version__})
        self._polls = self._counter("polls", "Polls by their outcome", (*_SOURCE, "outcome"))
        self._poll_seconds = self._histogram("poll_seconds", "How long polls take, failed ones too", ())
        self._readings = self._counter("readings", "Readings taken from pages", _SOURCE)
        self._claims = self._counter("claims", "Claims taken from pages", _SOURCE)
        self._events = self._counter("events", "News by kind", ("race", "kind", "tier"))
        self._publish = self._histogram(
            "publish_to_fetch_seconds", "From the hour that a changed page states to its fetch", ()
        )
        self._event = self._histogram(
            "fetch_to_event_seconds", "From the arrival of a page to its news in the store", ()
        )
        self._send = self._histogram("event_to_send_seconds", "From the news to its delivery", ("channel",))
        self._deliveries = self._counter(
            "deliveries", "Calls to channels by what became of them", ("channel", "outcome")
        )
        self._troubles = self._counter("troubles", "Faults of our own, which were contained", ("where",))
        self._lag = Histogram(
            "tallywire_event_loop_lag_seconds",
            "How late the loop wakes",
            registry=self.registry,
            buckets=_LAG,
        )

    def polled(self, race: str, source: str, outcome: Outcome, seconds: float) -> None:
        """One poll, and how long it took."""
        self._polls.labels(race, source, outcome.value).inc()
        self._poll_seconds.observe(seconds)

    def read(self, race: str, source: str, readings: Sequence[Reading], claims: int) -> None:
        """What was taken from one page."""
        self._readings.labels(race, source).inc(len(readings))
        self._claims.labels(race, source).inc(claims)

    def fetched(self, capture: Capture, readings: Sequence[Reading]) -> None:
        """How old a changed page was when it was had, where it says when it was made."""
        hours = [reading.as_of for reading in readings if reading.stamped]
        if hours:
            self._publish.observe(max(0.0, (capture.fetched_at - max(hours)).total_seconds()))

    def told(self, events: Sequence[Event], seconds: float | None) -> None:
        """News, and the seconds since its page arrived (None: it came of no page)."""
        for event in events:
            self._events.labels(event.race, event.kind.value, event.tier.value).inc()
        if events and seconds is not None:
            self._event.observe(seconds)

    def delivered(self, channel: str, outcome: str, event_at: datetime | None, now: datetime) -> None:
        """One call to a channel; ``event_at`` is the hour of the news where it arrived."""
        self._deliveries.labels(channel, outcome).inc()
        if event_at is not None:
            self._send.labels(channel).observe(max(0.0, (now - event_at).total_seconds()))

    def trouble(self, where: str) -> None:
        """A fault that was contained."""
        self._troubles.labels(where).inc()

    def lagged(self, seconds: float) -> None:
        """The loop woke so much later than it should have."""
        self._lag.observe(seconds)

    def _counter(self, name: str, what: str, labels: Sequence[str]) -> Counter:
        return Counter(f"tallywire_{name}", what, labels, registry=self.registry)

    def _histogram(self, name: str, what: str, labels: Sequence[str]) -> Histogram:
        return Histogram(f"tallywire_{name}", what, labels, registry=self.registry, buckets=_SECONDS)
