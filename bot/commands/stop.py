"""/stop: nothing more is sent until /start; what was followed is remembered."""

from bot.commands.ask import Answer, Ask
from bot.wording import Voice

NAME = "stop"
ORDER = 80
SETTING = True
STOPPED = "stopped by the reader"


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Stop all alerts")


def answer(ask: Ask) -> Answer:
    """Silence, at once."""
    ask.store.deactivate(ask.chat.id, STOPPED)
    return Answer(
        ask.voice.say(
            "Stopped: you will get no more alerts. /start begins again, /forget deletes what I know of you."
        )
    )
