"""/unfollow RACE: hear no more of it; "all" lets go of everything."""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import EVERYTHING, FOR_GOOD, by_short, expired, fold, followed, one_race
from bot.wording import Button, Voice, short
from bot.wording.markup import tag
from bot.wording.names import title
from storage.chat import EVERY_RACE
from tally.race import Race

NAME = "unfollow"
ORDER = 4
SETTING = True
TAP = "unfollow"


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Stop following a race: /unfollow RACE, or all")


def answer(ask: Ask) -> Answer:
    """Let go of what is meant and say so."""
    mine = followed(ask)
    if fold(ask.words) in EVERYTHING:
        return everything(ask)
    if not mine and not ask.words:
        return Answer(ask.voice.say("You follow no race."))
    return one_race(ask, TAP, lambda race: let_go(ask, race), among=mine)


def tapped(ask: Ask) -> Answer:
    """A race chosen by its button."""
    race = by_short(ask, ask.words)
    if race is None:
        return expired(ask)
    said = let_go(ask, race)
    return Answer(said.text, said.buttons, replaces=True)


def let_go(ask: Ask, race: Race) -> Answer:
    """This race no more."""
    subscriptions = {subscription.race for subscription in ask.store.follows(ask.chat.id)}
    was_followed = ask.store.unfollow(ask.chat.id, race.id)
    if EVERY_RACE in subscriptions:
        ask.store.follow(ask.chat.id, race.id, muted_until=FOR_GOOD)
    elif not was_followed:
        return Answer(ask.voice.say("You do not follow {title}.", title=tag("b", title(race))))
    again = Button("🔔 " + ask.voice.say("Follow"), f"follow:{short(race.id)}")
    return Answer(ask.voice.say("You no longer follow {title}.", title=tag("b", title(race))), ((again,),))


def everything(ask: Ask) -> Answer:
    """No race any more."""
    for subscription in ask.store.follows(ask.chat.id):
        ask.store.unfollow(ask.chat.id, subscription.race)
    return Answer(ask.voice.say("You follow no race any more. /races shows what there is."))
