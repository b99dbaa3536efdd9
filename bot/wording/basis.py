"""Of what a count gives its per cent: people are told "of polling stations", whatever the page calls them."""

from enum import Enum

from tally.reading import Counted


class Basis(Enum):
    """What the hundred per cent are."""

    EXPECTED = "the expected vote"
    BOXES = "ballot boxes"
    STATIONS = "polling stations"
    UNSAID = "whatever the page counts"


_STATIONS = ("precinct", "station", "tables", "acta", "section", "distric", "unit")


def basis_of(counted: Counted) -> Basis:
    """The basis by the words that pages use for it."""
    words = (counted.basis or "").casefold()
    if "expect" in words:
        return Basis.EXPECTED
    if "box" in words:
        return Basis.BOXES
    return Basis.STATIONS if any(word in words for word in _STATIONS) else Basis.UNSAID
