"""CSV by column names: a line for each candidate, or a column for each."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from scrapers.parser.contests import Contest, page_of
from scrapers.parser.contests.columns import Role, role_of
from scrapers.parser.contests.grid import contests_in
from scrapers.parser.contests.layout import Grid
from scrapers.parser.contests.names import folded
from scrapers.parser.contests.status import names_are_a_test
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


def sniff(capture: Capture) -> float:
    """Text whose first line is several known headers."""
    document = document_of(capture)
    if document.media is not Media.TEXT:
        return 0.0
    lines = document.text.lstrip().splitlines()[:2]
    headers = _cells(lines[0]) if len(lines) == 2 else []
    if len(headers) < 3 or len(_cells(lines[1])) < 2:
        return 0.0
    return 0.9 if sum(role_of(header) is not None for header in headers) >= 2 else 0.5


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
    headers = tuple(cell.strip() for cell in rows[0])
    if len(headers) < 2:
        raise Unreadable("not the shape of CSV: a single column")
    grid = Grid(
        headers,
        tuple(_filled(row, len(headers)) for row in rows[1:]),
        where="the file",
        roles=_roles(headers, options),
        choices=_choices(headers, options),
    )
    found = contests_in(grid)
    if not found:
        raise Unreadable(f"no columns of results among: {', '.join(headers)}"[:300])
    return _all_tests(found)


def _all_tests(contests: tuple[Contest, ...]) -> tuple[Contest, ...]:
    """A file with one made-up candidate is a rehearsal as a whole: five minutes of such a file on a
    live address had "test" in one line and plausible names in the others.
    """
    if not any(contest.status is Status.TEST or names_are_a_test(contest.choices) for contest in contests):
        return contests
    return tuple(replace(contest, status=Status.TEST) for contest in contests)


def _rows(text: str, options: Mapping[str, object]) -> list[list[str]]:
    given = options.get("delimiter")
    delimiter = given[:1] if isinstance(given, str) and given else _delimiter(text[: text.find("\n")] or text)
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
