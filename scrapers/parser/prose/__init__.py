"""Running text → current counts and claims, each with the words that prove it."""

from collections.abc import Sequence
from datetime import datetime

from scrapers.parser.prose.model import Note, Passage, Prose
from tally.race import Race, Source

__all__ = ["Note", "Passage", "Prose", "passages_of", "read_prose"]


def read_prose(
    passages: Sequence[Passage], race: Race, source: Source, published: datetime, language: str | None = None
) -> Prose:
    """Read what ``passages`` tell about ``race``; ``published`` is the page's own hour, aware. Never raises."""
    return Prose()


def passages_of(text: str) -> list[Passage]:
    """Plain text → passages, split at blank lines."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    return [Passage(b, f"paragraph {n}") for n, b in enumerate((b for b in blocks if b), 1)]
