"""Results laid out without a table: rows by role, or like elements side by side with a name and numbers."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from scrapers.parser.contests.columns import Role, role_of
from scrapers.parser.document.chrome import DEAD_TAGS
from scrapers.parser.document.tables import Table, heading_before

_MOST_CELLS = 12
_LONGEST_CELL = 80
# A line of results has a name and a number at least.
_Line = list[tuple[str, str]]


def cards_in(root: LexborNode | None, known: frozenset[int] = frozenset()) -> Iterator[Table]:
    """Groups of like siblings that read as a table: the innermost ones, in reading order.

    ``known`` are tables (by ``mem_id``) whose headers say what they hold: what they say is no
    count is none, however their rows look.
    """
    seen: set[int] = set()
    looked: set[int] = set()
    for node in (
        root.css("[role=table], [role=grid], dl, ul, ol, div, section, tbody, main, article") if root else ()
    ):
        # An element that two of the selectors fit comes twice.
        if node.mem_id in looked or (node.parent is not None and node.parent.mem_id in known):
            continue
        looked.add(node.mem_id)
        if node.tag == "dl" or node.attributes.get("role") in ("table", "grid"):
            seen.add(node.mem_id)
        elif _inside(node, seen):
            continue
        lines = _pairs(node) if node.tag == "dl" else [li for li in map(_line, _like_children(node)) if li]
        lines = _under_headers(node, lines)
        if len(lines) >= 2 and len({len(line) for line in lines}) == 1:
            headers = tuple(header for header, _ in lines[0])
            rows = tuple(tuple(text for _, text in line) for line in lines)
            yield Table(headers, rows, heading_before(node), node)


def _inside(node: LexborNode, seen: set[int]) -> bool:
    """Whether a part of what has been read as a whole."""
    parent = node.parent
    for _ in range(3):
        if parent is None:
            return False
        if parent.mem_id in seen:
            return True
        parent = parent.parent
    return False


def _pairs(node: LexborNode) -> list[_Line]:
    """The terms of a list of definitions, each with what is said of it."""
    lines: list[_Line] = []
    for child in node.iter():
        text = " ".join(child.text(separator=" ").split())
        if child.tag == "dt":
            lines.append([("", text)])
        elif child.tag == "dd" and lines and len(text) <= _LONGEST_CELL:
            lines[-1].append(("", text))
    return [line for line in lines if len(line) > 1]


def _under_headers(node: LexborNode, lines: list[_Line]) -> list[_Line]:
    """Lines of what is a table by its roles, under its own headers."""
    headers = [" ".join(n.text(separator=" ").split()) for n in node.css("[role=columnheader]")]
    if not headers or any(len(line) != len(headers) for line in lines):
        return lines
    return [[(h, text) for h, (_, text) in zip(headers, line, strict=True)] for line in lines]


def _like_children(node: LexborNode) -> list[LexborNode]:
    """Children of one make; none where there are other results among them."""
    children = [child for child in node.iter() if child.tag not in DEAD_TAGS]
    rows = [child for child in children if child.attributes.get("role") == "row"]
    if rows:
        return rows
    makes = [(child.tag, (child.attributes.get("class") or "").split()[:1]) for child in children]
    most = max(makes, key=makes.count, default=None)
    like = [child for child, make in zip(children, makes, strict=True) if make == most]
    return like if 2 <= len(like) <= 60 else []


def _line(node: LexborNode) -> _Line | None:
    """The innermost texts of one element, each with what its class says it is; None for what is no line."""
    cells: _Line = []
    for leaf in node.traverse(include_text=True):
        if not leaf.is_text_node or leaf.parent is None or leaf.parent.tag in DEAD_TAGS:
            continue
        text = " ".join((leaf.text_content or "").split())
        if not any(c.isalnum() for c in text):
            continue
        if len(text) > _LONGEST_CELL or len(cells) == _MOST_CELLS:
            return None
        cells.append((_header(leaf.parent, node), text))
    told = "".join(text for _, text in cells)
    sound = len(cells) >= 2 and any(c.isdigit() for c in told) and any(c.isalpha() for c in told)
    return _labelled(cells) if sound else None


def _header(leaf: LexborNode, line: LexborNode) -> str:
    """What an element is, by its class or its data attributes, else by its parent's within the line."""
    node: LexborNode | None = leaf
    while node is not None and node.mem_id != line.mem_id:
        names = [*(node.attributes.get("class") or "").split(), node.attributes.get("data-label") or ""]
        known = next((name for name in names if role_of(name)), None)
        if known:
            return known
        node = node.parent
    return ""


def _labelled(cells: _Line) -> _Line:
    """Cells whose text is only a label ("votes") name the number beside them."""
    kept: _Line = []
    for header, text in cells:
        role = role_of(text) if not any(c.isdigit() for c in text) else None
        if role in (Role.VOTES, Role.SHARE) and kept and kept[-1][1][:1].isdigit() and not kept[-1][0]:
            kept[-1] = (text, kept[-1][1])
        elif role not in (Role.VOTES, Role.SHARE):
            kept.append((header, text))
    return kept
