"""A race of two sources, a store, and clocks set by hand."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from monitoring.monitor import Monitor
from storage import Store
from tally.capture import Outcome
from tally.race import Candidate, Race, Rank, Source

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
RACE = Race(
    id="harbour",
    title="Harbour Town, mayor",
    date=date(2031, 5, 4),
    timezone=ZoneInfo("UTC"),
    polls_close=NOON - timedelta(hours=1),
    candidates=(Candidate("ash", "Ines Ash"), Candidate("birch", "Tom Birch")),
    sources=(
        Source("board", "https://board.example/harbour", "json", "board", Rank.OFFICIAL, cadence=30.0),
        Source("gazette", "https://gazette.example/live", "liveblog", "gazette", cadence=60.0),
    ),
)


class Seconds:
    """A monotonic clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now

    def on(self, *, minutes: float) -> None:
        self.now += 60 * minutes


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "night.db", clock=lambda: NOON) as made:
        operator = made.add_chat("telegram", "1", operator=True)
        made.follow(operator.id, "*")
        yield made


@pytest.fixture
def monitor(store: Store, seconds: Seconds) -> Monitor:
    made = Monitor(store, lambda: [RACE], clock=lambda: NOON, monotonic=seconds)
    made.started = True
    return made


def poll(store: Store, monitor: Monitor, outcome: Outcome = Outcome.READ, source: str = "board") -> Outcome:
    """One poll, as the service takes it in and hands it on."""
    intake = store.take_in(RACE, source, None, outcome, [], [], NOON)
    monitor.polled(RACE, source, intake.outcome, 0.1, (None, [], 0))
    return intake.outcome
