"""Tables with columns for several rounds or several votes: only those of the race's own stand.

A ranked count has a column a round, a run-off stands beside the first round, a German ballot has two votes.
"""

import re
from dataclasses import replace

from scrapers.parser.contests.columns import Role, header_words, role_of
from scrapers.parser.contests.layout import Grid

_WORD = "(?:round|count|stage|tour|ronda|vuelta|runde|durchgang|wahlgang|tur|turno)"
_ORDINALS = (
    "first primer primera premier premiere primeiro primo erster ilk 1st 1er 1ere 1a 1o",
    "second segunda segundo secondo zweiter deuxieme seconde ikinci runoff 2nd 2e 2eme 2a 2o",
)
_OF_WORDS = {word: n for n, words in enumerate(_ORDINALS, 1) for word in words.split()}
_ROUND = re.compile(
    rf"\b(?:{_WORD} (?P<after>\d{{1,2}})|(?P<before>\d{{1,2}}) ?(?:st|nd|rd|th|er|e|o|a)? {_WORD}"
    rf"|(?P<word>{'|'.join(_OF_WORDS)}) {_WORD})\b"
)
_FIRST_VOTE, _SECOND_VOTE = re.compile(r"\berststimmen?\b"), re.compile(r"\bzweitstimmen?\b")


def last_round(grid: Grid) -> tuple[Grid, int | None]:
    """The table with the earlier rounds' columns left out, and the last round's number where it is a ranked
    count's; else as it is.
    """
    grid = _one_vote(grid)
    rounds = {n: found for n, header in enumerate(grid.headers) if (found := _round(header))}
    told = [n for n in rounds if any(_has_number(row[n]) for row in grid.rows if n < len(row))]
    if len({number for number, _ in rounds.values()}) < 2 or not told:
        return grid, None
    last = max(rounds[n][0] for n in told)
    roles = {
        n: (role or Role.VOTES) if number == last else Role.IGNORED for n, (number, role) in rounds.items()
    }
    ranked = all(role is None for _, role in rounds.values())
    return replace(grid, roles={**roles, **grid.roles}), last if ranked else None


def _round(header: str) -> tuple[int, Role | None] | None:
    """The round that a header names, and what it says its column holds; None where it names no round."""
    words = header_words(header)
    found = _ROUND.search(words)
    if found is None:
        return None
    digits = found["after"] or found["before"]
    rest = " ".join(f"{words[: found.start()]} {words[found.end() :]}".split())
    role = role_of(rest) if rest else None
    if rest and role is None:
        return None
    return int(digits) if digits else _OF_WORDS[found["word"]], role


def _has_number(cell: str) -> bool:
    return any(c.isdigit() for c in cell)


def _one_vote(grid: Grid) -> Grid:
    """Of a ballot's two votes the one for lists where lists stand in the lines, else the one for people."""
    words = [header_words(header) for header in grid.headers]
    starts = [n for n, text in enumerate(words) if _FIRST_VOTE.search(text) or _SECOND_VOTE.search(text)]
    kinds = {bool(_SECOND_VOTE.search(words[n])) for n in starts}
    if len(kinds) < 2:
        return grid
    of_lists = not any(role_of(header) in (Role.CANDIDATE, Role.SURNAME) for header in grid.headers)
    roles, keep = dict(grid.roles), True
    for n in range(starts[0], len(words)):
        if n in starts:
            keep = bool(_SECOND_VOTE.search(words[n])) is of_lists
        if not keep:
            roles[n] = Role.IGNORED
    return replace(grid, roles=roles)
