"""Passages → sentences, aware of abbreviations, initials and decimal points."""

import re
from collections.abc import Iterator

from scrapers.parser.prose.fold import UPPER, fold
from scrapers.parser.prose.packs import Pack

_END = re.compile(
    rf"""[.!?…](?:[.!?…]{{0,5}}["'”’»)\]]{{0,3}}\s+|["”»](?=[{UPPER}])|(?=[{UPPER}][a-zà-ÿ]{{2}}))|[•|·]\s"""
)
_FIRST_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"([\w.'’-]+)$")
_TWO_INITIALS = re.compile(rf"[{UPPER}]\.[{UPPER}]")
_LONGEST = 700  # beyond it a "sentence" is a list or a table that lost its tags


def split(text: str, pack: Pack) -> Iterator[str]:
    """The sentences of ``text``, each stripped, in order; none is longer than 1,200 characters."""
    start = 0
    for match in _END.finditer(text):
        if _goes_on(text, start, match, pack):
            continue
        yield from _cut(text[start : match.end()])
        start = match.end()
    yield from _cut(text[start:])


def _goes_on(text: str, start: int, match: re.Match[str], pack: Pack) -> bool:
    """Whether the full stop found ends no sentence: "Mr. Doe", "J. Doe", "No. 5", "23. Juni"."""
    mark = text[match.start()]
    if match.end() == match.start() + 1 and not text[max(0, match.start() - 2) : match.start()].isalpha():
        return True  # "U.S.Senate": glued, and no word before it
    after = text[match.end() : match.end() + 1]
    if mark in "!?…":
        return (mark != "?" and after.islower()) or after in ("»", "”", ",", ";")
    if mark != ".":
        return False
    word = _LAST_WORD.search(text, max(start, match.start() - 24), match.start())
    if word is None:
        return False
    following = _FIRST_WORD.match(text, match.end())
    return _is_abbreviation(word[1], after, following[0] if following else "", pack)


def _is_abbreviation(word: str, after: str, following: str, pack: Pack) -> bool:
    lowered = word.lower().rstrip(".")
    if after.islower():
        return True
    if len(word) == 1 and word.isalpha() and word.isupper():
        return True
    if _TWO_INITIALS.fullmatch(word) and fold(following) not in pack.common:
        return True  # "called T.J. Cox"
    if word.isdigit() and len(word) <= 2 and pack.flag("ordinal_point"):
        return fold(following) not in pack.common  # "Zimmermann 48. Der Unterschied": no ordinal of anything
    return lowered in pack.abbreviations


def _cut(sentence: str) -> Iterator[str]:
    sentence = sentence.strip()
    while len(sentence) > _LONGEST:
        at = max(sentence.rfind(" ", 0, _LONGEST), 0) or _LONGEST
        yield sentence[:at].strip()
        sentence = sentence[at:].strip()
    if sentence:
        yield sentence
