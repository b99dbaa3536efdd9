"""/why: what an alert rests on – the quotes, whose they are, and where they stand."""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import by_short, expired, followed, one_race
from bot.wording import Voice, short
from bot.wording.reasons import reasons
from tally.event import Audience, Event
from tally.race import Race

NAME = "why"
ORDER = 10
TAP = "why"
NEWEST = 200


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("What the last alert rests on")


def answer(ask: Ask) -> Answer:
    """The latest event of the race that is meant, or of all that are followed."""
    mine = followed(ask)
    if not ask.words and mine:
        events = [event for race in mine for event in _told(ask, race)[-1:]]
        latest = max(events, key=lambda event: event.at, default=None)
        return _explained(ask, latest) if latest else Answer(ask.voice.say("There was no alert yet."))
    return one_race(ask, TAP, lambda race: _latest(ask, race), among=mine)


def tapped(ask: Ask) -> Answer:
    """The button under an alert (``race:event``), or a race chosen (``race``)."""
    race_key, _, event_key = ask.words.partition(":")
    race = by_short(ask, race_key)
    if race is None:
        return expired(ask)
    if not event_key:
        return _latest(ask, race)
    event = next((e for e in reversed(_told(ask, race)) if short(e.key) == event_key), None)
    return _explained(ask, event) if event else expired(ask)


def _latest(ask: Ask, race: Race) -> Answer:
    events = _told(ask, race)
    return _explained(ask, events[-1]) if events else Answer(ask.voice.say("There was no alert yet."))


def _explained(ask: Ask, event: Event) -> Answer:
    race = ask.races.get(event.race)
    return Answer(reasons(event, race, ask.voice_for(race))) if race else expired(ask)


def _told(ask: Ask, race: Race) -> list[Event]:
    """What followers were told of the race, the oldest first."""
    events = ask.store.events(race.id, limit=NEWEST)
    return [event for event in events if event.kind.audience is Audience.FOLLOWERS]
