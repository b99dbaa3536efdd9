"""An operator's words to everybody, and the service's of itself: plain, marked as such, never as an alert."""

from bot.wording.alert import Alert
from bot.wording.markup import escape, join, plain, shorten, tag
from bot.wording.voice import Voice

LIMIT = 3500


def words(text: str, voice: Voice, *, of_itself: bool = False) -> Alert:
    """``text`` as one silent message under a headline that says whose it is."""
    if of_itself:
        head = join(["🛠 ", tag("b", voice.say("Tallywire, of itself"))])
    else:
        head = join(["📢 ", tag("b", voice.say("A word from the operator"))])
    html = join([head, escape(shorten(text.strip(), LIMIT))], "\n")
    return Alert(html, plain(html), silent=True)
