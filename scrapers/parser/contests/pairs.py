"""Tables with two columns for each candidate, "votes" and "%" under one name → one column each."""

from scrapers.parser.contests.columns import Role, header_words, is_aside, is_plain, is_total, role_of
from scrapers.parser.contests.layout import Grid, Row

_MOST_COLUMNS = 200
_LONGEST_WORD = 3  # "percent of votes"


def paired(grid: Grid) -> Grid | None:
    """The same table with "4,000 (44.4%)" in one column a candidate; None where its headers are no pairs."""
    if len(grid.headers) > _MOST_COLUMNS:
        return None
    owners = {n: found for n, header in enumerate(grid.headers) if (found := _owner(header))}
    names = list(dict.fromkeys(name for name, _ in owners.values()))
    if len(names) < 2:
        return None
    columns = {(name, role): n for n, (name, role) in owners.items()}
    others = [n for n in range(len(grid.headers)) if n not in owners]
    headers = (*(grid.headers[n] for n in others), *names)
    rows = tuple(_row(row, others, [_cell(row, name, columns) for name in names]) for row in grid.rows)
    places = frozenset(range(len(others), len(headers)))
    return Grid(headers, rows, title=grid.title, where=grid.where, choices=places)


def _owner(header: str) -> tuple[str, Role] | None:
    """Whose column it is and what it holds: "Leyla Demir Votes", "% Demir"."""
    words = header.split()
    if is_plain(header):
        return None
    for size in range(1, min(_LONGEST_WORD, len(words) - 1) + 1):
        for told, name in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            role, own = role_of(" ".join(told)), " ".join(name)
            if role in (Role.VOTES, Role.SHARE) and is_plain(" ".join(told)) and _is_a_name(own):
                return own, role
    return None


def _is_a_name(text: str) -> bool:
    words = header_words(text)
    known = role_of(text) is not None or is_total(text) or is_aside(text)
    return not known and any(c.isalpha() for c in words)


def _row(row: Row, others: list[int], cells: list[str]) -> Row:
    return (*(row[n] if n < len(row) else "" for n in others), *cells)


def _cell(row: Row, name: str, columns: dict[tuple[str, Role], int]) -> str:
    votes, share = (_text(row, columns.get((name, role))) for role in (Role.VOTES, Role.SHARE))
    share = share if not share or "%" in share else f"{share}%"
    return f"{votes} ({share})" if votes and share else votes or share


def _text(row: Row, column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""
