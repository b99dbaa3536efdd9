"""sqlite-utils, loaded without numpy.

It loads numpy where that is installed (it is, for the charts), to know numpy's
types, which never come here: 20 MB and a tenth of a second for every command.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _without(name: str) -> Iterator[None]:
    """As if a module were not installed, unless somebody has loaded it already."""
    absent = name not in sys.modules
    if absent:
        sys.modules[name] = None  # type: ignore[assignment]  # what makes an import fail
    try:
        yield
    finally:
        if absent:
            del sys.modules[name]


with _without("numpy"):
    from sqlite_utils import Database, Migrations

__all__ = ["Database", "Migrations"]
