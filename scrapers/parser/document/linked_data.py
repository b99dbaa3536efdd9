"""JSON-LD: what a page says about itself to machines."""

import html
import json
import re
from collections.abc import Iterator

from scrapers.parser.document.document import Document, Media

Linked = dict[str, object]
_DEEPEST = 6
# Comments and CDATA marks that templates put around the data for browsers of long ago.
_WRAPPING = re.compile(
    r"^\s*(?:(?:/\*|//)?\s{0,4}<!\[CDATA\[\s{0,4}(?:\*/)?|<!--)"
    r"|(?:(?:/\*|//)?\s{0,4}\]\]>\s{0,4}(?:\*/)?|-->)$"
)

# Texts that may hold markup of their own, which must not be made of their entities.
_WITH_MARKUP = ("articleBody", "text", "description")


def linked_data(document: Document) -> tuple[Linked, ...]:
    """Every object of every JSON-LD block that can be read, those inside @graph and lists too."""
    if document.media is not Media.HTML:
        return ()
    found = document.known.get("linked data")
    if not isinstance(found, tuple):
        nodes = document.tree.css("script[type='application/ld+json']")
        found = document.known["linked data"] = tuple(thing for node in nodes for thing in _of(node.text()))
    return found


def of_type(things: tuple[Linked, ...], *suffixes: str) -> Iterator[Linked]:
    """Those whose type ends with one of the words ("NewsArticle" ends with "Article")."""
    return (thing for thing in things if any(t.endswith(suffixes) for t in types_of(thing)))


def types_of(thing: Linked) -> list[str]:
    """The types of one object, without their namespace."""
    kinds = thing.get("@type")
    items = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in items if isinstance(kind, str)]


def text_in(thing: Linked, *keys: str) -> str:
    """The first of these that is a text, stripped; also out of {"@value": …} and lists."""
    for key in keys:
        value = thing.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("@value") or value.get("text") or value.get("@id")
        if isinstance(value, str) and value.strip():
            return html.unescape(value.strip()) if key not in _WITH_MARKUP else value.strip()
    return ""


def _of(text: str) -> Iterator[Linked]:
    body = _WRAPPING.sub("", text.strip()).strip().rstrip(";")
    try:
        # Line breaks inside strings are everywhere, and no reason to read nothing.
        yield from _objects(json.loads(body, strict=False), _DEEPEST)
    except (ValueError, RecursionError):
        return


def _objects(value: object, depth: int) -> Iterator[Linked]:
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth - 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth - 1)
