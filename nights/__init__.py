"""Nights: bundled and recorded results nights, the newsroom that serves one, the replayer.

A folder beside this file with a night.toml is a bundled night, found without a list.
"""

from pathlib import Path

from nights.night import Answer, Change, Night, Step
from nights.press.folder import is_night, load_folder
from tally.errors import SeriesError

__all__ = ["Answer", "Change", "Night", "Step", "all_nights", "load_night"]

_HERE = Path(__file__).parent


def all_nights() -> tuple[str, ...]:
    """The names of the bundled nights."""
    return tuple(sorted(folder.name for folder in _HERE.iterdir() if is_night(folder)))


def load_night(name: str) -> Night:
    """The bundled night of that name, or the one in the folder ``name``. Raises SeriesError."""
    for folder in (_HERE / name, Path(name)):
        if is_night(folder):
            return load_folder(folder)
    raise SeriesError(f"no night is called {name!r}; there are: {', '.join(all_nights())}")
