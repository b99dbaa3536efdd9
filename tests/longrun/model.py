"""What a follower's settings promise, told once more: nothing of the bot or the store is used.

News are the plain rows of the database's events; a follower is a handful of
wishes. ``promised`` goes through a night in its order and says what each
follower must find in the chat.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

RANK = {"urgent": 0, "important": 1, "routine": 2}
OPERATORS_ONLY = {"quarantined", "source_lost", "source_back"}
NUMBERS = {"first_results", "lead_change", "tie", "line_change", "milestone", "close"}
ABOUT_THE_COUNT = NUMBERS | {"stale", "resumed"}
EVERYTHING = "*"


@dataclass(frozen=True)
class Wishes:
    """What is wanted of one race (or of every race)."""

    kinds: frozenset[str] | None = None
    level: str = "routine"
    tier: str = "flash"
    min_margin: float | None = None
    min_counted: float | None = None
    muted: bool = False


@dataclass(frozen=True)
class Follower:
    """One reader. ``quiet`` is "", "hold" or "drop": whether it is night there, and what of it."""

    name: str
    wishes: dict[str, Wishes] = field(default_factory=dict)
    quiet: str = ""
    operator: bool = False
    blocked: bool = False


@dataclass
class Promise:
    """One message that a follower must find, and the edits it may have; ``silent`` as it must come."""

    key: str
    silent: bool
    edited_by: list[str] = field(default_factory=list)


def mark(name: str) -> str:
    """How a button names a race or a piece of news."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def promised(follower: Follower, night: Sequence[dict[str, Any]]) -> dict[str, Promise]:
    """The messages of one follower by the key of their news, in order."""
    found: dict[str, Promise] = {}
    if follower.blocked:
        return found
    by_key = {news["key"]: news for news in night}
    for news in night:
        first = by_key.get(news.get("updates") or "")
        if news["kind"] in OPERATORS_ONLY:
            if follower.operator:
                found[news["key"]] = Promise(news["key"], _is_silent(news, news["level"]))
        elif first is not None and first["key"] in found:
            found[first["key"]].edited_by.append(news["key"])
        elif first is None or news["tier"] == "confirmed":
            level = _worth(news, first)
            told = set[str | None](found) | {by_key[key].get("updates") for key in found}
            raised = first is not None and level == "urgent" != first["level"]
            if _wanted(follower, news, level, told, late=first is not None and not raised):
                found[news["key"]] = Promise(news["key"], _is_silent(news, level))
    return found


def _worth(news: dict[str, Any], first: dict[str, Any] | None) -> str:
    """A confirmation is worth what the first word was; of another lead it is urgent."""
    if first is None:
        return str(news["level"])
    confirmed = news["kind"] == "lead_change" and "flips" not in (news.get("details") or {})
    return "urgent" if confirmed else str(first["level"])


def _is_silent(news: dict[str, Any], level: str) -> bool:
    """It rings for what is urgent, for another lead, for what takes something back, and for operators."""
    back, kind = news.get("corrects") is not None, news["kind"]
    rings = back or kind == "lead_change" or kind in OPERATORS_ONLY
    return level == "routine" or (level == "important" and not rings)


def _wanted(
    follower: Follower, news: dict[str, Any], level: str, told: set[str | None], *, late: bool
) -> bool:
    wishes = follower.wishes.get(news["race"]) or follower.wishes.get(EVERYTHING)
    if wishes is None or wishes.muted:
        return False
    if follower.quiet and level != "urgent":
        return False
    if late and wishes.tier != "confirmed":
        return False
    if news.get("corrects") is not None and news["corrects"] in told:
        return True
    if wishes.tier == "confirmed" and news["tier"] != "confirmed":
        return False
    if RANK[level] > RANK[wishes.level] or (wishes.kinds is not None and news["kind"] not in wishes.kinds):
        return False
    return news["kind"] not in ABOUT_THE_COUNT or _enough(wishes, news.get("headline") or {})


def _enough(wishes: Wishes, headline: dict[str, Any]) -> bool:
    margin, counted = headline.get("margin_points"), (headline.get("counted") or {}).get("pct")
    wide = wishes.min_margin is None or margin is None or margin >= wishes.min_margin
    return wide and (wishes.min_counted is None or counted is None or counted >= wishes.min_counted)


def overtaken(key: str, told: Iterable[str], night: Sequence[dict[str, Any]]) -> bool:
    """Whether newer numbers of the same race, of no lower worth, went out in the place of this."""
    order = [news["key"] for news in night]
    by_key = {news["key"]: news for news in night}
    old = by_key[key]
    return any(
        news["kind"] in NUMBERS
        and old["kind"] in NUMBERS
        and news["race"] == old["race"]
        and order.index(news["key"]) > order.index(key)
        and RANK[news["level"]] <= RANK[old["level"]]
        for news in map(by_key.__getitem__, told)
    )
