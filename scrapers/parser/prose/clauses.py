"""Where a sentence divides: commas, and the words that begin a clause."""

import re
from dataclasses import dataclass
from functools import lru_cache

from scrapers.parser.prose.packs import Pack
from scrapers.parser.prose.skeleton import Sentence


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence; ``opener`` is the comma or word that begins it."""

    start: int
    end: int
    opener: str


def clauses(sentence: Sentence, pack: Pack) -> list[Clause]:
    """The clauses of a sentence, in order, covering it."""
    found, start, opener = [], 0, ""
    for match in _breaks(pack).finditer(sentence.skeleton):
        if match.start() >= start:
            found.append(Clause(start, match.start(), opener))
            start, opener = match.end(), match[0]
    return [*found, Clause(start, len(sentence.skeleton), opener)]


@lru_cache(maxsize=64)
def _breaks(pack: Pack) -> re.Pattern[str]:
    words = pack.marked(pack.source(pack.words("clause_break") or ["(?!)"]))
    return re.compile(rf"[,;:](?=[\s\"])|\s[-|]\s|[()]|…|(?<!\w)(?:{words})(?!\w)")


def clause_at(parts: list[Clause], at: int) -> int:
    """The index of the clause in which a place lies."""
    return next((i for i, c in enumerate(parts) if at < c.end), len(parts) - 1)
