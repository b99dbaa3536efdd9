"""/settings: what a chat wants to hear, by buttons, race by race or of all at once.

A button carries the value it sets and not "the other one": tapped twice it
does what it did the first time. ``settings:RACE:NAME:VALUE``.
"""

from dataclasses import replace

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import SHOWN, by_short, expired, followed, lines, matching, own
from bot.commands.wishes import COUNTED, GROUPS, LEVELS, MARGINS, TIERS, group_name, wanted
from bot.wording import Button, Voice, short
from bot.wording.markup import Html, plain, shorten, tag
from bot.wording.names import title
from storage.chat import EVERY_RACE, Subscription
from tally.event import EventKind
from tally.race import Race

NAME = "settings"
ORDER = 7
SETTING = True
TAP = "settings"
ALL = "*"


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Which alerts you get")


def answer(ask: Ask) -> Answer:
    """The panel of the one race that is followed or meant, else the races to choose from."""
    mine = followed(ask)
    meant = [race for race in matching(ask.words, mine) if race in mine] if ask.words else mine
    if not ask.store.follows(ask.chat.id) or not mine:
        return Answer(ask.voice.say("You follow no race. /races shows what there is."))
    return _panel(ask, meant[0]) if len(meant) == 1 else _choice(ask, mine)


def tapped(ask: Ask) -> Answer:
    """A race chosen, or a setting of it set."""
    key, _, wish = ask.words.partition(":")
    if key == "":
        return replace(_choice(ask, followed(ask)), replaces=True)
    race = None if key == ALL else by_short(ask, key)
    if (race is None and key != ALL) or (race is not None and race not in followed(ask)):
        return expired(ask)
    name, _, value = wish.partition(":")
    if name and not _set(ask, race, name, value):
        return expired(ask)
    toast = plain(ask.voice.say("Saved.")) if name else None
    return replace(_panel(ask, race), replaces=True, toast=toast)


def _choice(ask: Ask, mine: list[Race]) -> Answer:
    every = (Button("🌍 " + ask.voice.say("All races at once"), f"settings:{ALL}"),)
    rows = [(Button(shorten(title(race), 60), f"settings:{short(race.id)}"),) for race in mine[:SHOWN]]
    left = len(mine) - SHOWN
    more = ask.voice.plural("and {n} other", "and {n} others", left) if left > 0 else None
    return Answer(lines([ask.voice.say("Whose alerts do you want to change?"), more]), (every, *rows))


def _panel(ask: Ask, race: Race | None) -> Answer:
    now = _subscription(ask, race)
    head = title(race) if race else ask.voice.say("All races at once")
    text = lines([tag("b", head), *_words(ask.voice), _pauses(ask)])
    return Answer(text, _buttons(ask.voice, now, short(race.id) if race else ALL))


def _words(voice: Voice) -> list[Html]:
    return [
        voice.say("Kinds of alert, how much, how sure, and how close. Tap to change."),
        voice.say("A correction always reaches whoever got what it corrects."),
    ]


def _pauses(ask: Ask) -> Html:
    return ask.voice.say("Also: /quiet for quiet hours, /digest for a summary, /lang for the language.")


def _buttons(voice: Voice, now: Subscription, key: str) -> tuple[tuple[Button, ...], ...]:
    def button(label: str, name: str, value: str, chosen: bool) -> Button:
        return Button(("✅ " if chosen else "▫️ ") + label, f"settings:{key}:{name}:{value}")

    kinds = [
        button(group_name(name, voice), name, "0" if wanted(now, name) else "1", wanted(now, name))
        for name in GROUPS
    ]
    levels = [button(voice.say(label), "level", value, now.level == value) for value, label in LEVELS.items()]
    tiers = [button(voice.say(label), "tier", value, now.tier == value) for value, label in TIERS.items()]
    margin, counted = now.min_margin or 0.0, now.min_counted or 0.0
    limits = [
        Button("📏 " + _margin(voice, margin), f"settings:{key}:margin:{_after(MARGINS, margin):g}"),
        Button("🗳 " + _counted(voice, counted), f"settings:{key}:counted:{_after(COUNTED, counted):g}"),
    ]
    back = [Button("◀ " + voice.say("Other races"), "settings:")]
    return (
        *(tuple(kinds[i : i + 2]) for i in range(0, len(kinds), 2)),
        tuple(levels),
        tuple(tiers),
        *((limit,) for limit in limits),
        tuple(back),
    )


def _margin(voice: Voice, points: float) -> str:
    if not points:
        return voice.say("At any margin")
    return voice.say("From a margin of {points} pt", points=voice.number(points, 0 if points >= 1 else 1))


def _counted(voice: Voice, percent: float) -> str:
    return (
        voice.say("From {percent} counted", percent=voice.percent(percent))
        if percent
        else voice.say("From the first vote")
    )


def _after(steps: tuple[float, ...], now: float) -> float:
    return next((step for step in steps if step > now), steps[0])


def _set(ask: Ask, race: Race | None, name: str, value: str) -> bool:
    """Set one wish; False for what no button of ours says."""
    subscriptions = [own(ask, race)] if race else ask.store.follows(ask.chat.id)
    changes = [(s, _change(s, name, value)) for s in subscriptions]
    if any(change is None for _, change in changes):
        return False
    for subscription, change in changes:
        ask.store.follow(ask.chat.id, subscription.race, **(change or {}))
    return True


def _change(now: Subscription, name: str, value: str) -> dict[str, object] | None:
    if name in GROUPS and value in {"0", "1"}:
        kinds = set(EventKind) if now.kinds is None else {EventKind(kind) for kind in now.kinds}
        kinds = kinds | GROUPS[name] if value == "1" else kinds - GROUPS[name]
        every = all(group <= kinds for group in GROUPS.values())
        return {"kinds": None if every else sorted(kinds)}
    if (name, value in LEVELS) == ("level", True) or (name, value in TIERS) == ("tier", True):
        return {name: value}
    limits = {"margin": ("min_margin", MARGINS), "counted": ("min_counted", COUNTED)}
    if name in limits and value in {f"{step:g}" for step in limits[name][1]}:
        return {limits[name][0]: float(value) or None}
    return None


def _subscription(ask: Ask, race: Race | None) -> Subscription:
    every = {s.race: s for s in ask.store.follows(ask.chat.id)}
    first = next(iter(every.values()))
    return every.get(race.id if race else EVERY_RACE) or every.get(EVERY_RACE) or first
