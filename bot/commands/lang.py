"""/lang: the language of the alerts, by its code or by a button."""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import expired, fold
from bot.wording import Button, Voice, languages
from bot.wording.catalogue import own_name

NAME = "lang"
ORDER = 70
SETTING = True
TAP = "lang"


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Choose the language")


def answer(ask: Ask) -> Answer:
    """The language named, or the ones there are."""
    language = _meant(ask.words)
    if language is not None:
        return _spoken(ask, language)
    names = [Button(own_name(language), f"lang:{language}") for language in languages()]
    rows = tuple(tuple(names[i : i + 2]) for i in range(0, len(names), 2))
    return Answer(ask.voice.say("Which language?"), rows)


def tapped(ask: Ask) -> Answer:
    """A language chosen by its button."""
    if ask.words not in languages():
        return expired(ask)
    said = _spoken(ask, ask.words)
    return Answer(said.text, replaces=True)


def _spoken(ask: Ask, language: str) -> Answer:
    ask.store.set_language(ask.chat.id, language)
    voice = Voice(language, ask.voice.timezone)
    return Answer(voice.say("Alerts are in {language} from now on.", language=own_name(language)))


def _meant(words: str) -> str | None:
    wanted = fold(words)
    return next((code for code in languages() if wanted and wanted in {code, fold(own_name(code))}), None)
