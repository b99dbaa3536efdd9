"""/broadcast TEXT (operators): words to every active chat, through the outbox, after all news."""

from bot.commands.ask import Answer, Ask
from bot.wording import Voice, short

NAME = "broadcast"
ORDER = 205
OPERATOR = True
CHANNEL = "telegram"


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Operators: a word to everybody")


def answer(ask: Ask) -> Answer:
    """Handed to the outbox; the same words within one hour go out once."""
    text = ask.words.strip()
    if not text:
        return Answer(ask.voice.say("Tell me the words, like this: /broadcast We are back."))
    chats = [chat.id for chat in ask.store.chats(CHANNEL)]
    name = f"{ask.now:%Y-%m-%dT%H}/{short(text)}"
    made = ask.store.say_to(chats, name, text)
    return Answer(ask.voice.plural("On its way to {n} chat.", "On its way to {n} chats.", made))
