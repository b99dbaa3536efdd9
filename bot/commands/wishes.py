"""What a chat can wish for, as /settings offers it."""

from bot.wording import Voice
from bot.wording.markup import Html
from storage.chat import Subscription
from tally.event import EventKind


def say(message: str) -> str:
    """Marks a message for the catalogues where it stands in a table."""
    return message


# Kinds of event that a reader thinks of as one.
GROUPS: dict[str, frozenset[EventKind]] = {
    "lead": frozenset({EventKind.LEAD_CHANGE, EventKind.TIE, EventKind.LINE_CHANGE}),
    "words": frozenset({EventKind.CONCESSION, EventKind.CONCESSION_WITHDRAWN, EventKind.VICTORY_CLAIM}),
    "calls": frozenset({EventKind.CALLED, EventKind.CALL_WITHDRAWN}),
    "official": frozenset(
        {
            EventKind.DECLARED,
            EventKind.CERTIFIED,
            EventKind.RECOUNT,
            EventKind.ANNULLED,
            EventKind.CHALLENGED,
        }
    ),
    "count": frozenset({EventKind.FIRST_RESULTS, EventKind.MILESTONE, EventKind.CLOSE}),
    "data": frozenset({EventKind.REVISED, EventKind.DISAGREEMENT, EventKind.STALE, EventKind.RESUMED}),
}
_NAMES = {
    "lead": say("Lead changes"),
    "words": say("Concessions"),
    "calls": say("Calls"),
    "official": say("Official acts"),
    "count": say("Count progress"),
    "data": say("Doubts and revisions"),
}
LEVELS = {"routine": say("All news"), "important": say("Important"), "urgent": say("Urgent only")}
TIERS = {"flash": say("First word"), "confirmed": say("Confirmed only")}
MARGINS = (0.0, 0.5, 1.0, 2.0, 5.0)  # percentage points
COUNTED = (0.0, 10.0, 25.0, 50.0, 75.0)  # per cent


def group_name(group: str, voice: Voice) -> Html:
    """What a group of kinds is called."""
    return voice.say(_NAMES[group])


def wanted(now: Subscription, group: str) -> bool:
    """Whether the kinds of a group are wanted, all of them."""
    return now.kinds is None or GROUPS[group] <= {EventKind(kind) for kind in now.kinds}
