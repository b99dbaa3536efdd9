"""/follow RACE: hear of it from now on; "all" follows every race."""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import EVERYTHING, by_short, expired, fold, is_let_go, one_race
from bot.commands.start import confirmed
from bot.wording import Voice
from bot.wording.markup import plain
from bot.wording.names import title
from storage.chat import EVERY_RACE

NAME = "follow"
ORDER = 3
SETTING = True
TAP = "follow"


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Follow a race: /follow RACE, or all")


def answer(ask: Ask) -> Answer:
    """Follow what is meant and say so."""
    ask.store.reactivate(ask.chat.id)
    if fold(ask.words) in EVERYTHING:
        for subscription in ask.store.follows(ask.chat.id):
            if is_let_go(subscription):  # every one means every one
                ask.store.unfollow(ask.chat.id, subscription.race)
        ask.store.follow(ask.chat.id, EVERY_RACE, muted_until=None)
        return Answer(ask.voice.say("You follow every race."))
    return one_race(ask, TAP, lambda race: confirmed(ask, race))


def tapped(ask: Ask) -> Answer:
    """A race chosen by its button."""
    race = by_short(ask, ask.words)
    if race is None:
        return expired(ask)
    ask.store.reactivate(ask.chat.id)
    said = confirmed(ask, race)
    toast = ask.voice.say("You follow {title}.", title=title(race))
    return Answer(said.text, said.buttons, toast=plain(toast), replaces=True)
