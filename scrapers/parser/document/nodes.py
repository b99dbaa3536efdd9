"""One way to walk through XML and through JSON that says the same (NIST is published as both)."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

from lxml import etree


class Node(Protocol):
    """An element or an object: children by name without namespace, and its own text."""

    @property
    def text(self) -> str:
        """Its own text, stripped."""

    @property
    def name(self) -> str:
        """Its tag or type without a namespace."""

    def all(self, *names: str) -> "Iterator[Node]":
        """Children of these names, in order."""

    def attribute(self, name: str) -> str:
        """An attribute (XML) or a plain value (JSON); empty where there is none."""


class XmlNode:
    """A node over an lxml element."""

    def __init__(self, element: etree._Element) -> None:
        self._element = element

    @property
    def text(self) -> str:
        """Its own text, stripped."""
        return (self._element.text or "").strip()

    @property
    def name(self) -> str:
        """Its tag without the namespace."""
        return _local(self._element.tag)

    def all(self, *names: str) -> "Iterator[Node]":
        """Children of these names, in order."""
        # Filtered inside lxml: an object for each child that is not meant was most of the time of a feed.
        return (XmlNode(child) for child in self._element.iterchildren(*map(_in_any_namespace, names)))

    def attribute(self, name: str) -> str:
        """An attribute; empty where there is none."""
        return next((str(value).strip() for key, value in self._element.items() if _local(key) == name), "")


class JsonNode:
    """A node over a JSON value; objects' types stand in "@type", their ids in "@id"."""

    def __init__(self, value: object, name: str = "") -> None:
        self._value, self._name = value, name

    @property
    def text(self) -> str:
        """The value where it is a plain one."""
        return _plain(self._value)

    @property
    def name(self) -> str:
        """The key that it stands under."""
        return self._name

    def all(self, *names: str) -> "Iterator[Node]":
        """Values under these keys, lists unrolled."""
        if not isinstance(self._value, dict):
            return
        for name in names:
            value = self._value.get(name)
            for item in value if isinstance(value, list) else [] if value is None else [value]:
                yield JsonNode(item, name)

    def attribute(self, name: str) -> str:
        """A plain value by key, also as "@type" and "@id"."""
        if not isinstance(self._value, dict):
            return ""
        value = self._value.get({"type": "@type", "objectId": "@id"}.get(name, name))
        return _plain(value).rpartition(".")[2] if name == "type" else _plain(value)


def first(node: Node, *path: str) -> Node | None:
    """The first node down a path of names, or None."""
    for name in path:
        found = next(node.all(name), None)
        if found is None:
            return None
        node = found
    return node


def text_at(node: Node, *path: str) -> str:
    """The text of the first node down a path; empty where there is none."""
    found = first(node, *path)
    return found.text if found else ""


@lru_cache(maxsize=512)
def _in_any_namespace(name: str) -> str:
    return f"{{*}}{name}"


@lru_cache(maxsize=2048)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip() if isinstance(value, str | int | float) else ""
