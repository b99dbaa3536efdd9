"""On which line of a TOML document something stands.

The standard parser forgets lines, so the document is read a second time by
tree-sitter, which keeps them and also gets through what is malformed.
"""

import tomllib
from collections.abc import Iterator

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from races.problem import Place

_TOML = Language(tree_sitter_toml.language())
# No race file nests deeper; a file of brackets alone would exhaust the stack.
_DEEPEST = 30
_KEYS = ("bare_key", "quoted_key", "dotted_key")


class Lines:
    """The lines of one document: keys, table headers and the elements of arrays, from 1."""

    def __init__(self, text: str) -> None:
        self._line_of: dict[Place, int] = {}
        self._count: dict[Place, int] = {}
        # Keys given a second time: their line, and the line of the first.
        self.repeated: dict[int, tuple[str, int]] = {}
        self._document(Parser(_TOML).parse(text.encode("utf-8", "surrogatepass")).root_node)

    def of(self, place: Place) -> int:
        """The line of a place, or of the nearest table that holds it; 1 for the document itself."""
        while place and place not in self._line_of:
            if (*place, 0) in self._line_of:  # a list of tables begins with its first
                return self._line_of[*place, 0]
            place = place[:-1]
        return self._line_of.get(place, 1)

    def _document(self, root: Node) -> None:
        for node in root.named_children:
            if node.type == "pair":
                self._pair(node, ())
            elif node.type == "table":
                self._table(node, self._resolved(_header(node)))
            elif node.type == "table_array_element":
                self._table(node, self._element(self._resolved(_header(node))))

    def _table(self, node: Node, place: Place) -> None:
        self._note(place, node)
        for pair in node.named_children:
            if pair.type == "pair":
                self._pair(pair, place)

    def _pair(self, node: Node, table: Place) -> None:
        key = next(iter(node.named_children), None)
        if key is None or key.type not in _KEYS:
            return
        place = table + tuple(_key_parts(key))
        if place in self._line_of:
            self.repeated[_line(node)] = (".".join(map(str, place[len(table) :])), self._line_of[place])
        for length in range(len(table) + 1, len(place) + 1):
            self._note(place[:length], node)
        for value in node.named_children[1:]:
            self._value(value, place)

    def _value(self, node: Node, place: Place) -> None:
        if len(place) > _DEEPEST:
            return
        if node.type == "inline_table":
            for pair in node.named_children:
                self._pair(pair, place)
        elif node.type == "array":
            elements = [child for child in node.named_children if child.type != "comment"]
            for index, child in enumerate(elements):
                self._note((*place, index), child)
                self._value(child, (*place, index))

    def _element(self, place: Place) -> Place:
        index = self._count.get(place, 0)
        self._count[place] = index + 1
        return (*place, index)

    def _resolved(self, keys: list[str]) -> Place:
        """``[sources.options]`` belongs to the last ``[[sources]]`` before it."""
        place: Place = ()
        for position, key in enumerate(keys):
            place = (*place, key)
            if place in self._count and position < len(keys) - 1:
                place = (*place, self._count[place] - 1)
        return place

    def _note(self, place: Place, node: Node) -> None:
        self._line_of.setdefault(place, _line(node))


def _line(node: Node) -> int:
    return int(node.start_point[0]) + 1


def _header(node: Node) -> list[str]:
    key = next((child for child in node.named_children if child.type in _KEYS), None)
    return list(_key_parts(key)) if key is not None else []


def _key_parts(node: Node) -> Iterator[str]:
    if node.type == "dotted_key":
        for child in node.named_children:
            yield from _key_parts(child)
        return
    text = (node.text or b"").decode("utf-8", "replace")
    yield _unquoted(text) if node.type == "quoted_key" else text


def _unquoted(key: str) -> str:
    """A quoted key may hold escapes; the TOML parser itself knows them best."""
    try:
        return next(iter(tomllib.loads(f"{key} = 0")))
    except tomllib.TOMLDecodeError:
        return key.strip("\"'")
