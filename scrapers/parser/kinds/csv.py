"""CSV by column names: a line for each candidate, or a column for each."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from scrapers.parser.contests import Contest, page_of
from scrapers.parser.contests.around import counted_in, stamp_in
from scrapers.parser.contests.columns import Role, role_of
from scrapers.parser.contests.grid import contests_in
from scrapers.parser.contests.layout import Grid
from scrapers.parser.contests.names import folded
from scrapers.parser.contests.status import names_are_a_test, status_around
from scrapers.parser.document import Media, document_of
from scrapers.parser.options import OF_CONTESTS, Option, a_text, checker, text_options, texts
from scrapers.parser.page import Page, Unreadable
from tally.capture import Capture
from tally.race import Race, Source
from tally.reading import Status

NAME = "csv"
FETCHED_BY = "results_feed"
# Options that name a column; where none does, the headers' words decide.
_COLUMNS = {
    "candidate": Role.CANDIDATE,
    "party": Role.PARTY,
    "votes": Role.VOTES,
    "share": Role.SHARE,
    "counted": Role.COUNTED,
    "counted_part": Role.REPORTED,
    "counted_of": Role.REPORTABLE,
    "as_of": Role.STAMP,
    "status": Role.STATUS,
    "winner": Role.WINNER,
    "turnout": Role.TURNOUT,
    "id": Role.ID,
    "contest_columns": Role.CONTEST,
    "unit_columns": Role.UNIT,
    "ignored_columns": Role.IGNORED,
}
OPTIONS = {
    **OF_CONTESTS,
    **{name: Option(f"column (or columns) of: {role.value}", texts) for name, role in _COLUMNS.items()},
    "delimiter": Option("what stands between cells; found out where it is not given", a_text),
}
check_options = checker(OPTIONS)
csv.field_size_limit(1_000_000)
_MOST_ABOVE, _MOST_COLUMNS = 10, 500


def sniff(capture: Capture) -> float:
    """Text whose first line is several known headers."""
    document = document_of(capture)
    if document.media is not Media.TEXT:
        return 0.0
    lines = [line for line in document.text[:20_000].splitlines() if line.strip()][: _MOST_ABOVE + 2]
    start = _start([_cells(line) for line in lines])
    headers = _cells(lines[start]) if len(lines) > start + 1 else []
    if len(headers) < 3 or len(_cells(lines[start + 1])) < 2:
        return 0.0
    return 0.9 if _known(headers) >= 2 else 0.5


def _known(cells: list[str]) -> int:
    return sum(role_of(cell) is not None for cell in cells if cell)


def _start(rows: list[list[str]]) -> int:
    """The row of the headers: the first one, or one under a few lines of title and date."""
    above = rows[: _MOST_ABOVE + 1]
    return next((n for n, row in enumerate(above) if _known(row) >= 2 and len(row) >= 3), 0)


def _cells(line: str) -> list[str]:
    delimiter = _delimiter(line)
    return next(csv.reader([line], delimiter=delimiter), []) if delimiter else []


def read(capture: Capture, race: Race, source: Source, published: datetime | None) -> Page:
    """One contest's lines."""
    return page_of(contests(capture, source.options), capture, race, source, published, rule=NAME)


def contests(capture: Capture, options: Mapping[str, object]) -> tuple[Contest, ...]:
    """Every contest in the file; of a series the last hour."""
    document = document_of(capture)
    if document.media in (Media.HTML, Media.JSON, Media.XML):
        raise Unreadable(f"{document.media.value} where CSV was expected")
    rows = _rows(document.text, options)
    start = _start(rows)
    above = [" ".join(cell.strip() for cell in row if cell.strip()) for row in rows[:start]]
    headers = tuple(cell.strip() for cell in rows[start])
    if len(headers) < 2:
        raise Unreadable("not the shape of CSV: a single column")
    if len(headers) > _MOST_COLUMNS:
        raise Unreadable(f"{len(headers):,} columns, {_MOST_COLUMNS} are read at most")
    grid = Grid(
        headers,
        tuple(_filled(row, len(headers)) for row in rows[start + 1 :]),
        title=above[0] if above else "",
        where="the file",
        roles=_roles(headers, options),
        choices=_choices(headers, options),
    )
    found = contests_in(grid)
    if not found:
        raise Unreadable(f"no columns of results among: {', '.join(headers)}"[:300])
    return _all_tests(tuple(_told_above(contest, above) for contest in found))


def _told_above(contest: Contest, lines: list[str]) -> Contest:
    """A contest with what the lines over the headers tell: how much is counted, since when, as what."""
    if not lines:
        return contest
    status = contest.status if contest.status_word else status_around(lines, ()) or contest.status
    stamp = contest.stamp or stamp_in(lines)
    return replace(contest, counted=contest.counted or counted_in(lines), stamp=stamp, status=status)


def _all_tests(contests: tuple[Contest, ...]) -> tuple[Contest, ...]:
    """A file with one made-up candidate is a rehearsal as a whole: five minutes of such a file on a
    live address had "test" in one line and plausible names in the others.
    """
    if not any(contest.status is Status.TEST or names_are_a_test(contest.choices) for contest in contests):
        return contests
    return tuple(replace(contest, status=Status.TEST) for contest in contests)


def _rows(text: str, options: Mapping[str, object]) -> list[list[str]]:
    given = options.get("delimiter")
    delimiter = given[:1] if isinstance(given, str) and given else _delimiter_of(text)
    if not delimiter:
        raise Unreadable("not the shape of CSV: nothing stands between the cells of its first line")
    try:
        rows = [
            row
            for row in csv.reader(io.StringIO(text), delimiter=delimiter)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise Unreadable(f"broken CSV: {error}") from error
    if not rows:
        raise Unreadable("empty body")
    return rows


def _delimiter_of(text: str) -> str | None:
    """Of the first line, or of the one under it whose cells are known headers."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][: _MOST_ABOVE + 1]
    known = next((line for line in lines if _known(_cells(line)) >= 2), None)
    return _delimiter(known or text[: text.find("\n")] or text)


def _delimiter(line: str) -> str | None:
    counts = {mark: line.count(mark) for mark in (",", ";", "\t", "|")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else None


def _filled(row: list[str], width: int) -> list[str]:
    return (row + [""] * width)[:width]


def _roles(headers: tuple[str, ...], options: Mapping[str, object]) -> dict[int, Role]:
    """Columns that the options name; a name that is not there means that the file changed its shape."""
    places = {folded(header): n for n, header in enumerate(headers)}
    roles = {}
    for option, role in _COLUMNS.items():
        for name in text_options(options, option):
            if folded(name) not in places:
                raise Unreadable(f"the column {name!r} (option {option}) is missing")
            roles[places[folded(name)]] = role
    return roles


def _choices(headers: tuple[str, ...], options: Mapping[str, object]) -> frozenset[int]:
    """Columns named on the left of the option candidates: those of the wide form."""
    mapped = options.get("candidates")
    names = {folded(str(name)) for name in mapped} if isinstance(mapped, Mapping) else set()
    return frozenset(n for n, header in enumerate(headers) if folded(header) in names)
