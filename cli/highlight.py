"""``read --explain``: the page's text with what was read in it marked, and under it what it was read as."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rich.text import Text

from scrapers.parser import Note, Page
from scrapers.parser.prose import Passage
from scrapers.parser.show import claim_line, reading_line, whence
from tally.race import Race

_READING, _CLAIM, _LEFT = "black on bright_green", "black on bright_yellow", "strike dim"
_SAYS = {_READING: "green", _CLAIM: "yellow", _LEFT: "dim"}


@dataclass(slots=True)
class _Mark:
    """One quote, how it is marked, and what is told of it."""

    quote: str
    style: str
    says: list[str] = field(default_factory=list)


def explained(page: Page, race: Race, passages: Sequence[Passage]) -> Iterator[Text]:
    """The lines for a terminal: all text of the page, and what stands nowhere in it at the end."""
    left = list(_marks(page, race))
    if page.reason:
        yield Text(f"{page.outcome}: {page.reason}", "bold")
    for passage in passages:
        flat = " ".join(passage.text.split())
        here = [mark for mark in left if mark.quote and mark.quote in flat]
        left = [mark for mark in left if mark not in here]
        yield _marked(flat, here, "bold" if passage.role == "headline" else "")
        yield from _said(here)
        yield Text()
    for mark in left:
        yield Text(f"“{mark.quote}”" if mark.quote else "", mark.style)
        yield from _said([mark])


def _marks(page: Page, race: Race) -> Iterator[_Mark]:
    """What was read, then what was left out; of one quote all that was read in it together."""
    found: dict[tuple[str, str], _Mark] = {}
    for reading in page.readings:
        _add(found, reading.evidence.quote, _READING, [reading_line(reading, race), whence(reading)])
    for claim in page.claims:
        _add(found, claim.evidence.quote, _CLAIM, [claim_line(claim, race), whence(claim)])
    for note in page.notes:
        _add(found, *_left_out(note))
    yield from found.values()


def _left_out(note: Note) -> tuple[str, str, list[str]]:
    return note.quote, _LEFT, [f"left out · {note.why}{f' ({note.where})' if note.where else ''}"]


def _add(found: dict[tuple[str, str], _Mark], quote: str, style: str, says: list[str]) -> None:
    flat = " ".join(quote.split())
    found.setdefault((flat, style), _Mark(flat, style)).says.extend(says)


def _marked(text: str, marks: Iterable[_Mark], style: str) -> Text:
    shown = Text(text, style)
    # What was read is laid over what was left out: a sentence may hold both.
    for mark in sorted(marks, key=lambda m: m.style != _LEFT):
        start = text.find(mark.quote)
        shown.stylize(mark.style, start, start + len(mark.quote))
    return shown


def _said(marks: Iterable[_Mark]) -> Iterator[Text]:
    for mark in marks:
        for line in dict.fromkeys(mark.says):
            yield Text(f"  ▸ {line}", _SAYS[mark.style])
