"""What usually goes wrong, looked at one by one. One check a module, found without a list.

A module has

``ORDER``
    its place in the round: what others rest on comes first.
``ONLINE``
    whether it asks somebody else (Telegram, a source).
``look(patient) -> Iterable[Finding]``
    what it found; it never raises on anything an operator may have set up.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from types import ModuleType

from cli import options
from races import Races
from scrapers.spiders.polled import Polled
from settings import Settings
from storage import DATABASE
from tally.clock import Clock, system_clock
from tally.race import Race


class State(StrEnum):
    """How something is."""

    WELL = "well"
    ODD = "odd"  # it may be meant so
    ILL = "ill"  # the night will suffer from it


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence, and, unless all is well, what to do about it."""

    state: State
    says: str
    remedy: str = ""


@dataclass
class Patient:
    """What is looked at. ``fetched`` is filled by whoever asks the sources, for the checks after it."""

    folder: Path
    data: Path
    settings: Settings
    clock: Clock = system_clock
    fetched: list[Polled] = field(default_factory=list)
    # The system's hour and a server's, each time one answered.
    hours: list[tuple[datetime, datetime]] = field(default_factory=list)

    @property
    def database(self) -> Path:
        """The database's file."""
        return self.data / DATABASE

    @cached_property
    def races(self) -> Races:
        """The races. Raises ConfigError."""
        return options.load(self.folder, self.settings.environ)

    def watched(self) -> list[Race]:
        """The races that are not over. Raises ConfigError."""
        now = self.clock()
        return [race for race in self.races.races if race.watch_until is None or now < race.watch_until]


@cache
def found() -> tuple[ModuleType, ...]:
    """The checks of this folder, in their order."""
    names = (info.name for info in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(sorted(modules, key=lambda module: (module.ORDER, module.__name__)))


def examine(
    patient: Patient, wanted: Callable[[ModuleType], bool] = lambda _: True
) -> Iterator[tuple[str, Finding]]:
    """What every wanted check finds, by its name."""
    for module in found():
        if wanted(module):
            findings: Iterable[Finding] = module.look(patient)
            for finding in findings:
                yield module.__name__.rpartition(".")[2], finding
