"""/privacy: what is known of a chat, and how to have it deleted."""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import lines
from bot.wording import Voice

NAME = "privacy"
ORDER = 85


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("What I store of this chat")


def answer(ask: Ask) -> Answer:
    """In three sentences."""
    stored = ask.voice.say(
        "I store this chat's number and name, its language and timezone, what it follows and what was sent."
    )
    never = ask.voice.say("I keep no messages and pass nothing on.")
    gone = ask.voice.say("/forget deletes all of it at once.")
    return Answer(lines([stored, never, gone]))
