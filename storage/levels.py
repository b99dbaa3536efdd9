"""What news is worth to the outbox: who goes first, who may be overtaken, and until when it is news."""

from datetime import timedelta

from tally.event import Event, EventKind, Level, Tier

LEVELS = (Level.URGENT, Level.IMPORTANT, Level.ROUTINE)
EDIT_PRIORITY = len(LEVELS)  # an edit makes no sound: it waits behind every message

# How long an unsent alert stays news: a concession outlasts a night's outage, a milestone does not.
LIFETIME = {
    Level.URGENT: timedelta(hours=24),
    Level.IMPORTANT: timedelta(hours=8),
    Level.ROUTINE: timedelta(hours=2),
}

# Kinds that tell the state of a count: the newer one says all that the older one said. Whatever is somebody's
# word (a concession, a call, a withdrawal, an annulment ...) is told even when late, and so is a doubt.
_NUMBERS = frozenset(
    {
        EventKind.FIRST_RESULTS,
        EventKind.LEAD_CHANGE,
        EventKind.TIE,
        EventKind.LINE_CHANGE,
        EventKind.MILESTONE,
        EventKind.CLOSE,
    }
)
_SILENCE = frozenset({EventKind.STALE, EventKind.RESUMED})
OF_THE_COUNT = _NUMBERS | _SILENCE

# A row that waited for less is no backlog: two alerts of one minute are both told.
BACKLOG_AFTER = timedelta(seconds=5)


def confirmed_level(event: Event, first: Level) -> Level:
    """What a confirmation is worth to those who hear of the news only now.

    As much as the first word, but for a lead change: early in the count one origin's is only important, and
    a confirmed one is urgent. What many flips came to in one message is no confirmation.
    """
    confirmed = event.tier is Tier.CONFIRMED and "flips" not in event.details
    return Level.URGENT if confirmed and event.kind is EventKind.LEAD_CHANGE else first


def priority(level: Level | str) -> int:
    """0 for urgent, 1 for important, 2 for routine: the lower goes first."""
    return LEVELS.index(Level(level))


def makes_needless(event: Event) -> frozenset[EventKind]:
    """The kinds whose unsent older rows (of the same race, of no higher level) this event makes needless."""
    if event.corrects is not None:
        return frozenset()
    return next((group for group in (_NUMBERS, _SILENCE) if event.kind in group), frozenset())
