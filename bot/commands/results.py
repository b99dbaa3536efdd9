"""/results RACE: the count as it stands, with a button to look again."""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import by_short, expired, followed, one_race
from bot.wording import Button, Voice, short
from bot.wording.board import results
from tally.race import Race

NAME = "results"
ORDER = 5
TAP = "results"


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("The count as it stands: /results RACE")


def answer(ask: Ask) -> Answer:
    """The results of the race that is meant, of the only one followed without words."""
    return one_race(ask, TAP, lambda race: show(ask, race), among=followed(ask))


def tapped(ask: Ask) -> Answer:
    """First shown, or looked at again: the same message is brought up to date."""
    race = by_short(ask, ask.words.removeprefix("again:"))
    if race is None:
        return expired(ask)
    said = show(ask, race)
    return Answer(said.text, said.buttons, replaces=ask.words.startswith("again:"))


def show(ask: Ask, race: Race) -> Answer:
    """The board of one race."""
    text = results(ask.store.standing(race), race, ask.voice_for(race), ask.now)
    again = Button("🔄 " + ask.voice.say("Refresh"), f"results:again:{short(race.id)}")
    return Answer(text, ((again,),))
