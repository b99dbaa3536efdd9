"""Running text → current counts and claims, each with the words that prove it."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from scrapers.parser.prose.detect import language_of
from scrapers.parser.prose.engine import Engine
from scrapers.parser.prose.model import Note, Passage, Prose
from scrapers.parser.prose.packs import packs
from tally.race import Race, Source

_BLANK = re.compile(r"\n\s*\n")

__all__ = ["Note", "Passage", "Prose", "passages_of", "read_prose", "warm"]


def read_prose(
    passages: Sequence[Passage],
    race: Race,
    source: Source,
    published: datetime,
    language: str | None = None,
    folders: tuple[Path, ...] = (),
) -> Prose:
    """Read what ``passages`` tell about ``race``. Never raises.

    ``published`` is the page's own hour, aware; months and "today" are read against it.
    ``language`` is a code as in the packs or None (then it is told by the text's own words);
    ``folders`` hold further language packs. A text in a language without a pack gives a note and
    nothing else.
    """
    known = packs(*folders)
    text = " ".join(p.text for p in passages[:40])
    code = (language or "").split("-")[0].lower()
    if code not in known and not language:
        code = language_of(text, known) or ""
    if code not in known:
        return Prose(notes=(Note("", "", f"no language pack for {language or 'this text'}"),) if text else ())
    aware = published if published.tzinfo else published.replace(tzinfo=UTC)
    return Engine(race, source, aware, known[code]).read(passages)


def warm(languages: Iterable[str] | None = None) -> None:
    """Make the packs of these languages (default: all) ready, so that no page waits for it."""
    known = packs()
    for code in known if languages is None else languages:
        if code in known:
            known[code].warm()


def passages_of(text: str) -> list[Passage]:
    """Plain text → passages: split at blank lines, and at line ends where lines are paragraphs."""
    blocks = (part.strip() for block in _BLANK.split(text) for part in _lines(block))
    return [Passage(b, f"paragraph {n}") for n, b in enumerate((b for b in blocks if b), 1)]


def _lines(block: str) -> list[str]:
    """The paragraphs of a block: lines that were broken to a width are put together again."""
    joined: list[str] = []
    width = max(len(line) for line in block.split("\n"))
    last = ""
    for line in (part.strip() for part in block.split("\n")):
        if joined and last and _goes_on(last, line, width):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
        last = line
    return joined


def _goes_on(last: str, line: str, width: int) -> bool:
    if not line or last.endswith((".", "!", "?", ":", '"', "”", "…")):
        return bool(line) and line[0].islower()
    return line[0].islower() or (
        50 <= width <= 100 and len(last) >= max(48, 0.75 * width) and last[-1].isalpha()
    )
