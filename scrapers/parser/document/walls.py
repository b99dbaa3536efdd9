"""Pages that are in the way of a page: bot checks, consent and log-in walls, errors with status 200."""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

from scrapers.parser.document.document import Document, Media

# A story has more text than this; a wall or an error page has less. Cookie notices stand on
# sound pages too, so words alone never condemn a page of any length.
_SHORT = 2500
_SHORTEST = 1200


@cache
def _words() -> dict[str, dict[str, tuple[str, ...]]]:
    loaded = tomllib.loads(Path(__file__).with_name("walls.toml").read_text("utf-8"))
    return {part: {name: tuple(words) for name, words in lists.items()} for part, lists in loaded.items()}


def wall_at_once(document: Document) -> str | None:
    """A bot check that shows before anything is read, by marks in its source or its title."""
    if document.media is not Media.HTML:
        return None
    body = document.capture.body
    # A sound page may load the same company's scripts: marks count on small pages, or beside the title.
    titled = _first_of(_title(document), _words()["bot"]["titles"], start=True)
    if titled and _short_text(document) is not None:
        return f"a bot check ({titled!r})"
    if len(body) < 60_000 and (mark := _first_of(document.text.lower(), _words()["bot"]["marks"])):
        return f"a bot check ({mark!r})" if _short_text(document) is not None else None
    return None


def wall_within(document: Document) -> str | None:
    """A bot check, a consent or a log-in wall where a page had nothing to tell."""
    if document.media is not Media.HTML:
        return None
    text = _short_text(document)
    if text is None:
        return None
    found = _first_of(text, _words()["bot"]["words"])
    if found:
        return f"a bot check ({found!r})"
    # Results before the count are a short page with a table and a link to the cookie settings.
    if document.tree.css_first("table"):
        return None
    for part, name in (("consent", "a consent wall"), ("login", "a log-in wall")):
        words = [word for word in _words()[part]["words"] if word in text]
        if len(words) > 1 or (words and len(text) < _SHORTEST / 2):
            return f"{name} ({words[0]!r})"
    return None


def error_within(document: Document) -> str | None:
    """An error told with status 200: by title or first heading of a short page, or as its only text."""
    if document.media not in (Media.HTML, Media.TEXT) or len(document.text) > 400_000:
        return None
    words = _words()["error"]["words"]
    if document.media is Media.TEXT:
        start = _plain(document.text[:200])
        found = _first_of(start, words) if len(document.text) < 600 else None
        return f"an error page ({found!r})" if found else None
    text = _short_text(document)
    if text is None:
        return None
    found = _first_of(_title(document), words) or _first_of(_heading(document), words)
    found = found or (_first_of(text[:300], words) if len(text) < 300 else None)
    return f"an error page ({found!r})" if found else None


def _first_of(text: str, words: tuple[str, ...], *, start: bool = False) -> str | None:
    if start:
        return next((word for word in words if text.startswith(word)), None)
    return next((w for w in words if w in text and re.search(_standing(w), text)), None)


def _standing(word: str) -> str:
    """A word at its start, with any ending; a number only by itself: "24.500 votes" are no error 500."""
    bare = re.escape(word)
    return rf"(?<![\w.,]){bare}(?![\w.,]?\d)" if word.isdigit() else rf"(?<!\w){bare}"


def _title(document: Document) -> str:
    node = document.tree.css_first("title")
    return _plain(node.text()) if node else ""


def _heading(document: Document) -> str:
    node = document.tree.css_first("h1, h2")
    return _plain(node.text()) if node else ""


def _short_text(document: Document) -> str | None:
    """The text a reader sees, plain; None where there is enough of it to be a story."""
    if "short text" not in document.known:
        document.known["short text"] = _visible(document)
    found = document.known["short text"]
    return found if isinstance(found, str) else None


def _visible(document: Document) -> str | None:
    body = document.tree.body
    if body is None:
        return ""
    parts: list[str] = []
    size = 0
    for node in body.traverse(include_text=True):
        if not node.is_text_node or (node.parent is not None and node.parent.tag in _SILENT):
            continue
        piece = (node.text_content or "").strip()
        size += len(piece)
        if size >= _SHORT:
            return None
        parts.append(piece)
    return _plain(" ".join(part for part in parts if part))


_SILENT = frozenset(("script", "style", "template", "svg"))


def _plain(text: str) -> str:
    low = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i").replace("’", "'"))
    return " ".join("".join(c for c in low if not unicodedata.combining(c)).split())
