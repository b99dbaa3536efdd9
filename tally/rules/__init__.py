"""The alert rules, one file each, found without a list.

A rule is a module in this folder with

- ``NAME``: its name, under which the race's file may set its options;
- ``KINDS``: the kinds of event that it makes;
- ``LEVELS``: what they are worth, and when (a confirmation of an earlier event is routine always);
- ``WAKES``: what must have moved for it to look (see :class:`tally.sight.Wake`);
- ``WHY`` and ``CASE``: its reason, and the night that taught it;
- ``OPTIONS``: its options, each with a default and its meaning;
- ``look(sight) -> Iterable[Event]``: the news it sees between two standings.

A rule never changes what is believed; what it has to remember it keeps in the
standing's notes, under its own name.
"""

import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from tally.event import Event, EventKind, Level
from tally.options import Options
from tally.sight import Sight, Wake


class Rule(Protocol):
    """What every module in this folder offers."""

    NAME: str
    KINDS: frozenset[EventKind]
    LEVELS: Mapping[Level, str]
    WAKES: frozenset[Wake]
    WHY: str
    CASE: str
    OPTIONS: Options

    def look(self, sight: Sight) -> Iterable[Event]:
        """The news between ``sight.before`` and ``sight.after``."""
        ...


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of ``ORDER`` where a module sets one (default 50), then by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found = [import_module(f"{__name__}.{name}") for name in names]
    found.sort(key=lambda module: getattr(module, "ORDER", 50))
    return tuple(cast(Rule, module) for module in found)


@cache
def woken_by(causes: frozenset[Wake]) -> tuple[Rule, ...]:
    """The rules that have to look when these things moved."""
    return tuple(rule for rule in all_rules() if rule.WAKES & causes)
