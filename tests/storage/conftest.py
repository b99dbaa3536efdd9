from collections.abc import Iterator
from pathlib import Path

import pytest
from night_facts import Hand

from storage import Store


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def store(tmp_path: Path, clock: Hand) -> Iterator[Store]:
    with Store(tmp_path / "night.db", clock=clock) as made:
        yield made
