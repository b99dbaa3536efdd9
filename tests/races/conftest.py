"""What the loader makes of race files, and what it says of them."""

from pathlib import Path

import pytest
from race_files import GOOD, KINDS, LANGUAGES, RULES, Load, Told

from races import Races, RacesError, load_races


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load races from texts given by file name, with the names known to these tests."""

    def _load(text: str | bytes = GOOD, **more: str) -> Races:
        files = {"fairview-2031.toml": text} | {f"{name}.toml": other for name, other in more.items()}
        for name, content in files.items():
            raw = content.encode() if isinstance(content, str) else content
            (tmp_path / name).write_bytes(raw)
        return load_races(tmp_path, KINDS, RULES, LANGUAGES)

    return _load


@pytest.fixture
def told(load: Load) -> Told:
    """What the loader complains of: pairs of line and message, without the file."""

    def _told(text: str | bytes = GOOD, **more: str) -> list[tuple[int | None, str]]:
        try:
            load(text, **more)
        except RacesError as error:
            return [(p.line, str(p).partition(": ")[2]) for p in error.problems]
        return []

    return _told
