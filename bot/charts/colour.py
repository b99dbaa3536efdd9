"""Colours that can be told apart and read, whatever a race file says. Pure arithmetic."""

import math
import re
from collections.abc import Sequence

from tally.race import Race

Colour = tuple[float, float, float]

# Okabe and Ito's, which the colour-blind can tell apart; for those who have none of their own.
_PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#8a8a8a", "#b59f00")
_HEX = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
_STEP = 0.06
_ALIKE = 0.17  # in the distance below
# How the commonest colour blindness (deuteranopia) mixes red, green and blue (Viénot, Brettel, Mollon 1999).
_DEUTERANOPIA = ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0))


def colours(race: Race, order: Sequence[str], background: str, *, contrast: float = 3.0) -> dict[str, Colour]:
    """A colour for each candidate in ``order``: the party's own where it can be seen and told apart."""
    ground, found = rgb(background), dict[str, Colour]()
    spare = [rgb(colour) for colour in _PALETTE]
    for number, name in enumerate(order):
        candidate = race.candidate(name)
        own = (
            candidate.colour if candidate and candidate.colour and _HEX.fullmatch(candidate.colour) else None
        )
        wanted = rgb(own) if own else spare[number % len(spare)]
        choices = [wanted, *spare] if number < len(spare) else [wanted]
        seen = [readable(choice, ground, contrast) for choice in choices]
        told = next((c for c in seen if all(not alike(c, other) for other in found.values())), seen[0])
        found[name] = told
    return found


def readable(colour: Colour, ground: Colour, contrast: float) -> Colour:
    """The colour, made darker or lighter until it stands out from the ground."""
    goal = 0.0 if luminance(ground) > 0.4 else 1.0
    while contrast_of(colour, ground) < contrast and any(abs(part - goal) > 0.01 for part in colour):
        red, green, blue = (part + (goal - part) * _STEP for part in colour)
        colour = (red, green, blue)
    return colour


def alike(one: Colour, other: Colour) -> bool:
    """Whether two colours look nearly the same, to everybody or to the colour-blind."""
    return min(_distance(one, other), _distance(_dimmed(one), _dimmed(other))) < _ALIKE


def contrast_of(one: Colour, other: Colour) -> float:
    """The contrast of two colours by WCAG 2: from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    """Relative luminance by WCAG 2."""
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rgb(text: str) -> Colour:
    """Red, green and blue between 0 and 1 of a colour like "#d7263d"."""
    found = _HEX.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no colour like #d7263d")
    red, green, blue = (int(part, 16) / 255 for part in found.groups())
    return (red, green, blue)


def _dimmed(colour: Colour) -> Colour:
    red, green, blue = (sum(m * c for m, c in zip(row, colour, strict=True)) for row in _DEUTERANOPIA)
    return (red, green, blue)


def _distance(one: Colour, other: Colour) -> float:
    return math.dist(one, other)
