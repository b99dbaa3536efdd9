"""/retract EVENT (operators): take an alert back, in every chat that got it."""

from dataclasses import replace

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import SHOWN, expired, lines
from bot.wording import Button, Voice, short
from bot.wording.markup import Html, join, plain, shorten, tag
from bot.wording.names import title
from bot.wording.reasons import in_one_line
from tally.event import Audience, Event, Level, Tier
from tally.race import Race
from tally.standing import Standing

NAME = "retract"
ORDER = 204
OPERATOR = True
TAP = "retract"
NEWEST = 200


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Operators: take an alert back everywhere")


def answer(ask: Ask) -> Answer:
    """The event named, or the latest ones to choose from. It is asked for once more before it is done."""
    found = next((e for e in _told(ask) if ask.words and ask.words in {e.key, short(e.key)}), None)
    if found is not None:
        return _sure(ask, found)
    latest = [event for event in _told(ask) if not _is_retracted(ask, event)][-SHOWN:][::-1]
    if not latest:
        return Answer(ask.voice.say("There was no alert yet."))
    rows = tuple(
        (Button(shorten(plain(_line(ask, event)), 60), f"retract:ask:{short(event.key)}"),)
        for event in latest
    )
    return Answer(ask.voice.say("Which alert is to be taken back?"), rows)


def tapped(ask: Ask) -> Answer:
    """An event chosen (``ask:EVENT``), or confirmed (``yes:EVENT``)."""
    word, _, key = ask.words.partition(":")
    event = next((e for e in _told(ask) if short(e.key) == key), None)
    if event is None or word not in {"ask", "yes"}:
        return expired(ask)
    return replace(_sure(ask, event) if word == "ask" else _done(ask, event), replaces=True)


def _sure(ask: Ask, event: Event) -> Answer:
    if _is_retracted(ask, event):
        return Answer(ask.voice.say("It was taken back already."))
    sure = Button("🚨 " + ask.voice.say("Take it back"), f"retract:yes:{short(event.key)}", "danger")
    said = ask.voice.say("Everybody who got this will be told that it does not stand:")
    return Answer(lines([said, _line(ask, event)]), ((sure,),))


def _done(ask: Ask, event: Event) -> Answer:
    race = ask.races[event.race]
    told = ask.store.change(
        race, lambda standing: (_without(standing, event, ask), [_retraction(ask, event)]), ask.now
    )
    ask.store.ring()
    if not told:
        return Answer(ask.voice.say("It was taken back already."))
    return Answer(lines([tag("b", ask.voice.say("Taken back:")), _line(ask, event)]))


def _retraction(ask: Ask, event: Event) -> Event:
    return replace(
        event,
        key=f"{event.key}/retracted",
        at=ask.now,
        tier=Tier.CONFIRMED,
        level=Level.URGENT,
        updates=None,
        corrects=event.updates or event.key,
        details={**event.details, "retracted": True},
    )


def _without(standing: Standing, event: Event, ask: Ask) -> Standing:
    """What the event said of the race no longer holds; that it was said stays on record."""
    key = event.updates or event.key
    statuses = tuple(
        replace(said, withdrawn=ask.now) if said.key == key and said.withdrawn is None else said
        for said in standing.statuses
    )
    return replace(standing, statuses=statuses)


def _told(ask: Ask) -> list[Event]:
    """What followers were told, the oldest first; what only confirms another stands with that one."""
    events = ask.store.events(limit=NEWEST)
    mine = [e for e in events if e.race in ask.races and e.kind.audience is Audience.FOLLOWERS]
    return [e for e in mine if e.updates is None and "retracted" not in e.details]


def _is_retracted(ask: Ask, event: Event) -> bool:
    return ask.store.event(f"{event.key}/retracted") is not None


def _line(ask: Ask, event: Event) -> Html:
    race: Race = ask.races[event.race]
    voice = ask.voice_for(race)
    hour = voice.hour(event.at, ask.now)
    return join([hour, " ", in_one_line(event, race, voice), " · ", title(race)])
