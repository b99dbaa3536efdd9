"""/races: what is watched, eight to a page, searched by the words behind it."""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import SHOWN, expired, followed, latest_first, lines, matching, nothing_found
from bot.wording import Button, Voice, short
from bot.wording.markup import Html, join, shorten, tag
from bot.wording.names import title
from tally.race import Race

NAME = "races"
ORDER = 2
TAP = "races"


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("The races that are watched")


def answer(ask: Ask) -> Answer:
    """The first page."""
    return page(ask, 0)


def tapped(ask: Ask) -> Answer:
    """Another page, in place of this one: ``races:2:words``."""
    number, _, words = ask.words.partition(":")
    if not number.isdigit() or len(number) > 4:
        return expired(ask)
    shown = page(Ask(ask.chat, words, ask.voice, ask.store, ask.races, ask.now), int(number))
    return Answer(shown.text, shown.buttons, replaces=True)


def page(ask: Ask, number: int) -> Answer:
    """Page ``number`` (from 0) of the races found; followed ones carry a bell."""
    races = latest_first(matching(ask.words, ask.races.values()))
    if not races:
        return nothing_found(ask)
    shown = races[number * SHOWN : (number + 1) * SHOWN] or races[:SHOWN]
    mine = {race.id for race in followed(ask)}
    head = ask.voice.plural("{n} race is watched", "{n} races are watched", len(races))
    text = lines([tag("b", head), *[_line(race, race.id in mine) for race in shown]])
    return Answer(text, (*_rows(shown, mine), *_turning(ask, number, len(races))))


def _line(race: Race, is_followed: bool) -> Html:
    return join(["🔔 " if is_followed else "▫️ ", title(race), " · ", tag("code", race.id)])


def _rows(races: list[Race], mine: set[str]) -> tuple[tuple[Button, ...], ...]:
    """Tapping a race follows it, or lets it go."""
    return tuple(
        (
            Button(
                ("✖️ " if race.id in mine else "🔔 ") + shorten(title(race), 50),
                f"{'unfollow' if race.id in mine else 'follow'}:{short(race.id)}",
            ),
        )
        for race in races
    )


def _turning(ask: Ask, number: int, found: int) -> tuple[tuple[Button, ...], ...]:
    words = _fitting(ask.words)
    row = []
    if number > 0:
        row.append(Button("◀", f"races:{number - 1}:{words}"))
    if (number + 1) * SHOWN < found:
        row.append(Button("▶", f"races:{number + 1}:{words}"))
    return (tuple(row),) if row else ()


def _fitting(words: str) -> str:
    """The search again on the next page, as much of it as a button's 64 bytes carry."""
    return words.encode()[:48].decode(errors="ignore")
