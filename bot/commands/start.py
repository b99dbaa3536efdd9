"""/start: hello; with a race behind it (a deep link) the race is followed at once."""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import SHOWN, by_short, choices, expired, followed, latest_first, lines, matching
from bot.wording import Button, Voice, short
from bot.wording.examples import example
from bot.wording.markup import Html, tag
from bot.wording.names import title
from tally.race import Race

NAME = "start"
ORDER = 1
SETTING = True
TAP = "start"


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Begin, and choose a race to follow")


def answer(ask: Ask) -> Answer:
    """A confirmation where a race came with it, else the races to choose from."""
    ask.store.reactivate(ask.chat.id)
    meant = matching(ask.words, ask.races.values()) if ask.words else []
    return confirmed(ask, meant[0]) if len(meant) == 1 else _hello(ask)


def confirmed(ask: Ask, race: Race) -> Answer:
    """The race is followed, and what can be done next."""
    ask.store.follow(ask.chat.id, race.id, muted_until=None)
    key = short(race.id)
    row = (
        Button("📊 " + ask.voice.say("Results"), f"results:{key}"),
        Button("🧪 " + ask.voice.say("Sample alert"), f"start:sample:{key}"),
        Button("✖️ " + ask.voice.say("Unfollow"), f"unfollow:{key}"),
    )
    said = ask.voice.say("You follow {title}.", title=tag("b", title(race)))
    more = ask.voice.say("You will hear of it when the lead changes or somebody concedes.")
    return Answer(lines([said, more]), (row,))


def tapped(ask: Ask) -> Answer:
    """The sample alert's button."""
    what, _, key = ask.words.partition(":")
    race = by_short(ask, key)
    if what != "sample" or race is None:
        return expired(ask)
    return Answer(Html(example(ask.voice_for(race), ask.now).html))


def _hello(ask: Ask) -> Answer:
    hello = ask.voice.say("I watch the pages that report an election night and tell you what changes.")
    mine = followed(ask)
    if mine:
        titles = [tag("b", title(race)) for race in mine[:SHOWN]]
        return Answer(
            lines([hello, ask.voice.say("You follow:"), *titles, ask.voice.say("/help shows what I can do.")])
        )
    if not ask.races:
        return Answer(lines([hello, ask.voice.say("No race is watched at present.")]))
    which = ask.voice.say("Which race do you want to follow?")
    return Answer(lines([hello, which]), choices(latest_first(ask.races.values())[:SHOWN], "follow"))
