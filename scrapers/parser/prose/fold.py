"""One plain form of letters, so that İMAMOĞLU, Imamoglu and İmamoğlu are one name.

Folding keeps the length: a place in the folded text is the same place in the text, and every
quote can be cut from what was really written.
"""

import re
import unicodedata
from functools import lru_cache

_SPECIAL = {
    "ı": "i", "İ": "i", "ß": "s", "æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "t",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "‹": '"', "›": '"',
    "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-", "‒": "-", "―": "-",
    "％": "%", "٪": "%", "⁄": "/",
}  # fmt: skip
# Capital letters of the Latin alphabets, for the inside of a character class.
UPPER = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x250)) if c.isupper())
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_IS = re.compile(r"(?<!\w)[èé](?!\w)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]")
# The engine marks names and numbers with private characters: none may come in from outside.
_PRIVATE = re.compile("[\ue000-\uf8ff\ud800-\udfff]")


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    if char.isspace():
        return " "
    plain = unicodedata.normalize("NFKD", char)[0]
    plain = _SPECIAL.get(plain, plain).lower()
    return plain if len(plain) == 1 else char


def fold(text: str) -> str:
    """``text`` in lower case without diacritics and with plain quotes and dashes; same length."""
    lowered = text.replace("İ", "i").lower()
    if "è" in lowered or "é" in lowered:
        lowered = _IS.sub("ɛ", lowered)  # "is" in Italian and Portuguese, which would fold to their "and"
    if len(lowered) != len(text):  # a letter whose small form is two characters
        lowered = "".join(_fold_char(c) if len(c.lower()) != 1 else c.lower() for c in text)
    return _NOT_ASCII.sub(lambda m: _fold_char(m[0]), lowered)


def clean(text: str) -> str:
    """``text`` composed (NFC), without invisible characters, runs of space as one."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _PRIVATE.sub(" ", _INVISIBLE.sub("", text)))
    return " ".join(text.split())
