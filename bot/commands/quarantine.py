"""/quarantine (operators): readings that were set aside, each to be approved or rejected."""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import by_short, expired, lines
from bot.wording import Button, Voice, short
from bot.wording.blocks import QUOTE_LIMIT, quoted
from bot.wording.markup import Html, clean, fitting, join, tag
from bot.wording.names import origin_name, title
from tally.decide import approve, reject
from tally.race import Race
from tally.standing import Quarantined

NAME = "quarantine"
ORDER = 202
OPERATOR = True
TAP = "quarantine"
SHOWN = 6


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Operators: readings that were set aside")


def answer(ask: Ask) -> Answer:
    """What is in quarantine now, with two buttons each."""
    held = [(race, item) for race in ask.races.values() for item in _held(ask, race)][:SHOWN]
    if not held:
        return Answer(ask.voice.say("Nothing is in quarantine."))
    told = fitting([_told(ask, race, item, number) for number, (race, item) in enumerate(held, 1)])
    shown = enumerate(held[: len(told)], 1)
    rows = tuple(_row(ask, race, item, number) for number, (race, item) in shown)
    return Answer(lines(told), rows)


def tapped(ask: Ask) -> Answer:
    """``quarantine:yes:RACE:ITEM``: what was decided; tapped again, what is left."""
    word, _, key = ask.words.partition(":")
    race_key, _, item_key = key.partition(":")
    race = by_short(ask, race_key)
    item = next((i for i in _held(ask, race) if short(i.id) == item_key), None) if race else None
    if race is None or item is None or word not in {"yes", "no"}:
        return expired(ask)
    decision = approve if word == "yes" else reject
    ask.store.change(race, lambda standing: decision(standing, item.id, ask.now), ask.now)
    ask.store.ring()
    left = answer(ask)
    said = (
        ask.voice.say("Approved: it counts from now on.")
        if word == "yes"
        else ask.voice.say("Rejected for good.")
    )
    return Answer(left.text, left.buttons, toast=said, replaces=True)


def _held(ask: Ask, race: Race) -> list[Quarantined]:
    return [item for item in ask.store.standing(race).quarantine if not item.rejected]


def _told(ask: Ask, race: Race, item: Quarantined, number: int) -> Html:
    voice = ask.voice_for(race)
    head = join([f"{number}. ", tag("b", title(race)), " · ", origin_name(race, item.reading.origin)])
    why = join([item.doubt.value, ": ", clean(item.why, 200)])
    quote = quoted(clean(item.reading.evidence.quote, QUOTE_LIMIT) or "–")
    return join([head, " · ", voice.hour(item.since, ask.now), "\n", why, "\n", quote])


def _row(ask: Ask, race: Race, item: Quarantined, number: int) -> tuple[Button, ...]:
    key = f"{short(race.id)}:{short(item.id)}"
    return (
        Button(f"✅ {number} " + ask.voice.say("Approve"), f"quarantine:yes:{key}", "success"),
        Button(f"🚫 {number} " + ask.voice.say("Reject"), f"quarantine:no:{key}", "danger"),
    )
