"""Page kinds: one module a kind, found without a list.

A kind's module has ``NAME``, ``FETCHED_BY`` (the spider's name: "article",
"liveblog", "results_page", "results_feed" or "feed"), ``OPTIONS`` (what may
stand in a source's ``options``), ``check_options(options, race)``,
``sniff(capture)`` (0–1) and ``read(capture, race, source, published)``. A kind
of structured data also has ``contests(capture, options)``, which takes out
every contest as it stands, before anything is mapped to a race.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import ModuleType

from scrapers.parser.contests.contest import Contest
from scrapers.parser.options import Option
from scrapers.parser.page import Page, Unreadable
from tally.capture import Capture
from tally.errors import ConfigError
from tally.race import Race, Source


@dataclass(frozen=True, slots=True)
class Kind:
    """One page kind, found. Its ``read`` never raises on what it is given."""

    module: ModuleType

    @property
    def name(self) -> str:
        """The word that race files use."""
        return str(self.module.NAME)

    @property
    def fetched_by(self) -> str:
        """The name of the spider that gets such pages."""
        return str(self.module.FETCHED_BY)

    @property
    def options(self) -> Mapping[str, Option]:
        """Option names with what they mean."""
        options: Mapping[str, Option] = self.module.OPTIONS
        return options

    def check_options(self, options: Mapping[str, object], race: Race) -> list[str]:
        """What is wrong with a source's options, in plain words; empty where nothing is."""
        errors: list[str] = self.module.check_options(options, race)
        return errors

    def sniff(self, capture: Capture) -> float:
        """How much a page looks like this kind, 0–1."""
        try:
            return float(self.module.sniff(capture))
        except Unreadable:
            return 0.0

    def read(self, capture: Capture, race: Race, source: Source, published: datetime | None = None) -> Page:
        """Read a page as this kind; what makes no sense becomes an outcome."""
        try:
            page: Page = self.module.read(capture, race, source, published)
        except Unreadable as broken:
            return Page(outcome=broken.outcome, reason=broken.reason)
        return page

    @property
    def has_contests(self) -> bool:
        """Whether it reads structured data."""
        return hasattr(self.module, "contests")

    def contests(self, capture: Capture, options: Mapping[str, object] | None = None) -> tuple[Contest, ...]:
        """Every contest on the page as it stands there (raises Unreadable)."""
        found: tuple[Contest, ...] = self.module.contests(capture, options or {})
        return found


@cache
def _found() -> dict[str, Kind]:
    modules = (importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))
    kinds = (Kind(module) for module in modules if hasattr(module, "NAME"))
    return {kind.name: kind for kind in sorted(kinds, key=lambda k: k.name)}


def all_kinds() -> tuple[Kind, ...]:
    """Every page kind there is, by name."""
    return tuple(_found().values())


def kind_named(name: str) -> Kind:
    """The kind of that name; raises ConfigError with the names there are."""
    kind = _found().get(name)
    if kind is None:
        raise ConfigError(f"there is no page kind {name!r}; there are: {', '.join(_found())}")
    return kind


def guess_kind(capture: Capture) -> Kind:
    """The kind a page looks most like; plain text where nothing else fits."""
    best = max(all_kinds(), key=lambda kind: kind.sniff(capture))
    return best if best.sniff(capture) > 0 else kind_named("text")
