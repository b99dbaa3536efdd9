"""Whom the operator's configuration names: the operators, and the channels that are told of races."""

import re
from collections.abc import Mapping

from bot.channels.telegram import NAME
from storage import EVERY_RACE, Store
from tally.errors import ConfigError
from tally.race import Race

OPERATORS, CHANNELS = "TALLYWIRE_OPERATORS", "TALLYWIRE_CHANNELS"
CONFIGURED = "configured"
_ENTRY = re.compile(r"(@\w{4,64}|-\d{5,20})(?:/([a-z]{2}))?=(\S+)")


def appoint(store: Store, ids: str) -> None:
    """Make these chats (ids, apart by commas or blanks) the operators', and no others on Telegram."""
    named = set(ids.replace(",", " ").split())
    for chat in store.chats(NAME, resting=True):
        if chat.operator and chat.address not in named:
            store.set_operator(chat.id, operator=False)
    for address in sorted(named):
        if not address.lstrip("-").isdigit():
            raise ConfigError(f"{OPERATORS}: {address!r} is no Telegram id")
        store.set_operator(store.add_chat(NAME, address).id, operator=True)


def channels(store: Store, races: Mapping[str, Race], setting: str) -> None:
    """Have channels follow races, as in ``@results/tr=istanbul+ankara, @all=all``; boards come with them.

    The two letters are the channel's language. A channel that is not named any
    more lets go of what it was configured to follow. Raises ConfigError.
    """
    wanted = dict(_entry(entry, races) for entry in re.split(r"[,;\s]+", setting.strip()) if entry)
    for chat in store.chats(NAME, resting=True):
        for subscription in store.follows(chat.id):
            named = wanted.get(chat.address, (None, ()))[1]
            if subscription.options.get(CONFIGURED) and subscription.race not in named:
                store.unfollow(chat.id, subscription.race)
                store.set_board(chat.id, subscription.race, on=False)
    for address, (language, follows) in wanted.items():
        chat = store.add_chat(NAME, address, kind="channel", language=language or "en")
        if language is not None:
            store.set_language(chat.id, language)
        store.reactivate(chat.id)
        known = {s.race for s in store.follows(chat.id)}
        for race in set(follows) - known:
            store.follow(chat.id, race, **{CONFIGURED: True})
            if race != EVERY_RACE:
                store.set_board(chat.id, race, on=True)


def _entry(entry: str, races: Mapping[str, Race]) -> tuple[str, tuple[str | None, tuple[str, ...]]]:
    found = _ENTRY.fullmatch(entry)
    if found is None:
        raise ConfigError(f"{CHANNELS}: {entry!r} is not like @name=race or @name/tr=race+race")
    follows = tuple(EVERY_RACE if race == "all" else race for race in found[3].split("+"))
    unknown = [race for race in follows if race not in races and race != EVERY_RACE]
    if unknown:
        raise ConfigError(f"{CHANNELS}: there is no race {unknown[0]!r}")
    return found[1], (found[2], follows)
