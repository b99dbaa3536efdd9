"""Nights: bundled and recorded results nights, the newsroom that serves one, the replayer.

A folder beside this file with a night.toml, or a WARC recording, is a bundled night, found without a list.
"""

from pathlib import Path

from nights.entries import is_recording
from nights.newsroom import Newsroom, Served
from nights.night import Answer, Change, Night, Step
from nights.press.folder import is_night, load_folder
from nights.staging import load_recording
from nights.stopwatch import Stopwatch
from nights.warc import is_warc, load_warc
from tally.errors import SeriesError

__all__ = ["Answer", "Change", "Newsroom", "Night", "Served", "Step", "Stopwatch", "all_nights", "load_night"]

_HERE = Path(__file__).parent


def all_nights() -> tuple[str, ...]:
    """The names of the bundled nights."""
    return tuple(sorted(place.name for place in _HERE.iterdir() if is_night(place) or is_warc(place)))


def load_night(name: str) -> Night:
    """The bundled night of that name, or the one at the path ``name``: a folder like a bundled one, or a
    recording (a WARC file, or a folder of them). Raises SeriesError.
    """
    for place in (_HERE / name, Path(name)):
        if is_night(place):
            return load_folder(place)
        if is_warc(place):
            return load_recording(place) if is_recording(place) else load_warc(place)
    raise SeriesError(f"no night is called {name!r}; there are: {', '.join(all_nights())}")
