"""Tables of a ranked count with a column for each round: only the last round stands."""

import re
from dataclasses import replace

from scrapers.parser.contests.columns import Role, header_words
from scrapers.parser.contests.layout import Grid

_WORD = "(?:round|count|stage|tour|ronda|vuelta|runde|durchgang|wahlgang|tur|turno)"
_ROUND = re.compile(rf"{_WORD} (\d{{1,2}})|(\d{{1,2}})(?:st|nd|rd|th|er|e|o|a)? {_WORD}")


def last_round(grid: Grid) -> tuple[Grid, int | None]:
    """The table with the last round's column as its votes, and that round's number; else as it is."""
    rounds = {n: number for n, header in enumerate(grid.headers) if (number := _number(header))}
    told = [n for n in rounds if any(_has_number(row[n]) for row in grid.rows if n < len(row))]
    if len(rounds) < 2 or not told:
        return grid, None
    last = max(told, key=lambda n: rounds[n])
    roles = {n: Role.VOTES if n == last else Role.IGNORED for n in rounds}
    return replace(grid, roles={**roles, **grid.roles}), rounds[last]


def _number(header: str) -> int | None:
    found = _ROUND.fullmatch(header_words(header))
    return int(found[1] or found[2]) if found else None


def _has_number(cell: str) -> bool:
    return any(c.isdigit() for c in cell)
