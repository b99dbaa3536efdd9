"""Which race is meant: by its id, by words of its title or a candidate's name, or by a button."""

import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from bot.commands.ask import Answer, Ask
from bot.wording import Button, short
from bot.wording.markup import Html, clean, plain, shorten
from bot.wording.names import title
from storage.chat import EVERY_RACE, Subscription
from tally.race import Race

SHOWN = 8
# A chat that follows every race can still let go of one.
FOR_GOOD = datetime(9999, 12, 31, tzinfo=UTC)
EVERYTHING = frozenset({"all", "*", "hepsi", "todas", "todos", "tout", "toutes", "alle"})


def matching(words: str, races: Iterable[Race]) -> list[Race]:
    """The races meant by ``words``: the one of that id, else those in which every word is found."""
    every, wanted = list(races), fold(words)
    exact = [race for race in every if fold(race.id) == wanted or short(race.id) == words]
    return exact or [race for race in every if all(word in _searched(race) for word in wanted.split())]


def latest_first(races: Iterable[Race]) -> list[Race]:
    """The races, the latest vote first."""
    return sorted(sorted(races, key=lambda race: race.id), key=lambda race: race.date, reverse=True)


def followed(ask: Ask) -> list[Race]:
    """The configured races this chat follows, the latest first."""
    all_of_it = ask.store.follows(ask.chat.id)
    wanted = {subscription.race for subscription in all_of_it}
    gone = {subscription.race for subscription in all_of_it if is_let_go(subscription)}
    told = (r for r in ask.races.values() if r.id in wanted or EVERY_RACE in wanted)
    return latest_first(race for race in told if race.id not in gone)


def is_let_go(subscription: Subscription) -> bool:
    """Whether it only says that a chat which follows every race does not want this one."""
    return subscription.muted_until is not None and subscription.muted_until.year >= FOR_GOOD.year


def own(ask: Ask, race: Race) -> Subscription:
    """The race's own subscription; where only "every race" is followed, one with the same wishes is made."""
    every = {s.race: s for s in ask.store.follows(ask.chat.id)}
    if race.id in every or EVERY_RACE not in every:
        return every.get(race.id) or ask.store.follow(ask.chat.id, race.id)
    a = every[EVERY_RACE]
    wishes = {
        name: getattr(a, name)
        for name in ("kinds", "level", "tier", "min_margin", "min_counted", "muted_until", "options")
    }
    return ask.store.follow(ask.chat.id, race.id, **wishes)


def one_race(ask: Ask, tap: str, then: Callable[[Race], Answer], among: list[Race] | None = None) -> Answer:
    """``then`` for the race that is meant; where several could be, their buttons (``tap:…``).

    Without words it is looked for ``among`` these, else in all.
    """
    races = matching(ask.words, ask.races.values()) if ask.words else (among or list(ask.races.values()))
    if len(races) == 1:
        return then(races[0])
    if not races:
        return nothing_found(ask)
    return which(ask, races, tap)


def which(ask: Ask, races: Iterable[Race], tap: str) -> Answer:
    """The question, with a button for each race that there is room for."""
    found = latest_first(races)
    left = len(found) - SHOWN
    more = ask.voice.plural("and {n} other", "and {n} others", left) if left > 0 else None
    return Answer(lines([ask.voice.say("Which race?"), more]), choices(found[:SHOWN], tap))


def nothing_found(ask: Ask) -> Answer:
    """Kindly: there is no such race."""
    if not ask.races:
        return Answer(ask.voice.say("No race is watched at present."))
    said = clean(ask.words, 60)
    return Answer(ask.voice.say("I know no race for “{words}”. /races shows all of them.", words=said))


def choices(races: Iterable[Race], tap: str) -> tuple[tuple[Button, ...], ...]:
    """A button for each race, one to a row."""
    return tuple((Button(shorten(title(race), 60), f"{tap}:{short(race.id)}"),) for race in races)


def by_short(ask: Ask, name: str) -> Race | None:
    """The race a button stands for; None where it is watched no longer."""
    return next((race for race in ask.races.values() if short(race.id) == name), None)


def expired(ask: Ask) -> Answer:
    """Kindly: that button belongs to something that is no more."""
    return Answer(toast=plain(ask.voice.say("This button no longer works.")))


def fold(text: str) -> str:
    """Lower case without accents, so that "Istanbul" finds "İstanbul"."""
    spread = unicodedata.normalize("NFKD", text.replace("ı", "i").casefold())
    return "".join(char for char in spread if not unicodedata.combining(char)).strip()


def _searched(race: Race) -> str:
    names = " ".join(candidate.name for candidate in race.candidates)
    return fold(f"{race.id} {race.title} {race.date.isoformat()} {names}")


def lines(parts: Iterable[Html | None]) -> Html:
    """The parts that are there, one to a line."""
    return Html("\n".join(part for part in parts if part))
