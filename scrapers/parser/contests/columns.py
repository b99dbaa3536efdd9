"""What a column, a key or a row is about, by its words in several languages."""

import re
import tomllib
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from scrapers.parser.contests.names import folded


class Role(StrEnum):
    """What a column holds. ``IGNORED`` are known and of no use here (changes, earlier votes, colours)."""

    CANDIDATE = "candidate"
    GIVEN = "given"
    SURNAME = "surname"
    PARTY = "party"
    VOTES = "votes"
    SHARE = "share"
    COUNTED = "counted"
    REPORTED = "reported"
    REPORTABLE = "reportable"
    STAMP = "stamp"
    LEADER = "leader"
    MARGIN = "margin"
    LEFT = "left"
    CONTEST = "contest"
    CODE = "code"
    UNIT = "unit"
    WINNER = "winner"
    STATUS = "status"
    TURNOUT = "turnout"
    CAST = "cast"
    ELECTORATE = "electorate"
    ID = "id"
    IGNORED = "ignored"


@cache
def _words() -> dict[str, dict[str, frozenset[str]]]:
    loaded = tomllib.loads(Path(__file__).with_name("columns.toml").read_text("utf-8"))
    return {part: {name: frozenset(words) for name, words in lists.items()} for part, lists in loaded.items()}


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@lru_cache(maxsize=2048)
def header_words(header: str) -> str:
    """A header folded, camel case taken apart, the sign for per cent in words."""
    text = _CAMEL.sub(" ", header).replace("%", " percent ").replace("٪", " percent ")
    return folded(text)


@lru_cache(maxsize=2048)
def role_of(header: str) -> Role | None:
    """What a header says its column holds; None for one that says nothing known (a candidate's name)."""
    words = header_words(header)
    if not words:
        return None
    roles = _words()["roles"]
    best: tuple[int, Role] | None = None
    for name, phrases in roles.items():
        if words in phrases:
            return Role(name)
        length = max((len(p) for p in phrases if f" {p} " in f" {words} "), default=0)
        if length and (best is None or length > best[0]):
            best = length, Role(name)
    # A long header that merely mentions a word is no column of it ("No candidate has ...").
    return best[1] if best and best[0] * 4 >= len(_YEAR.sub("", words)) else None


def is_plain(header: str) -> bool:
    """Whether a header is a role's word and nothing else ("votes", not "absentee_votes")."""
    words = header_words(header)
    return any(words in phrases for phrases in _words()["roles"].values())


def years_in(text: str) -> set[int]:
    """The years a text names."""
    return {int(year) for year in _YEAR.findall(text)}


def year_in(header: str) -> int | None:
    """The last year a header names, as columns of an earlier vote do."""
    return max(years_in(header), default=None)


def is_total(label: str) -> bool:
    """Whether a row's label says that it adds up the others."""
    return _row(label, "total")


def is_aside(label: str) -> bool:
    """Whether a row is about ballots or voters and nobody's votes."""
    roles = _words()["roles"]
    return _row(label, "aside") or any(folded(label) in roles[part] for part in ("cast", "electorate"))


def _row(label: str, part: str) -> bool:
    # "% exprimés" is a share and no total of those "exprimés".
    return header_words(label) in _words()["rows"][part]


def text_words(part: str) -> frozenset[str]:
    """Words of running text: "counted", "turnout", "updated"."""
    return _words()["text"][part]


@cache
def text_pattern(part: str) -> re.Pattern[str]:
    """The words of running text as one pattern; each may have an ending."""
    words = sorted(text_words(part), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})")


def is_no_count(title: str) -> bool:
    """Whether a title stands over a poll, a forecast or a turnout."""
    words = f" {folded(title)} "
    return any(f" {word} " in words for word in text_words("no_count"))


def is_others(label: str) -> bool:
    """Whether a line gathers candidates who are not named."""
    return folded(label) in text_words("others")
