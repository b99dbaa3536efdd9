"""/digest: news that is not urgent once an hour in one message, or what waits right now.

``/digest``, ``/digest hourly``, ``/digest off``, ``/digest now``.
"""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import expired, fold, lines
from bot.commands.since import answer as since
from bot.wording import Button, Voice

NAME = "digest"
ORDER = 22
SETTING = True
TAP = "digest"
_WORDS = frozenset({"now", "hourly", "off"})


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("A summary now, or once an hour: /digest hourly")


def answer(ask: Ask) -> Answer:
    """Do what is said, or offer it."""
    word = fold(ask.words)
    return _do(ask, word) if word in _WORDS else _shown(ask)


def tapped(ask: Ask) -> Answer:
    """A button of the panel."""
    if ask.words not in _WORDS:
        return expired(ask)
    said = _do(ask, ask.words)
    return Answer(said.text, said.buttons, replaces=ask.words != "now")


def _do(ask: Ask, word: str) -> Answer:
    if word == "now":
        return _now(ask)
    ask.store.set_digest(ask.chat.id, "hourly" if word == "hourly" else "off")
    return _shown(ask)


def _now(ask: Ask) -> Answer:
    """What is held goes out by the outbox; where nothing is, the last hour is told again."""
    if ask.store.digest_now(ask.chat.id):
        return Answer(ask.voice.say("Here is what waited:"))
    return since(Ask(ask.chat, "", ask.voice, ask.store, ask.races, ask.now))


def _shown(ask: Ask) -> Answer:
    chat = ask.store.chat_by_id(ask.chat.id) or ask.chat
    hourly = chat.digest == "hourly"
    told = (
        ask.voice.say("News that is not urgent comes once an hour, in one message.")
        if hourly
        else ask.voice.say("Each piece of news comes at once.")
    )
    urgent = ask.voice.say("Urgent news comes through: a concession, a call, a confirmed lead change.")
    rows = (
        (
            Button(("✅ " if hourly else "▫️ ") + ask.voice.say("Once an hour"), "digest:hourly"),
            Button(("▫️ " if hourly else "✅ ") + ask.voice.say("At once"), "digest:off"),
        ),
        (Button("🗞 " + ask.voice.say("Summary now"), "digest:now"),),
    )
    return Answer(lines([told, urgent if hourly else None]), rows)
