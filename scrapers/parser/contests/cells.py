"""One cell of a table: votes, a share, both, or neither."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from scrapers.parser.contests.contest import Figure
from scrapers.parser.contests.figures import share_of, votes_of

_BOTH = re.compile(
    r"([\d.,\s\u00a0\u202f’']+?)\s*(?:votes|oy|votos|voix|stimmen|voti)?"
    r"(?:\s+|\s*[(/|·–-]\s*)([%<>]?\s*\d+(?:[.,]\d+)?\s*%?)\s*\)?",
    re.IGNORECASE,
)
# The same turned round: "51.8% (12,480)". A share without its sign has decimals: "12,480 (51.8)".
_TURNED = re.compile(r"(%?\s*\d+(?:[.,]\d+)?\s*%?)\s*[(/|·–-]\s*([\d.,\s\u00a0\u202f’']+?)\s*\)?")
_BARE = re.compile(r"([\d.,\s\u00a0\u202f’']+?)\s*\((\d{1,2}[.,]\d{1,2}|100[.,]0{1,2})\)")
_EMPTY = frozenset(("", "-", "–", "—", "n/a", "na", "null", "none", "…", "..."))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text with the numbers in it."""

    text: str
    votes: int | None = None
    share: Figure | None = None

    def as_share(self) -> Figure | None:
        """The cell as a percentage, also where it has no sign for it."""
        return self.share or share_of(self.text)

    @property
    def is_number_or_empty(self) -> bool:
        """Whether it is a number, or where one could still come."""
        return self.text.lower() in _EMPTY or self.votes is not None or share_of(self.text) is not None


@lru_cache(maxsize=4096)
def cell_of(text: str) -> Cell:
    """The numbers of a cell: "4.157.114", "48,77 %", "4.157.114 (48,77 %)"."""
    text = text.strip()
    if text.lower() in _EMPTY:
        return Cell(text)
    # No cell of numbers is as long as a sentence, and a pattern over one would take its time.
    both = _pair(text) if len(text) <= 60 else None
    if both and (votes := votes_of(both[0])) is not None:
        return Cell(text, votes, share_of(both[1]))
    if "%" in text or "٪" in text:
        return Cell(text, None, share_of(text))
    return Cell(text, votes_of(text))


def _pair(text: str) -> tuple[str, str] | None:
    """Votes and share as written in one cell, whichever stands first."""
    if "%" not in text:
        bare = _BARE.fullmatch(text)
        return (bare[1], bare[2]) if bare else None
    both = _BOTH.fullmatch(text)
    if both and "%" in both[2]:
        return both[1], both[2]
    turned = _TURNED.fullmatch(text)
    return (turned[2], turned[1]) if turned and "%" in turned[1] else None


def is_both(cells: Sequence[str]) -> bool:
    """Whether cells hold votes and share together."""
    filled = [cell_of(cell) for cell in cells if cell.strip().lower() not in _EMPTY]
    return bool(filled) and all(cell.votes is not None and cell.share is not None for cell in filled)


def is_shares(cells: Sequence[str]) -> bool:
    """Whether cells are percentages: by their sign, or as fractions that stay within a hundred."""
    filled = [cell for cell in cells if cell.strip().lower() not in _EMPTY]
    if not filled:
        return False
    if all("%" in cell for cell in filled):
        return all(cell_of(cell).votes is None for cell in filled)
    figures = [share_of(cell) for cell in filled]
    inside = all(figure is not None and 0 <= figure.value <= 100 for figure in figures)
    return inside and any(votes_of(cell) is None for cell in filled)


def is_votes(cells: Sequence[str]) -> bool:
    """Whether cells are whole numbers, one of them beyond a hundred."""
    filled = [votes_of(cell) for cell in cells if cell.strip().lower() not in _EMPTY]
    return bool(filled) and all(votes is not None for votes in filled) and max(v or 0 for v in filled) > 100
