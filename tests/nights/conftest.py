"""The bundled night and its races, loaded once."""

from pathlib import Path

import pytest

from nights import Night, load_night
from races import load_races
from tally.race import Race

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def istanbul() -> Night:
    return load_night("istanbul2019")


@pytest.fixture(scope="session")
def istanbul_races() -> tuple[Race, ...]:
    found = load_races(ROOT / "races")
    return tuple(race for race in found.races if race.id.startswith("istanbul-2019"))
