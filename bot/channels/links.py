"""The buttons under an alert in a channel: links into a chat of the reader's own.

Whoever reads a channel may tap what stands there. A button that answered in
the channel itself would let any of ten thousand readers make the bot post to
all the others.
"""

import re
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.wording import Button, Voice, language_for

_SHOWS = re.compile(r"(chart|why):([0-9a-f:]+)")
_MUTES = re.compile(r"mute:([0-9a-f]+)")


def links(
    rows: tuple[tuple[Button, ...], ...], username: str | None, language: str
) -> InlineKeyboardMarkup | None:
    """The same rows as links to ``/start`` in private: chart and why show it there, follow stands for mute.

    What has no such link is left out; None where nothing is left, or nobody knows the bot's name yet.
    """
    if username is None:
        return None
    voice = Voice(language_for(language), ZoneInfo("UTC"))
    linked = [[link for button in row if (link := _link(button, username, voice))] for row in rows]
    return InlineKeyboardMarkup([row for row in linked if row]) if any(linked) else None


def _link(button: Button, username: str, voice: Voice) -> InlineKeyboardButton | None:
    start = f"https://t.me/{username}?start="
    if shows := _SHOWS.fullmatch(button.data):
        return InlineKeyboardButton(button.text, url=f"{start}{shows[1]}-{shows[2].replace(':', '-')}")
    if mutes := _MUTES.fullmatch(button.data):
        return InlineKeyboardButton("🔔 " + voice.say("Follow"), url=f"{start}{mutes[1]}")
    return None
