"""What the text around a table tells of it: how much is counted, since when, as what."""

import re
from collections.abc import Iterable, Iterator

from scrapers.parser.contests.columns import text_pattern
from scrapers.parser.contests.figures import BETWEEN, basis_in, counted_of
from scrapers.parser.contests.names import folded
from tally.reading import Counted

# A sentence, a cell or a line is one statement; a number belongs to the words of its own.
_APART = re.compile(r"\s*(?:[|·•;\n]|(?<=[^\d\W])\.\s|(?<=\d)\.\s+(?=\D)|(?<=[%)])\.\s)\s*")
_PERCENT = re.compile(
    r"[<>~≥≤]?\s*\d{1,3}(?:[.,]\d+)?\s*(?:%|per ?cent\b|prozent\b|por ciento\b|pour cent\b)"
    r"|(?:%|yüzde)\s*\d{1,3}(?:[.,]\d+)?",
    re.IGNORECASE,
)
_NUMBER = r"\d[\d.,’\u00a0\u202f]*"
_OF = re.compile(f"{_NUMBER}{BETWEEN}{_NUMBER}", re.IGNORECASE)
_HAS_TIME = re.compile(r"\d{1,2}[:.h]\d{2}|\d{4}-\d\d-\d\d")
_HAS_COUNT = re.compile(f"{_PERCENT.pattern}|{_OF.pattern}", re.IGNORECASE)
DIGIT = re.compile(r"\d")


def counted_in(texts: Iterable[str]) -> Counted | None:
    """The counted share that the nearest of some texts tells; turnout and thresholds are none."""
    for statement in _statements(texts, _HAS_COUNT):
        words = folded(statement)
        if not text_pattern("counted").search(words) or text_pattern("turnout").search(words):
            continue
        written = [m[0] for m in _PERCENT.finditer(statement)] or [m[0] for m in _OF.finditer(statement)]
        if len(set(written)) != 1:
            continue
        counted = counted_of(_signed(written[0]), basis=basis_in(statement))
        if counted and 0 <= counted.pct <= 100:
            return counted
    return None


def stamp_in(texts: Iterable[str]) -> str | None:
    """The text with the hour of the last update, as written."""
    for statement in _statements(texts, _HAS_TIME):
        if len(statement) < 160 and text_pattern("updated").search(folded(statement)):
            return _after(statement)
    return None


def _after(statement: str) -> str:
    """What follows a "Last updated:", since such lines also say by whom."""
    tail = re.split(r":\s+|\bat\b|\bof\b", statement, maxsplit=1)
    return (
        tail[1].strip()
        if len(tail) == 2 and _HAS_TIME.search(tail[1]) and re.search(r"\d", tail[1])
        else statement
    )


def _statements(texts: Iterable[str], telling: re.Pattern[str]) -> Iterator[str]:
    """The statements that hold what is looked for; a page has thousands of texts, and most say nothing."""
    for text in texts:
        if telling.search(text, 0, 4000):
            yield from (part for part in _APART.split(text[:4000]) if telling.search(part))


def _signed(written: str) -> str:
    """A percentage in words as one with a sign, which is how numbers are read further on."""
    number = re.search(r"[<>~≥≤]?\s*\d{1,3}(?:[.,]\d+)?", written)
    of = _OF.fullmatch(written.strip())
    return written if of or number is None else f"{number[0]}%"
