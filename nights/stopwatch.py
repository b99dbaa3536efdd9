"""How long a reader waited for an alert: since the page changed, and since it was fetched."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from nights.newsroom import Served
from tally.event import Event, EventKind


@dataclass(frozen=True, slots=True)
class Wait:
    """One alert's way in seconds: ``change`` since the page changed (with the wait for the next poll),
    ``fetch`` since it was given to the watcher.
    """

    key: str
    change: float
    fetch: float


@dataclass(slots=True)
class Stopwatch:
    """Put together what the newsroom served and what was sent. ``now`` is a monotonic clock in seconds."""

    now: Callable[[], float]
    sent_at: dict[str, float] = field(default_factory=dict)
    _pages: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def heard(self, events: Iterable[Event]) -> None:
        """Events were stored."""
        for event in events:
            if event.kind is EventKind.STALE:
                continue  # it follows silence, not a page
            self._pages[event.key] = tuple(proof.url for proof in event.proofs if proof.url)

    def sent(self, event: Event) -> None:
        """An alert arrived; the first one of each event counts."""
        self.sent_at.setdefault(event.key, self.now())

    def waits(self, served: Sequence[Served], base_url: str) -> list[Wait]:
        """The waits of all alerts that follow a changed page (a feed that went silent follows none)."""
        found = []
        for key, sent_at in self.sent_at.items():
            urls = {url.removeprefix(base_url).lstrip("/") for url in self._pages.get(key, ())}
            before = [s for s in served if s.url in urls and s.first_served_at <= sent_at]
            if before:
                last = max(before, key=lambda s: s.first_served_at)
                found.append(Wait(key, sent_at - last.changed_at, sent_at - last.first_served_at))
        return found


def percentile(values: Iterable[float], part: float) -> float | None:
    """The nearest-rank percentile (``part`` 0–100); None of nothing."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part / 100), len(ordered) - 1)] if ordered else None
