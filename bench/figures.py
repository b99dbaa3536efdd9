"""Percentiles, and figures as they stand in a table."""

from collections.abc import Sequence


def percentile(values: Sequence[float], wanted: float) -> float:
    """The value below which ``wanted`` per cent lie (nearest rank); NaN of nothing."""
    ordered = sorted(values)
    if not ordered:
        return float("nan")
    return ordered[min(round(wanted / 100 * (len(ordered) - 1)), len(ordered) - 1)]


def ms(seconds: float) -> str:
    """Seconds as milliseconds: "4.1 ms"."""
    value = seconds * 1000
    return f"{value:.2f} ms" if value < 10 else f"{value:,.0f} ms"


def times(value: float, of: float) -> str:
    """How many times one figure is another: "4.2 x"."""
    if not of:
        return "–"
    return f"{value / of:.1f} ×" if value >= 0.95 * of else f"{value / of:.2f} ×"
