"""How exactly a number was given: "about", "at least", "at most", or nothing before it."""

from bot.wording.voice import Voice
from tally.reading import Qualifier


def qualified(percent: str, qualifier: Qualifier, voice: Voice) -> str:
    """``percent``, already in words, with the qualifier's word."""
    match qualifier:
        case Qualifier.ABOUT:
            return voice.say("about {percent}", percent=percent)
        case Qualifier.AT_LEAST:
            return voice.say("at least {percent}", percent=percent)
        case Qualifier.AT_MOST:
            return voice.say("at most {percent}", percent=percent)
        case _:
            return percent
