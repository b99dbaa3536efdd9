import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# The facts of a night are shared with the store's tests.
sys.path.insert(0, str(Path(__file__).parents[1] / "storage"))

from storage import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "night.db") as made:
        yield made
