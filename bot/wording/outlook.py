"""What may still come: how much is left to count, and what the next news would be."""

from bot.wording.basis import Basis, basis_of
from bot.wording.exactness import qualified
from bot.wording.markup import Html, join, tag
from bot.wording.voice import Voice, decimals
from tally.event import Event, EventKind
from tally.options import numbers
from tally.race import Race
from tally.reading import Counted, Qualifier
from tally.rules import milestone

# Where at least so much is counted, at most the rest is left.
_TURNED = {Qualifier.AT_LEAST: Qualifier.AT_MOST, Qualifier.AT_MOST: Qualifier.AT_LEAST}

# Of these the reader asks at once: is that it, or is there more to come?
OF_THE_COUNT = frozenset(
    {
        EventKind.FIRST_RESULTS,
        EventKind.LEAD_CHANGE,
        EventKind.TIE,
        EventKind.LINE_CHANGE,
        EventKind.MILESTONE,
        EventKind.CLOSE,
        EventKind.REVISED,
        EventKind.RESUMED,
    }
)


def outlook(event: Event, race: Race, voice: Voice) -> Html | None:
    """Folded away under the numbers; None where the count does not say how far it is, or says all of it."""
    counted = event.headline.counted if event.headline else None
    if event.kind not in OF_THE_COUNT or counted is None:
        return None
    digits = decimals(counted.pct)
    left = round(100 - counted.pct, digits)
    if left <= 0:
        return None
    told = [_left(counted, voice.percent(left, digits), voice), _next(counted, race, voice)]
    return tag("blockquote", join(told, "\n"), expandable="")


def _left(counted: Counted, left: str, voice: Voice) -> Html:
    """The rest to a hundred, as exactly as the count itself was given and no more so."""
    left = qualified(left, _TURNED.get(counted.qualifier, counted.qualifier), voice)
    match basis_of(counted):
        case Basis.EXPECTED:
            return voice.say("Left to count: {percent} of the expected vote", percent=left)
        case Basis.BOXES:
            return voice.say("Left to count: {percent} of ballot boxes", percent=left)
        case Basis.STATIONS:
            return voice.say("Left to count: {percent} of polling stations", percent=left)
        case _:
            return voice.say("Left to count: {percent}", percent=left)


def _next(counted: Counted, race: Race, voice: Voice) -> Html:
    """The next mark that is told, and what is told whenever it happens."""
    marks = numbers(race, milestone.NAME, milestone.OPTIONS, "marks")
    ahead = min((mark for mark in marks if counted.pct < mark < 100), default=None)
    if ahead is None:
        return voice.say("Next news: when the lead changes, somebody concedes or the race is called.")
    return voice.say(
        "Next news: at {percent} counted;"
        " at once when the lead changes, somebody concedes or the race is called.",
        percent=voice.percent(ahead),
    )
