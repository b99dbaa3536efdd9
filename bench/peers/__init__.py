"""What people use instead, measured on the same pages in the same run.

Each peer is a module here with ``NAME`` and ``PACKAGE`` (on PyPI), ``written(place, urls, sink)``,
which writes its configuration into a folder, and ``command(place, rounds)``, which gives its command
line and environment for so many rounds over all pages. It is found without a list.
``bench.peers.installed`` puts each into an environment of its own.
"""

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

_HELPERS = frozenset({"installed", "measured", "sink"})


class Peer(Protocol):
    """What a module here has. ``ROUNDS_IN_ONE`` says that one process makes as many rounds as it is told."""

    NAME: str
    PACKAGE: str
    ROUNDS_IN_ONE: bool

    def written(self, place: Path, urls: Sequence[str], sink: str) -> None:
        """Write the configuration that watches ``urls`` and tells ``sink`` (an http address) of changes."""
        ...

    def command(self, place: Path, rounds: int) -> tuple[Sequence[str], Mapping[str, str]]:
        """The program's name in its environment with its arguments, and what it finds in the environment."""
        ...


def peers() -> dict[str, Peer]:
    """Every peer by its name."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__) if info.name not in _HELPERS)
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return {module.NAME: module for module in modules}
