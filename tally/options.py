"""Options of the rules: a default and its meaning beside the rule, the operator's value in the race."""

from collections.abc import Mapping

from tally.race import Race

# Each option by name: its default, and what it means.
Options = Mapping[str, tuple[float | tuple[float, ...], str]]


def number(race: Race, rule: str, options: Options, name: str) -> float:
    """An option that is a number, as the race's file says it, else the default."""
    value = _value(race, rule, options, name)
    return float(value) if isinstance(value, (int, float)) else 0.0


def numbers(race: Race, rule: str, options: Options, name: str) -> tuple[float, ...]:
    """An option that is a list of numbers."""
    value = _value(race, rule, options, name)
    if isinstance(value, (list, tuple)):
        return tuple(float(item) for item in value)
    return ()


def _value(race: Race, rule: str, options: Options, name: str) -> object:
    chosen = race.rules.get(rule)
    if chosen is not None and name in chosen:
        return chosen[name]
    return options[name][0]
