"""A table with what each of its columns holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scrapers.parser.contests.cells import is_both, is_shares, is_votes
from scrapers.parser.contests.columns import Role, header_words, is_total, role_of, text_words, year_in
from scrapers.parser.contests.status import TICKS

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its headers, its rows of the same width, its title and place.

    ``roles`` overrides what a column holds by index; ``choices`` are indexes
    of columns that are candidates (known by configuration).
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    title: str = ""
    where: str = ""
    roles: dict[int, Role] = field(default_factory=dict)
    choices: frozenset[int] = frozenset()


class Layout:
    """Which column holds what."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.roles = {n: role for n, header in enumerate(grid.headers) if (role := role_of(header))}
        self.roles.update(grid.roles)
        for chosen in grid.choices:
            self.roles.pop(chosen, None)
        self._without_earlier_votes()
        self._by_content()
        self._total_of_votes()
        self._columns: dict[Role, int | None] = {}
        self.names = self._names()

    def has(self, role: Role) -> bool:
        """Whether some column holds it."""
        return role in self.roles.values()

    def column(self, role: Role) -> int | None:
        """The column that holds it; of several the one with "total" in its header, else the first."""
        if role not in self._columns:
            found = [n for n, held in self.roles.items() if held is role]
            totals = [n for n in found if "total" in self.grid.headers[n].lower()]
            self._columns[role] = min(totals or found, default=None)
        return self._columns[role]

    def text(self, row: Row, role: Role) -> str:
        """A row's cell of that role; empty where there is none."""
        column = self.column(role)
        return row[column].strip() if column is not None and column < len(row) else ""

    def label(self, row: Row, role: Role) -> str:
        """All cells of that role in a row, as one text."""
        return " ".join(row[n].strip() for n, held in self.roles.items() if held is role and row[n].strip())

    def _names(self) -> tuple[int, ...]:
        """Columns that together name a line's candidate."""
        for roles in ((Role.CANDIDATE,), (Role.GIVEN, Role.SURNAME), (Role.SURNAME,), (Role.PARTY,)):
            if all(self.has(role) for role in roles):
                return tuple(column for role in roles if (column := self.column(role)) is not None)
        return ()

    def _without_earlier_votes(self) -> None:
        """Of columns with years only the latest year's count."""
        years = {n: year for n, header in enumerate(self.grid.headers) if (year := year_in(header))}
        latest = max(years.values(), default=0)
        for n, year in years.items():
            # An only year is the title of this vote, or of an earlier one beside the present.
            if year < latest or (self.roles.get(n) in self._held_without(n) and len(years) < 2):
                self.roles[n] = Role.IGNORED

    def _held_without(self, column: int) -> set[Role]:
        return {role for n, role in self.roles.items() if n != column and role in (Role.VOTES, Role.SHARE)}

    def _by_content(self) -> None:
        """Cells outweigh words: "Votes" over percentages are shares; without words the cells alone tell."""
        columns = {
            n: [row[n] for row in self.grid.rows if n < len(row)] for n in range(len(self.grid.headers))
        }
        for n, role in list(self.roles.items()):
            if role is Role.WINNER and n in columns:
                # "Result" may stand over a mark, over votes and share, or over a number elected.
                told = Role.VOTES if is_both(columns[n]) else role
                self.roles[n] = Role.IGNORED if told is role and _are_seats(columns[n]) else told
            elif role is Role.COUNTED and n in columns and is_votes(columns[n]):
                # "Votes (counted)": a share of the count is no whole number beyond a hundred.
                self.roles[n] = Role.IGNORED if self.has(Role.VOTES) else Role.VOTES
            elif role is Role.VOTES and n in columns and is_shares(columns[n]):
                self.roles[n] = Role.SHARE
            elif role is Role.SHARE and n in columns and is_votes(columns[n]):
                self.roles[n] = Role.VOTES
        self._without_headers(columns)

    def _total_of_votes(self) -> None:
        """A bare "Total" is one of votes beside their ways or their share; else it may be one of seats."""
        headers = self.grid.headers
        ways = any(header_words(header) in text_words("ways") for header in headers)
        if self.has(Role.VOTES) or not (ways or self.has(Role.SHARE)):
            return
        for n, header in enumerate(headers):
            if n not in self.roles and is_total(header):
                self.roles[n] = Role.VOTES

    def _without_headers(self, columns: dict[int, list[str]]) -> None:
        """Columns that nothing is written over: one of names, one of votes, one of shares."""
        blank = [n for n in columns if n not in self.roles and not self.grid.headers[n].strip()]
        numbers = {n for n in blank if any(any(c.isdigit() for c in cell) for cell in columns[n])}
        ticks = [n for n in blank if n not in numbers and _are_ticks(columns[n])]
        self.roles.update({} if self.has(Role.WINNER) else dict.fromkeys(ticks[:1], Role.WINNER))
        blanks = {*numbers, *ticks}
        texts = [n for n in blank if n not in blanks and any(cell.strip() for cell in columns[n])]
        shares = [n for n in numbers if is_shares(columns[n])]
        votes = [n for n in numbers if is_votes(columns[n]) or is_both(columns[n])]
        if texts and not any(self.has(role) for role in (Role.CANDIDATE, Role.SURNAME)):
            self.roles[texts[0]] = Role.CANDIDATE
        for found, role in ((shares, Role.SHARE), (votes, Role.VOTES)):
            # Two columns of one make and no header: nobody can say which is which.
            if len(found) == 1 and not self.has(role):
                self.roles[found[0]] = role


def _are_seats(cells: Sequence[str]) -> bool:
    """Whether a column of those elected counts them and marks nobody."""
    return any(cell.strip().isdigit() and int(cell) > 1 for cell in cells)


def _are_ticks(cells: Sequence[str]) -> bool:
    marks = {cell.strip() for cell in cells} - {""}
    return bool(marks) and marks <= TICKS
