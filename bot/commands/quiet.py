"""/quiet: hours in which only urgent news comes through, in the reader's own timezone.

``/quiet``, ``/quiet 23:00-07:00``, ``/quiet 23-7 Europe/Berlin``, ``/quiet drop``,
``/quiet wait``, ``/quiet off``.
"""

import re
from zoneinfo import ZoneInfo, available_timezones

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import expired, fold, followed, lines
from bot.wording import Button, Voice
from bot.wording.markup import Html, tag
from storage import Chat

NAME = "quiet"
ORDER = 21
SETTING = True
TAP = "quiet"
_HOURS = re.compile(
    r"\b([01]?\d|2[0-4])(?:[:.h]([0-5]\d))?\s*(?:-|–|to)\s*([01]?\d|2[0-4])(?:[:.h]([0-5]\d))?(?!\d)"
)
_OFFERED = ("23:00-07:00", "22:00-08:00", "00:00-09:00")
_SET = frozenset({"off", "wait", "drop"})
_UNSET = "UTC"  # a chat that never said where it is


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Quiet hours: /quiet 23:00-07:00 Europe/Berlin")


def answer(ask: Ask) -> Answer:
    """Set what is said, and say how it is now."""
    words = ask.words.strip()
    if not words:
        return _shown(ask)
    hours = _HOURS.search(words)
    left = _HOURS.sub("", words).split()
    wish = next((word for word in map(fold, left) if word in _SET), "")
    rest = " ".join(word for word in left if fold(word) not in _SET)
    zone = _zone(rest) if rest else None
    if (rest and zone is None) or not (hours or left):
        return Answer(ask.voice.say("Tell me hours and a place, like this: /quiet 23:00-07:00 Europe/Berlin"))
    return _set(ask, _minutes(hours) if hours else None, wish, zone)


def tapped(ask: Ask) -> Answer:
    """A button of the panel."""
    hours = _HOURS.fullmatch(ask.words)
    if hours is None and ask.words not in _SET:
        return expired(ask)
    said = _set(ask, _minutes(hours) if hours else None, ask.words, None)
    return Answer(said.text, said.buttons, replaces=True)


def _set(ask: Ask, hours: tuple[int, int] | None, word: str, zone: str | None) -> Answer:
    chat = ask.chat
    if zone is not None or chat.timezone == _UNSET:
        ask.store.set_timezone(chat.id, zone or _guess(ask))
    if hours is None and chat.quiet_from is not None and chat.quiet_to is not None:
        hours = (chat.quiet_from, chat.quiet_to)
    if word == "off" or (hours and hours[0] == hours[1]):
        ask.store.set_quiet(chat.id, None)
    elif hours:
        drop = word == "drop" or (word != "wait" and chat.quiet_drop)
        ask.store.set_quiet(chat.id, hours, drop=drop)
    return _shown(ask)


def _shown(ask: Ask) -> Answer:
    chat = ask.store.chat_by_id(ask.chat.id) or ask.chat
    quiet = chat.quiet_from is not None and chat.quiet_to is not None
    told = _hours_said(ask, chat) if quiet else [ask.voice.say("There are no quiet hours.")]
    rows = [tuple(Button(offered.replace("-", "–"), f"quiet:{offered}") for offered in _OFFERED)]
    if quiet:
        rows.append(
            (
                Button(_mark(not chat.quiet_drop) + ask.voice.say("The rest waits"), "quiet:wait"),
                Button(_mark(chat.quiet_drop) + ask.voice.say("The rest is dropped"), "quiet:drop"),
            )
        )
        rows.append((Button("🔔 " + ask.voice.say("No quiet hours"), "quiet:off"),))
    zone = ask.voice.say("Another place: /quiet 23:00-07:00 Europe/Berlin")
    return Answer(lines([*told, zone]), tuple(rows))


def _hours_said(ask: Ask, chat: Chat) -> list[Html]:
    between = ask.voice.say(
        "Quiet from {start} to {end} ({zone}).",
        start=tag("b", _clock(chat.quiet_from or 0)),
        end=tag("b", _clock(chat.quiet_to or 0)),
        zone=chat.timezone,
    )
    urgent = ask.voice.say("Urgent news comes through: a concession, a call, a confirmed lead change.")
    if chat.quiet_drop:
        return [between, urgent, ask.voice.say("The rest of those hours is not told.")]
    return [between, urgent, ask.voice.say("The rest comes as one message when they are over.")]


def _mark(chosen: bool) -> str:
    return "✅ " if chosen else "▫️ "


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _minutes(hours: "re.Match[str]") -> tuple[int, int]:
    start = int(hours[1]) * 60 + int(hours[2] or 0)
    end = int(hours[3]) * 60 + int(hours[4] or 0)
    return start % (24 * 60), end % (24 * 60)


def _zone(words: str) -> str | None:
    """The timezone meant by "Europe/Berlin", "berlin" or "new york"; None where there is none or many."""
    wanted = fold(words).replace(" ", "_")
    names = [
        name for name in available_timezones() if "/" in name and not name.startswith(("posix", "right"))
    ]
    exact = [name for name in names if wanted == name.casefold()]
    cities = exact or [name for name in names if name.rpartition("/")[2].casefold() == wanted]
    distinct = sorted(cities, key=lambda name: (not name.startswith(("Europe", "America", "Asia")), name))
    return distinct[0] if distinct else "Etc/UTC" if wanted == "utc" else None


def _guess(ask: Ask) -> str:
    """The hours of the first race that is followed, until the reader names a place."""
    race = next(iter(followed(ask)), None) or next(iter(ask.races.values()), None)
    zone = race.timezone if race else ZoneInfo("Etc/UTC")
    return "Etc/UTC" if zone.key == _UNSET else zone.key
