"""/list: what this chat follows, each with a button to let it go."""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import SHOWN, followed, lines
from bot.wording import Button, Voice, short
from bot.wording.markup import MESSAGE_LIMIT, Html, fitting, join, shorten, tag
from bot.wording.names import title
from tally.race import Race

NAME = "list"
ORDER = 6
_ROOM = 200  # for the first line and the last


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("What you follow")


def answer(ask: Ask) -> Answer:
    """The followed races; a muted one says until when."""
    mine = followed(ask)
    if not mine:
        return Answer(ask.voice.say("You follow no race. /races shows what there is."))
    rows = [(Button("✖️ " + shorten(title(race), 50), f"unfollow:{short(race.id)}"),) for race in mine[:SHOWN]]
    shown = fitting([_line(ask, race) for race in mine], MESSAGE_LIMIT - _ROOM)
    left = len(mine) - len(shown)
    more = ask.voice.plural("and {n} other", "and {n} others", left) if left else None
    return Answer(lines([ask.voice.say("You follow:"), *shown, more]), tuple(rows))


def _line(ask: Ask, race: Race) -> Html:
    now = ask.store.clock()
    until = next((s.muted_until for s in ask.store.follows(ask.chat.id) if s.race == race.id), None)
    if until is None or until <= now:
        return join(["🔔 ", tag("b", title(race))])
    hour = ask.voice_for(race).hour(until, now)
    return join(
        ["🔕 ", ask.voice.say("{title} is muted until {time}.", title=tag("b", title(race)), time=hour)]
    )
