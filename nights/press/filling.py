"""Filling the places of a template, and the long lists that make real pages heavy."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from string import Template

from tally.errors import SeriesError

_PLAIN = str.maketrans("ıİşŞğĞçÇöÖüÜ", "iIsSgGcCoOuU")


def fill(markup: str, places: Mapping[str, str]) -> str:
    """The markup with its $places filled. Raises SeriesError for a place nobody fills."""
    try:
        return Template(markup).substitute(places)
    except KeyError as error:
        raise SeriesError(f"nothing fills the place ${error.args[0]}") from error
    except ValueError as error:
        raise SeriesError(f"a lone $ in the markup ({error}); write $$") from error


def repeated(markup: str, words: Iterable[str]) -> str:
    """One piece of markup for each word; its places are $word, $slug and $number (from 1)."""
    pieces = (
        fill(markup, {"word": word, "slug": slug(word), "number": str(number)})
        for number, word in enumerate(words, 1)
    )
    return "\n".join(pieces)


def slug(word: str) -> str:
    """The word as it stands in an address: "Gaziosmanpaşa" → "gaziosmanpasa"."""
    plain = unicodedata.normalize("NFKD", word.translate(_PLAIN)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60]
