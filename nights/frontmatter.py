"""Files of a bundled night: TOML between two lines of +++, then the page's own markup."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tally.errors import SeriesError

_FENCE = "+++\n"


def read_toml(path: Path) -> Mapping[str, Any]:
    """The file's table. Raises SeriesError where it can't be read, naming the file."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SeriesError(f"{path}: {error}") from error


def read_page(path: Path) -> tuple[Mapping[str, Any], str]:
    """``(fields, markup)`` of one file; a file without fields is markup alone."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SeriesError(f"{path}: {error}") from error
    if not text.startswith(_FENCE):
        return {}, text
    head, fence, body = text.removeprefix(_FENCE).partition(_FENCE)
    if not fence:
        raise SeriesError(f"{path}: its fields have no end; put a line of +++ after them")
    try:
        return tomllib.loads(head), body
    except tomllib.TOMLDecodeError as error:
        raise SeriesError(f"{path}: {error}") from error
