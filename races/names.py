"""Names compared as a reader would: case, accents and blanks aside."""

import re
import unicodedata

# Marks that spellings of one name drop or add: Latin, Greek and Cyrillic accents, Arabic vowel signs.
# Those of other scripts are letters: Japanese が without its mark is another syllable.
_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670]")
# Overrides of the writing direction: they make one name look like another.
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
# Letters that no decomposition takes apart.
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})


def is_control(character: str) -> bool:
    """Whether a character shows nothing and joins nothing, unlike the joiners that Persian or
    Malayalam names are written with.
    """
    category = unicodedata.category(character)
    return category in ("Cc", "Cs", "Zl", "Zp") or character in _DIRECTIONS


def folded(name: str) -> str:
    """A name without case, accents and extra blanks: "İMAMOĞLU" and "imamoglu" are one."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    bare = unicodedata.normalize(
        "NFC", _MARKS.sub("", "".join(c for c in decomposed if unicodedata.category(c) != "Cf"))
    )
    return " ".join(bare.translate(_PLAIN).split())


def slug_of(name: str) -> str:
    """What an id made of a name would look like; empty where the name has no Latin letter or digit."""
    return re.sub(r"[^a-z0-9_]+", "-", folded(name)).strip("-")
