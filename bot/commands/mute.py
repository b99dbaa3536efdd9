"""/mute: silence for a while, of one race or of all; also the button under each alert.

``/mute``, ``/mute 30m``, ``/mute 2h RACE``, ``/mute off``.
"""

import re
from datetime import datetime, timedelta

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import (
    by_short,
    expired,
    fold,
    followed,
    is_let_go,
    matching,
    nothing_found,
    own,
    which,
)
from bot.wording import Voice
from bot.wording.markup import plain, tag
from bot.wording.names import title
from tally.race import Race

NAME = "mute"
ORDER = 20
SETTING = True
TAP = "mute"
USUALLY = timedelta(hours=1)
LONGEST = timedelta(days=30)
_SPAN = re.compile(r"(\d{1,4})\s*(m|min|h|d)\b", re.IGNORECASE)
_UNITS = {
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
_OFF = frozenset({"off", "0"})


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Silence for a while: /mute 1h, or /mute 1h RACE")


def answer(ask: Ask) -> Answer:
    """Mute what is meant, for as long as is said."""
    words = fold(ask.words)
    if words in _OFF:
        return _unmuted(ask)
    span, rest = _span(words)
    if not rest:
        return _everything(ask, ask.store.clock() + span)
    races = matching(rest, ask.races.values())
    if len(races) > 1:
        return which(ask, races, TAP)
    return one_muted(ask, races[0], span) if races else nothing_found(ask)


def tapped(ask: Ask) -> Answer:
    """The button under an alert: that race, for an hour."""
    race = by_short(ask, ask.words)
    if race is None:
        return expired(ask)
    said = one_muted(ask, race, USUALLY)
    return Answer(toast=plain(said.text or ""))


def one_muted(ask: Ask, race: Race, span: timedelta) -> Answer:
    """One race is silent until then, and followed again after it."""
    if race not in followed(ask):
        return Answer(ask.voice.say("You do not follow {title}.", title=tag("b", title(race))))
    # Deliveries live by the store's hour, which is the real one even while a rehearsal tells another night.
    now = ask.store.clock()
    until = now + span
    own(ask, race)  # with the wishes it had as one of all: a mute must not turn them back to the usual
    ask.store.follow(ask.chat.id, race.id, muted_until=until)
    hour = ask.voice_for(race).hour(until, now)
    return Answer(ask.voice.say("{title} is muted until {time}.", title=tag("b", title(race)), time=hour))


def _everything(ask: Ask, until: datetime) -> Answer:
    mine = [s for s in ask.store.follows(ask.chat.id) if not is_let_go(s)]
    if not mine:
        return Answer(ask.voice.say("You follow no race."))
    for subscription in mine:
        ask.store.follow(ask.chat.id, subscription.race, muted_until=until)
    zone = _hours_of(ask)
    return Answer(
        ask.voice.say("All alerts are muted until {time}.", time=zone.hour(until, ask.store.clock()))
    )


def _unmuted(ask: Ask) -> Answer:
    for subscription in ask.store.follows(ask.chat.id):
        if not is_let_go(subscription):
            ask.store.follow(ask.chat.id, subscription.race, muted_until=None)
    return Answer(ask.voice.say("Alerts are on again."))


def _hours_of(ask: Ask) -> Voice:
    """The reader's hours, or else those of the first race they follow."""
    mine = (
        ask.races.get(s.race) or next(iter(ask.races.values()), None) for s in ask.store.follows(ask.chat.id)
    )
    race = next((race for race in mine if race is not None), None)
    return ask.voice_for(race) if race else ask.voice


def _span(words: str) -> tuple[timedelta, str]:
    """How long, and the words that are left; thirty days at most."""
    found = _SPAN.search(words)
    if found is None:
        return USUALLY, words
    span = int(found[1]) * _UNITS[found[2].lower()]
    rest = (words[: found.start()] + words[found.end() :]).strip()
    return min(max(span, timedelta(minutes=1)), LONGEST), rest
