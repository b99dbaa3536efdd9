"""What the words for one kind of event are made of, and the register of who writes them."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.wording.markup import Html, tag
from bot.wording.voice import Voice
from tally.event import Event, EventKind
from tally.race import Race


@dataclass(frozen=True)
class News:
    """One piece of news in words.

    ``emoji`` and ``label`` open the first line, ``lines`` say what happened,
    the first of them in one sentence. ``quoted`` shows the first proof's
    words, ``speaker`` is whose they are. ``counts`` shows the numbers.
    ``tables`` are further counts, each with its caption, instead of the one.
    ``sure`` says how sure it is, ``sourced`` whose word it is, at the end.
    """

    emoji: str
    label: Html
    lines: tuple[Html, ...]
    quoted: bool = False
    speaker: str | None = None
    counts: bool = True
    tables: tuple[Html, ...] = ()
    sure: bool = True
    sourced: bool = True


Writer = Callable[[Event, Race, Voice], News]

WRITERS: dict[EventKind, Writer] = {}


def writes(kind: EventKind) -> Callable[[Writer], Writer]:
    """Registers the function that words events of ``kind``."""

    def register(writer: Writer) -> Writer:
        WRITERS[kind] = writer
        return writer

    return register


def news_of(event: Event, race: Race, voice: Voice) -> News:
    """The event in words; one that an operator takes back says so before all else."""
    news = WRITERS[event.kind](event, race, voice)
    if event.details.get("retracted") is not True:
        return news
    lines = (
        voice.say("We take this alert back: {alert}", alert=tag("s", news.lines[0])),
        voice.say("The mistake was ours; nothing follows from that alert."),
    )
    label = voice.say("ALERT TAKEN BACK")
    return News("🚨", label, lines, counts=False, sure=False, sourced=False)
