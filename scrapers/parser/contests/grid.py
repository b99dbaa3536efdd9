"""Rows and columns → contests, whatever the columns' order: tables of pages and CSV alike.

Four forms are told apart: a line for each candidate; a line for each district
with a column for each candidate; the same turned round, with "votes" and "%"
as the lines; and a ledger of who leads by how much at what hour.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from scrapers.parser.contests.cells import Cell, cell_of, is_shares
from scrapers.parser.contests.columns import Role, is_aside, is_total, role_of
from scrapers.parser.contests.contest import Choice, Contest
from scrapers.parser.contests.figures import counted_of, part_of, share_of, votes_of
from scrapers.parser.contests.fractions import in_percent
from scrapers.parser.contests.layout import Grid, Layout, Row
from scrapers.parser.contests.pairs import paired
from scrapers.parser.contests.rounds import last_round
from scrapers.parser.contests.status import call_of, status_of
from scrapers.parser.document.stamps import stamp_of
from tally.reading import Counted, Lead, Status

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def contests_in(grid: Grid) -> tuple[Contest, ...]:
    """Every contest of a grid; none where it holds no results."""
    if not grid.rows:
        return ()
    counted, number = last_round(grid)
    found = tuple(in_percent(contest) for contest in _contests_in(counted))
    return tuple(replace(contest, round=number) for contest in found) if number else found


def _contests_in(grid: Grid) -> tuple[Contest, ...]:
    layout = Layout(grid)
    if layout.names and (layout.has(Role.VOTES) or layout.has(Role.SHARE)):
        return tuple(_long(layout))
    if layout.has(Role.LEADER) and layout.has(Role.MARGIN):
        return tuple(_ledger(layout))
    pairs = paired(grid) if not layout.names else None
    if pairs is not None:
        return tuple(_wide(Layout(pairs)))
    turned = _turned(grid)
    return tuple(turned) or tuple(_wide(layout))


def _long(layout: Layout) -> Iterable[Contest]:
    """A line for each candidate, grouped by contest and unit where columns name them."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in layout.grid.rows:
        unit = layout.label(row, Role.UNIT)
        title = layout.label(row, Role.CONTEST)
        # "Registered voters" stand among the offices of precinct files, and nobody runs for them.
        if not is_aside(title):
            groups.setdefault((title or layout.grid.title, "" if is_total(unit) else unit), []).append(row)
    by_title: dict[str, list[Contest]] = {}
    for (title, unit), rows in groups.items():
        by_title.setdefault(title, []).append(_of_lines(layout, _latest(layout, rows), title, unit or None))
    for contests in by_title.values():
        if all(contest.unit for contest in contests):
            yield _sum(contests)
        if len(contests) > 1 or contests[0].unit is None:
            yield from contests


def _latest(layout: Layout, rows: list[Row]) -> list[Row]:
    """Of a series the lines of the last hour."""
    if not layout.has(Role.STAMP):
        return rows
    hours = [_hour(layout.text(row, Role.STAMP)) for row in rows]
    last = max(hours, default=_EPOCH)
    return [row for row, hour in zip(rows, hours, strict=True) if hour == last]


def _hour(text: str) -> datetime:
    return stamp_of(text, UTC, near=_EPOCH) or _EPOCH


def _of_lines(layout: Layout, rows: list[Row], title: str, unit: str | None) -> Contest:
    cast = next(
        (votes_of(layout.text(row, Role.VOTES)) for row in rows if is_total(_name(layout, row))), None
    )
    lines = [row for row in rows if not is_total(_name(layout, row)) and not is_aside(_name(layout, row))]
    contest = Contest(title=title, choices=(), where=layout.grid.where, unit=unit, votes_cast=cast)
    choices = tuple(_choice(layout, row) for row in lines if _name(layout, row))
    return replace(_with_facts(contest, layout, rows), choices=choices)


def _name(layout: Layout, row: Row) -> str:
    parts = [row[n].strip() for n in layout.names if n < len(row)]
    return " ".join(part for part in parts if part) or layout.label(row, Role.PARTY)


def _choice(layout: Layout, row: Row) -> Choice:
    name = _name(layout, row)
    votes, share = cell_of(layout.text(row, Role.VOTES)), cell_of(layout.text(row, Role.SHARE))
    mark = layout.text(row, Role.WINNER)
    pct = share.as_share() or votes.share
    return Choice(
        name=name,
        id=layout.text(row, Role.ID) or None,
        party=layout.label(row, Role.PARTY) or None,
        votes=votes.votes if votes.votes is not None else share.votes if not layout.has(Role.VOTES) else None,
        share=pct.value if pct else None,
        call=call_of(mark) or (call_of("winner") if any(tick in name for tick in "✓✔☑") else None),
        mark=mark,
        quote=" | ".join(cell.strip() for cell in row if cell.strip()),
        where=layout.grid.where,
    )


def _with_facts(contest: Contest, layout: Layout, rows: list[Row]) -> Contest:
    """What stands in every line and belongs to the contest: how much is counted, since when, as what."""
    if not rows:
        return contest
    row = rows[0]
    written = layout.text(row, Role.TURNOUT)
    turnout = share_of(written)
    cast = votes_of(layout.text(row, Role.CAST))
    if cast is None and turnout and turnout.value > 100:
        cast = votes_of(written)  # some call the number of voters the turnout
    return replace(
        contest,
        id=layout.text(row, Role.CODE) or contest.id,
        votes_cast=contest.votes_cast if cast is None else cast,
        electorate=votes_of(layout.text(row, Role.ELECTORATE)) or contest.electorate,
        counted=_counted(layout, row),
        stamp=layout.text(row, Role.STAMP) or None,
        status=status_of(layout.text(row, Role.STATUS)) or Status.UNOFFICIAL,
        status_word=layout.text(row, Role.STATUS) or None,
        turnout=turnout.value if turnout and turnout.value <= 100 else None,
    )


def _counted(layout: Layout, row: Row) -> Counted | None:
    counted = counted_of(layout.text(row, Role.COUNTED))
    reported, whole = layout.text(row, Role.REPORTED), layout.text(row, Role.REPORTABLE)
    told = next((text for text in (reported, whole) if "%" in text), None)
    return counted or counted_of(told) or part_of(votes_of(reported), votes_of(whole), "precincts")


def _sum(contests: list[Contest]) -> Contest:
    """The whole of a contest that is told by its units only."""
    lines: dict[tuple[str, str | None], Choice] = {}
    for choice in (choice for contest in contests for choice in contest.choices):
        key = (choice.name, choice.party)
        before = lines.get(key)
        if before is None:
            lines[key] = replace(choice, share=None, quote=f"{choice.name}: {choice.votes}")
        elif choice.votes is not None:
            votes = (before.votes or 0) + choice.votes
            lines[key] = replace(before, votes=votes, quote=f"{before.quote} + {choice.votes}")
    one = contests[0]
    return replace(one, choices=tuple(lines.values()), unit=None, counted=None, votes_cast=None, turnout=None)


def _ledger(layout: Layout) -> Iterable[Contest]:
    """Who leads by how many, with the newest line first or last."""
    rows = [row for row in layout.grid.rows if layout.text(row, Role.LEADER)]
    for row in _latest(layout, rows)[:1]:
        margin = votes_of(layout.text(row, Role.MARGIN))
        contest = Contest(
            title=layout.label(row, Role.CONTEST) or layout.grid.title,
            choices=(),
            where=layout.grid.where,
            lead=Lead(layout.text(row, Role.LEADER), votes=margin),
            votes_left=votes_of(layout.text(row, Role.LEFT)),
            quote=" | ".join(cell.strip() for cell in row if cell.strip())[:200],
        )
        yield _with_facts(contest, layout, [row])


def _turned(grid: Grid) -> Iterable[Contest]:
    """Candidates over the columns, "votes" and "%" down the side."""
    sides = {
        role: row
        for row in reversed(grid.rows)
        if row and not is_total(row[0]) and (role := role_of(row[0])) in (Role.VOTES, Role.SHARE)
    }
    # With words down the side the names may be a row of their own, under no header at all.
    named = next((row for row in grid.rows if row and role_of(row[0]) is Role.CANDIDATE), None)
    names = grid.headers[1:] if any(h.strip() for h in grid.headers) or named is None else named[1:]
    if not sides or not any(name.strip() and role_of(name) is None for name in names):
        return ()
    votes, shares = sides.get(Role.VOTES, ()), sides.get(Role.SHARE, ())
    choices = [
        _of_cells(name, cell_of(_at(votes, n)), cell_of(_at(shares, n)), grid.where)
        for n, name in enumerate(names, 1)
        if name.strip() and role_of(name) is None
    ]
    return (Contest(title=grid.title, choices=tuple(choices), where=grid.where),)


def _at(row: Row, index: int) -> str:
    return row[index] if index < len(row) else ""


def _of_cells(name: str, votes: Cell, share: Cell, where: str) -> Choice:
    pct = share.as_share() or votes.share
    quote = " ".join(part for part in (name, votes.text, share.text) if part)
    return Choice(name.strip(), votes=votes.votes, share=pct.value if pct else None, quote=quote, where=where)


def _wide(layout: Layout) -> Iterable[Contest]:
    """A line for each district or hour, a column for each candidate."""
    grid = layout.grid
    columns = _choice_columns(layout)
    if len(columns) < 2:
        return
    shares = is_shares([row[n] for row in grid.rows for n in columns if n < len(row)])
    keys = [
        n
        for n in range(len(grid.headers))
        if n not in columns and layout.roles.get(n) in (Role.CONTEST, Role.UNIT)
    ]
    keys = keys or [n for n in range(len(grid.headers)) if n not in columns and n not in layout.roles][:1]
    groups: dict[str, list[Row]] = {}
    for row in grid.rows:
        groups.setdefault(" ".join(row[n].strip() for n in keys if n < len(row)), []).append(row)
    for label, rows in groups.items():
        row = _latest(layout, rows)[-1]
        yield _of_row(layout, row, label, columns, shares)


def _choice_columns(layout: Layout) -> list[int]:
    """Columns whose header is no known word and whose cells are numbers: a candidate's or a party's."""
    grid = layout.grid
    if grid.choices:
        return sorted(grid.choices)
    unknown = [n for n, header in enumerate(grid.headers) if header.strip() and n not in layout.roles]
    return [n for n in unknown if all(cell_of(_at(row, n)).is_number_or_empty for row in grid.rows)]


def _of_row(layout: Layout, row: Row, label: str, columns: list[int], shares: bool) -> Contest:
    grid = layout.grid
    whole = not label or is_total(label) or len(grid.rows) == 1
    title = " ".join(part for part in (grid.title, "" if grid.title and whole else label) if part)
    choices = [
        _of_cells(
            grid.headers[n],
            cell_of("" if shares else _at(row, n)),
            cell_of(_at(row, n) if shares else ""),
            grid.where,
        )
        for n in columns
    ]
    leader = layout.text(row, Role.LEADER)
    contest = _with_facts(Contest(title=title, choices=tuple(choices), where=grid.where), layout, [row])
    # A page's table of districts is one contest in parts; a file of districts is many contests.
    unit = None if whole or not grid.title else label
    status = Status.TEST if status_of(leader) is Status.TEST else contest.status
    return replace(contest, unit=unit, status=status, lead=Lead(leader) if leader else None)
