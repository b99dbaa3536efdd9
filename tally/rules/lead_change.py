"""The lead changes hands: the reason why the program is there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from tally.event import Event, EventKind, Headline, Level, Tier
from tally.options import Options
from tally.sight import Details, Sight, Wake
from tally.standing import Count

NAME = "lead_change"
KINDS = frozenset({EventKind.LEAD_CHANGE})
LEVELS = {
    Level.URGENT: "confirmed, or with half of the vote counted, or where that is not known",
    Level.IMPORTANT: "one origin early in the count, and what many flips came to",
}
WAKES = frozenset({Wake.LEAD, Wake.TIME})
ORDER = 20
WHY = (
    "An origin flips the race only against itself, or one of higher rank that is at least as far counted "
    "overrules. After a tie the next strict leader is compared with the last one. Many flips within "
    "minutes are one message."
)
CASE = "Georgia, 6 November 2020, 917 votes; Istanbul, 1 April 2019, the board over the agency that stopped."
OPTIONS: Options = {
    "window": (30.0, "minutes within which many flips become one message"),
    "at_once": (2, "so many flips of a window are told one by one"),
}


def look(sight: Sight) -> Iterator[Event]:
    """A change of the race's last strict leader, its confirmation, or what many flips came to."""
    told = sight.told
    if told is None:
        return
    was = sight.before.leader
    if was is not None and told.leader is not None and was != told.leader and not told.level:
        yield _change(sight, told, was, told.leader)
    elif "lead_change.unsure" in sight.notes:
        yield from _confirmation(sight, told)
    if "lead_change.due" in sight.notes:
        yield from _outcome(sight, told)


def _change(sight: Sight, told: Count, was: str, leader: str) -> Event:
    number = sight.count_up("lead_change.number")
    key = f"{told.origin}/{number}"
    flips = _flips(sight)
    event = sight.count_event(
        *(EventKind.LEAD_CHANGE, key, _level(sight, told), told),
        before=was,
        after=leader,
        candidate=leader,
        corrects=_corrected(sight, told, was, leader),
        others=_overruled(sight, told),
        details=_details(sight, told),
    )
    event = _bundle(sight, event, flips)
    sight.notes["lead_change.key"] = event.key
    sight.notes["lead_change.from"], sight.notes["lead_change.to"] = was, leader
    if event.tier is Tier.FLASH:
        sight.notes["lead_change.unsure"] = event.key
    else:
        sight.notes.pop("lead_change.unsure", None)
    return event


def _level(sight: Sight, told: Count) -> Level:
    pct = None if told.reading.counted is None else told.reading.counted.pct
    sure = sight.after.tier is Tier.CONFIRMED or pct is None or pct >= 50.0
    return Level.URGENT if sure else Level.IMPORTANT


def _overruled(sight: Sight, told: Count) -> tuple[Headline, ...]:
    former = sight.before.headline
    return () if former is None or former.origin == told.origin else (former,)


def _details(sight: Sight, told: Count) -> Details:
    former = sight.before.headline
    if former is None or former.origin == told.origin:
        return {}
    return {"overrules": former.origin}


def _corrected(sight: Sight, told: Count, was: str, leader: str) -> str | None:
    """The key of the flip that a fallen total takes back."""
    fell = any(move.fell and move.after.origin == told.origin for move in sight.moves)
    back = sight.notes.get("lead_change.from") == leader and sight.notes.get("lead_change.to") == was
    return sight.text("lead_change.key") if fell and back else None


def _flips(sight: Sight) -> int:
    """How many flips fall into the window, this one included."""
    window = timedelta(minutes=sight.number(NAME, OPTIONS, "window"))
    known = sight.notes.get("lead_change.times")
    times = known if isinstance(known, list) else []
    recent = [time for time in times if sight.now - datetime.fromisoformat(time) < window][-50:]
    sight.notes["lead_change.times"] = [*recent, sight.now.isoformat()]
    return len(recent) + 1


def _bundle(sight: Sight, event: Event, flips: int) -> Event:
    """Let the flips beyond the first ones of a window share one message, which says how many there were."""
    at_once = sight.number(NAME, OPTIONS, "at_once")
    if flips <= at_once:
        sight.notes["lead_change.bundle"] = None
        sight.notes["lead_change.said"] = event.after
        return event
    window = sight.number(NAME, OPTIONS, "window")
    details: Details = {**event.details, "flips": flips, "minutes": int(window)}
    calm = sight.now + timedelta(minutes=window / 2)
    sight.notes["lead_change.due"] = calm.isoformat()
    bundle = sight.text("lead_change.bundle")
    if bundle is None:
        sight.notes["lead_change.bundle"] = event.key
        sight.notes["lead_change.said"] = event.after
        return replace(event, details=details)
    return replace(event, details=details, updates=bundle, level=Level.ROUTINE)


def _outcome(sight: Sight, told: Count) -> Iterator[Event]:
    """After many flips, once it is calm: who is ahead, if that is not what was said last."""
    due = sight.text("lead_change.due")
    if due is None or sight.now < datetime.fromisoformat(due):
        return
    del sight.notes["lead_change.due"]
    said = sight.text("lead_change.said")
    if told.leader is None or told.leader == said:
        return
    times = sight.notes.get("lead_change.times")
    flips = len(times) if isinstance(times, list) else 0
    sight.notes["lead_change.said"] = told.leader
    yield sight.count_event(
        *(EventKind.LEAD_CHANGE, f"{told.origin}/outcome/{sight.count_up('lead_change.outcome')}"),
        *(Level.IMPORTANT, told),
        before=said,
        after=told.leader,
        candidate=told.leader,
        details={"flips": flips, "summary": True},
    )


def _confirmation(sight: Sight, told: Count) -> Iterator[Event]:
    """A second origin with the same leader makes the first alert surer; it is not told again."""
    key = sight.text("lead_change.unsure")
    if key is None or sight.after.tier is not Tier.CONFIRMED or told.leader != sight.text("lead_change.to"):
        return
    del sight.notes["lead_change.unsure"]
    second = next((m.after for m in sight.moves if m.after.leader == told.leader), told)
    event = sight.count_event(
        *(EventKind.LEAD_CHANGE, f"{second.origin}/confirms/{sight.count_up('lead_change.confirms')}"),
        *(Level.ROUTINE, second),
        before=sight.text("lead_change.from"),
        after=told.leader,
        candidate=told.leader,
        updates=key,
    )
    yield replace(event, headline=told.headline)
