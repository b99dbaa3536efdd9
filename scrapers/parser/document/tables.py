"""HTML tables as grids: merged cells spread out, headers found, titles looked for above."""

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from scrapers.parser.contests.columns import role_of

_MOST_COLUMNS = 60
_MOST_ROWS = 3000
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its header cells, its body rows of the same width, and what stands over it."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str
    node: LexborNode


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[str, ...]
    is_head: bool
    is_title: bool  # one cell over the whole width


def tables_in(root: LexborNode | None) -> Iterator[Table]:
    """Tables that hold no further table, in reading order."""
    for node in root.css("table") if root is not None else ():
        if len(node.css("table")) <= 1 and (table := _table(node)):
            yield table


def squeezed(node: LexborNode) -> str:
    """A node's text on one line."""
    return " ".join(node.text(separator=" ").split())


def _table(node: LexborNode) -> Table | None:
    rows = list(_rows(node))
    titles = [row.cells[0] for row in rows if row.is_title]
    plain = [row for row in rows if not row.is_title and any(row.cells)]
    if len(plain) < 2:
        return None
    width = max(len(row.cells) for row in plain)
    heads = _heads(plain)
    body = tuple(_filled(row.cells, width) for row in plain[len(heads) :])
    headers = _joined([_filled(row.cells, width) for row in heads]) if heads else ("",) * width
    caption = node.css_first("caption")
    title = squeezed(caption) if caption else titles[0] if titles else heading_before(node)
    return Table(headers, body, title, node) if body else None


def _rows(node: LexborNode) -> Iterator[_Row]:
    """Rows with merged cells repeated in every place they cover."""
    hanging: dict[int, tuple[int, str]] = {}
    for line in node.css("tr")[:_MOST_ROWS]:
        cells: list[str] = []
        own = [child for child in line.iter() if child.tag in ("td", "th")]
        for cell in own:
            _fill_down(cells, hanging)
            wide, deep = _spans(cell)
            text = squeezed(cell)
            for _ in range(min(wide, _MOST_COLUMNS - len(cells))):
                if deep > 1:
                    hanging[len(cells)] = (deep - 1, text)
                cells.append(text)
        _fill_down(cells, hanging)
        in_head = line.parent is not None and line.parent.tag == "thead"
        alone = len(own) == 1 and _spans(own[0])[0] > 1
        is_head = in_head or (len(own) > 1 and all(cell.tag == "th" for cell in own))
        if cells:
            yield _Row(tuple(cells), is_head, alone)


def _fill_down(cells: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    while len(cells) in hanging:
        left, text = hanging.pop(len(cells))
        if left > 1:
            hanging[len(cells)] = (left - 1, text)
        cells.append(text)


def _spans(cell: LexborNode) -> tuple[int, int]:
    """How many columns and rows a cell covers."""
    attributes = cell.attributes
    if not attributes:
        return 1, 1
    return _number(attributes.get("colspan")), _number(attributes.get("rowspan"))


def _number(written: str | None) -> int:
    if written is None or not (written.isascii() and written.isdigit() and len(written) < 5):
        return 1
    return max(1, min(int(written), _MOST_COLUMNS))


def _heads(rows: list[_Row]) -> list[_Row]:
    """The header rows: marked as such, or a first row of known words."""
    heads = []
    for row in rows:
        if not row.is_head:
            break
        heads.append(row)
    if not heads and sum(role_of(cell) is not None for cell in rows[0].cells) >= 2:
        heads = rows[:1]
    return heads if len(heads) < len(rows) else heads[:1]


def _joined(heads: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Header rows as one: a known last word stands alone, else the words above it belong to it."""
    columns = zip(*heads, strict=True)
    return tuple(_header(list(dict.fromkeys(cell for cell in column if cell))) for column in columns)


def _header(words: list[str]) -> str:
    return " ".join(words)


def _filled(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * width)[:width]


def heading_before(node: LexborNode) -> str:
    """The nearest heading above an element."""
    current: LexborNode | None = node
    while current is not None and current.tag not in ("body", "html"):
        before = current.prev
        while before is not None:
            if before.tag in _HEADINGS:
                return squeezed(before)
            if before.is_element_node and before.tag not in ("table", "script", "style"):
                inner = before.css("h1, h2, h3, h4, h5, h6")
                if inner and before.css_first("table") is None:
                    return squeezed(inner[-1])
            before = before.prev
        current = current.parent
    return ""
