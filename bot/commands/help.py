"""/help: every command with its line."""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import lines
from bot.wording import Voice
from bot.wording.markup import join

NAME = "help"
ORDER = 90


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("What I can do")


def answer(ask: Ask) -> Answer:
    """The menu in words."""
    from bot.commands import found  # noqa: PLC0415 - the menu is made of this module too

    told = [
        join([f"/{command.name} – ", command.about(ask.voice)])
        for command in found().values()
        if ask.chat.operator or not command.operator
    ]
    closing = ask.voice.say("Each alert says whose count it is, and how sure it is.")
    return Answer(lines([*told, closing]))
