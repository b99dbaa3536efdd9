"""Text that may stand in a Telegram message: cleaned, escaped and measured.

Telegram counts UTF-16 units after parsing and refuses a message with one
stray ``<``. So whatever comes from a page passes through :func:`clean` and is
escaped by being anything else than :class:`Html`.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence

MESSAGE_LIMIT = 4096  # UTF-16 units of a text, after parsing
CAPTION_LIMIT = 1024  # the same for the words under a picture

_TAG = re.compile(r"<[^<>]*>")
_BLANK = re.compile(r"\s+")
_KEPT_FORMAT = "\u200c\u200d"  # Persian and Indic names need the joiners, emoji too
_JOINERS = "\u200d\u200c\ufe0f"
_FIRST_STRONG, _END_ISOLATE = "\u2068", "\u2069"


class Html(str):
    """A piece of ready Telegram HTML; every other string is escaped before it gets in."""

    __slots__ = ()


def escape(value: object) -> Html:
    """``value`` as HTML: as it is where it is HTML already, else escaped."""
    return value if isinstance(value, Html) else Html(html.escape(str(value), quote=False))


def join(parts: Iterable[object], between: str = "") -> Html:
    """The parts, each escaped as needed, with ``between`` among them."""
    return Html(between.join(escape(part) for part in parts))


def tag(element: str, inside: object, **attributes: str) -> Html:
    """``inside`` within an element: ``tag("a", "YSK", href="https://…")``. No value: the name alone."""
    written = "".join(
        f' {name}="{html.escape(value, quote=True)}"' if value else f" {name}"
        for name, value in attributes.items()
    )
    return Html(f"<{element}{written}>{escape(inside)}</{element}>")


def plain(marked: str) -> str:
    """What a reader sees of a piece of HTML made here."""
    return html.unescape(_TAG.sub("", marked))


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str, limit: int | None = None) -> str:
    """One line of foreign text made harmless: no control or direction characters,
    single blanks, at most ``limit`` units (an ellipsis says that it was cut).

    A name with U+202E in it once turned every figure after it around. Text
    that itself runs from right to left is put into an isolate instead.
    """
    kept = "".join(filter(_may_stand, _BLANK.sub(" ", unicodedata.normalize("NFC", text)))).strip()
    kept = kept if limit is None else shorten(kept, limit)
    return f"{_FIRST_STRONG}{kept}{_END_ISOLATE}" if _runs_leftward(kept) else kept


def fitting(parts: Sequence[Html], limit: int = MESSAGE_LIMIT) -> list[Html]:
    """As many of the first parts as fit on lines of one message."""
    kept = list(parts)
    while len(kept) > 1 and units(plain(join(kept, "\n"))) > limit:
        del kept[-1]
    return kept


def shorten(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` units, cut at a word where one ends nearby."""
    if units(text) <= limit:
        return text
    cut = text[:limit]
    while units(cut) > limit - 1 or cut.endswith(tuple(_JOINERS)) or _continues(text, len(cut)):
        cut = cut[:-1]
    at_word = cut.rsplit(" ", 1)[0]
    chosen = at_word if len(at_word) > len(cut) * 2 // 3 else cut
    return chosen.rstrip(" ,;:–—-") + "…"


def width(text: str) -> int:
    """Columns that ``text`` takes in a fixed-width font."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _may_stand(char: str) -> bool:
    """Neither a control nor a format character, a lone surrogate or an unassigned one."""
    return char in _KEPT_FORMAT or unicodedata.category(char) not in {
        "Cc",
        "Cf",
        "Cs",
        "Cn",
        "Co",
        "Zl",
        "Zp",
    }


def _runs_leftward(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text)


def _continues(text: str, at: int) -> bool:
    """Whether the character at ``at`` belongs to the one before it (an accent, a skin tone)."""
    return (
        at < len(text)
        and at > 0
        and (text[at] in _JOINERS or unicodedata.category(text[at]) in {"Mn", "Me", "Sk"})
    )
