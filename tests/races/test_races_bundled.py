"""Every race that the project brings along is sound."""

from pathlib import Path

import pytest
from race_files import real_kinds, real_rules

from races import load_races

FOLDER = Path(__file__).parents[2] / "races"
BUNDLED = sorted(FOLDER.glob("*.toml"))


@pytest.mark.skipif(not BUNDLED, reason="no race is bundled")
def test_the_bundled_races_load_together() -> None:
    races = load_races(FOLDER, real_kinds(), real_rules())
    assert len(races.races) == len(BUNDLED)
    assert [warning for warning in races.warnings if "private address" not in str(warning)] == []


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_a_bundled_race_is_called_as_its_file_and_can_be_watched(path: Path) -> None:
    race = load_races(FOLDER)[path.stem]
    assert race.sources
    assert race.polls_close is not None
    assert race.watch_until is not None
    assert race.watch_until > race.polls_close
