"""Names compared as a reader would: case, accents and blanks aside."""

import re
import unicodedata

# Letters that no decomposition takes apart.
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})


def folded(name: str) -> str:
    """A name without case, accents and extra blanks: "İMAMOĞLU" and "imamoglu" are one."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.translate(_PLAIN).split())


def slug_of(name: str) -> str:
    """What an id made of a name would look like; empty where the name has no Latin letter or digit."""
    return re.sub(r"[^a-z0-9_]+", "-", folded(name)).strip("-")
