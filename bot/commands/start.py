"""/start: hello; with a race behind it (a deep link) the race is followed at once."""

from bot.commands import chart, why
from bot.commands.ask import Answer, Ask
from bot.commands.choosing import SHOWN, by_short, choices, expired, followed, latest_first, lines, matching
from bot.wording import Button, Voice, short
from bot.wording.examples import example
from bot.wording.markup import Html, escape, tag
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
    if (shown := _asked_for(ask)) is not None:
        return shown
    ask.store.reactivate(ask.chat.id)
    meant = matching(ask.words, ask.races.values()) if ask.words else []
    return confirmed(ask, meant[0]) if len(meant) == 1 else _hello(ask)


def _asked_for(ask: Ask) -> Answer | None:
    """What a link under a channel's alert leads to: ``chart-RACE`` or ``why-RACE-EVENT``. Else None."""
    what, _, rest = ask.words.partition("-")
    if what not in {chart.TAP, why.TAP} or by_short(ask, rest.partition("-")[0]) is None:
        return None
    command = chart if what == chart.TAP else why
    said = command.tapped(Ask(ask.chat, rest.replace("-", ":"), ask.voice, ask.store, ask.races, ask.now))
    return said if said.text is not None else Answer(escape(said.toast or ""))


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
    if race.watch_until is not None and ask.now >= race.watch_until:
        more = ask.voice.say("This race is over, and its pages are watched no more.")
    else:
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
        left = len(mine) - SHOWN
        titles += [ask.voice.plural("and {n} other", "and {n} others", left)] if left > 0 else []
        return Answer(
            lines([hello, ask.voice.say("You follow:"), *titles, ask.voice.say("/help shows what I can do.")])
        )
    if not ask.races:
        return Answer(lines([hello, ask.voice.say("No race is watched at present.")]))
    which = ask.voice.say("Which race do you want to follow?")
    rows = choices(latest_first(ask.races.values())[:SHOWN], "follow")
    turn = ((Button("▶", "races:1:"),),) if len(ask.races) > SHOWN else ()
    return Answer(lines([hello, which]), rows + turn)
