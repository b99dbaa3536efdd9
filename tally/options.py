"""Options of the rules: a default and its meaning beside the rule, the operator's value in the race."""

from collections.abc import Mapping

from tally.race import Race

# Each option by name: its default, and what it means.
Options = Mapping[str, tuple[float | tuple[float, ...], str]]


def number(race: Race, rule: str, options: Options, name: str) -> float:
    """An option that is a number, as the race's file says it, else the default."""
    value = _chosen(race, rule, name) if race.rules else None
    if isinstance(value, (int, float)):
        return value
    default = options[name][0]
    return 0.0 if isinstance(default, tuple) else default


def numbers(race: Race, rule: str, options: Options, name: str) -> tuple[float, ...]:
    """An option that is a list of numbers."""
    value = _chosen(race, rule, name) if race.rules else None
    if isinstance(value, (list, tuple)):
        return tuple(float(item) for item in value)
    default = options[name][0]
    return default if isinstance(default, tuple) else (default,)


def _chosen(race: Race, rule: str, name: str) -> object:
    chosen = race.rules.get(rule)
    return None if chosen is None else chosen.get(name)
