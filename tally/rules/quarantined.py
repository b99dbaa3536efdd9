"""A reading that cannot be: shown to the operator, who may let it pass. Nobody else hears of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tally.accept.complaint import PATIENCE
from tally.event import Event, EventKind, Level, Proof, Tier
from tally.options import Options
from tally.sight import Sight, Wake
from tally.standing import Doubt, Quarantined

NAME = "quarantined"
KINDS = frozenset({EventKind.QUARANTINED})
LEVELS = {Level.IMPORTANT: "always"}
WAKES = frozenset({Wake.DOUBT})
WHY = "Test data, zeros, jumps and impossible shares alert nobody, but somebody has to see them."
CASE = "New York 2021, 135,000 test ballots; British Columbia, 27 October 2024, five minutes of a test feed."
OPTIONS: Options = {
    "minutes": (60.0, "the same doubt about the same origin is told again only after so long")
}
_ONCE = frozenset({Doubt.BEFORE_POLLS_CLOSE, Doubt.EMBARGO, Doubt.TEST_DATA})


def look(sight: Sight) -> Iterator[Event]:
    """One event for each new doubt that is the operator's business."""
    for item in sight.doubts:
        if PATIENCE[item.doubt].told and not _told(sight, item):
            yield _event(sight, item)


def _told(sight: Sight, item: Quarantined) -> bool:
    note = f"quarantined.{item.reading.origin}.{item.doubt.value}"
    last = sight.text(note)
    pause = timedelta(minutes=sight.number(NAME, OPTIONS, "minutes"))
    if last is not None and (item.doubt in _ONCE or sight.now - datetime.fromisoformat(last) < pause):
        return True
    sight.notes[note] = sight.now.isoformat()
    return False


def _event(sight: Sight, item: Quarantined) -> Event:
    reading = item.reading
    proof = Proof(reading.origin, reading.as_of, reading.evidence, reading.source, reading.url)
    race = sight.after.race.id
    number = sight.count_up("quarantined.number")
    return Event(
        *(f"{race}/{EventKind.QUARANTINED.value}/{item.id}/{number}", EventKind.QUARANTINED, race, sight.now),
        *(Tier.FLASH, Level.IMPORTANT, reading.origin, (proof,)),
        after=item.doubt.value,
        headline=sight.after.headline,
        details={"id": item.id, "doubt": item.doubt.value, "why": item.why, "source": reading.source},
    )
