from collections.abc import Iterator
from pathlib import Path

import pytest
from night_facts import Hand, flips

from storage import Store


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def store(tmp_path: Path, clock: Hand) -> Iterator[Store]:
    with Store(tmp_path / "night.db", clock=clock) as made:
        yield made


@pytest.fixture
def flipping(monkeypatch: pytest.MonkeyPatch) -> None:
    """A decision small enough to foresee, so that these tests are about the store and not about the rules."""
    monkeypatch.setattr("storage.intake.decide", flips)
