"""/forget: everything that is stored of this chat is deleted."""

from bot.commands.ask import Answer, Ask
from bot.wording import Voice

NAME = "forget"
ORDER = 81
SETTING = True


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Delete what I know of this chat")


def answer(ask: Ask) -> Answer:
    """Gone; whoever writes again begins anew."""
    ask.store.forget(ask.chat.id)
    return Answer(ask.voice.say("Deleted: what you follow, your settings and what was sent to you."))
