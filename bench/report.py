"""The table: each figure beside what it is compared with, and its target."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.figures import ms, times

HEADER = "| what | Tallywire | beside | ratio | target | |\n|---|---|---|---|---|---|"


@dataclass(frozen=True)
class Row:
    """One line. ``met`` is None where there is no target."""

    what: str
    ours: str
    beside: str = ""
    ratio: str = ""
    target: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        mark = {True: "✓", False: "✗", None: ""}[self.met]
        return f"| {self.what} | {self.ours} | {self.beside} | {self.ratio} | {self.target} | {mark} |"


def compared(what: str, ours: float, name: str, other: float, most: float, basis: str) -> Row:
    """Seconds of ours beside seconds of another in the same run; the target is a ratio.

    ``basis`` says which milliseconds the ratio stands for.
    """
    target = f"≤ {most:.1f} × ({basis})"
    return Row(what, ms(ours), f"{name} {ms(other)}", times(ours, other), target, ours <= most * other)


def bounded(what: str, ours: float, most: float, beside: str = "", ratio: str = "") -> Row:
    """Seconds of ours against a bound in seconds."""
    return Row(what, ms(ours), beside, ratio, f"≤ {most * 1000:g} ms", ours <= most)


def table(rows: Sequence[Row]) -> str:
    """The whole table in Markdown."""
    return "\n".join([HEADER, *map(str, rows)])
