"""/pause (operators): nothing goes out but to operators, until /pause off."""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import fold
from bot.wording import Voice

NAME = "pause"
ORDER = 203
OPERATOR = True


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Operators: hold all alerts back, /pause off lets them go")


def answer(ask: Ask) -> Answer:
    """Held back, or let go."""
    off = fold(ask.words) == "off"
    ask.store.pause(paused=not off)
    if off:
        return Answer(ask.voice.say("Alerts go out again. What has become too old is not sent."))
    return Answer(ask.voice.say("Paused: alerts wait, the watching goes on. /pause off lets them go."))
