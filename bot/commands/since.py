"""/since HH:MM: what happened while the reader was away, one line an event."""

import re
from datetime import datetime, timedelta

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import followed
from bot.wording import Voice
from bot.wording.markup import MESSAGE_LIMIT, Html, join, plain, tag, units
from bot.wording.names import title
from bot.wording.reasons import in_one_line
from tally.event import Audience, Event
from tally.race import Race

NAME = "since"
ORDER = 11
LATEST = 40
_HOUR = re.compile(r"([01]?\d|2[0-3])[:.h]?([0-5]\d)?")


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("What did I miss: /since 21:30")


def answer(ask: Ask) -> Answer:
    """The events of the followed races since that hour, of the last hour without one."""
    mine = followed(ask)
    if not mine:
        return Answer(ask.voice.say("You follow no race."))
    given = _HOUR.fullmatch(ask.words.strip())
    if ask.words and given is None:
        return Answer(ask.voice.say("Tell me an hour, like this: /since 21:30"))
    told = [part for race in mine for part in _of_race(ask, race, given)]
    if not told:
        return Answer(ask.voice.say("Nothing new since then."))
    while units(plain(join(told, "\n"))) > MESSAGE_LIMIT:
        del told[0]  # what is newest stays
    return Answer(join(told, "\n"))


def since(given: "re.Match[str] | None", now: datetime, voice: Voice) -> datetime:
    """The last time it was that hour in the voice's timezone; an hour ago where none is given."""
    if given is None:
        return now - timedelta(hours=1)
    local = now.astimezone(voice.timezone)
    at = local.replace(hour=int(given[1]), minute=int(given[2] or 0), second=0, microsecond=0)
    return at if at <= local else at - timedelta(days=1)


def _of_race(ask: Ask, race: Race, given: "re.Match[str] | None") -> list[Html]:
    """The race's title and its events, the oldest first."""
    voice = ask.voice_for(race)
    events = ask.store.events(race.id, since(given, ask.now, voice), limit=LATEST)
    told = [event for event in events if event.kind.audience is Audience.FOLLOWERS]
    return [tag("b", title(race)), *[_line(event, race, voice, ask.now) for event in told]] if told else []


def _line(event: Event, race: Race, voice: Voice, now: datetime) -> Html:
    return join([voice.hour(event.at, now), " ", in_one_line(event, race, voice)])
