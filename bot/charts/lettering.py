"""Text that a picture can carry: any script there is a font for, and never a box for a letter."""

import unicodedata
from collections.abc import Sequence
from functools import cache

from matplotlib import font_manager
from matplotlib.backend_bases import RendererBase
from matplotlib.font_manager import FontProperties

from bot.wording.markup import clean, shorten
from bot.wording.names import NAME_LIMIT, short_names
from tally.race import Candidate, Race

# DejaVu comes with matplotlib; the others are asked in this order where the machine has them.
_FAMILIES = (
    "DejaVu Sans",
    *("Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "WenQuanYi Zen Hei"),
    *("Noto Sans Arabic", "Noto Naskh Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari"),
    *("Noto Sans Bengali", "Noto Sans Tamil", "Noto Sans Telugu", "Noto Sans Thai", "Noto Sans Georgian"),
    *("Noto Sans Armenian", "Noto Sans Ethiopic", "Noto Sans Khmer", "Noto Sans Myanmar", "Noto Sans Lao"),
    *("Noto Sans Sinhala", "Droid Sans Fallback", "Unifont"),
)
_UNSEEN = "\u2068\u2069\u200e\u200f\ufe0f"  # marks of direction: the shaping finds it out by itself


def font(size: float, *, bold: bool = False) -> FontProperties:
    """The font of everything, with all fallbacks; ``size`` in points."""
    return FontProperties(family=list(families()), size=size, weight="bold" if bold else "normal")


@cache
def families() -> tuple[str, ...]:
    """The families this machine has, DejaVu always first."""
    there = {entry.name for entry in font_manager.fontManager.ttflist}
    return tuple(name for name in _FAMILIES if name in there) or ("DejaVu Sans",)


@cache
def _drawable() -> frozenset[int]:
    found: set[int] = set()
    for family in families():
        path = font_manager.findfont(FontProperties(family=family), fallback_to_default=True)
        found |= set(font_manager.get_font(path).get_charmap())
    return frozenset(found)


def drawable(text: str) -> str:
    """``text`` without what no font has a sign for (emoji, a script that is not installed)."""
    kept = unicodedata.normalize("NFC", "".join(c for c in text if c not in _UNSEEN))
    return " ".join("".join(c for c in kept if ord(c) in _drawable() or c == "\n").split(" ")).strip()


def names(race: Race, order: Sequence[str], limit: int = 20) -> dict[str, str]:
    """A short name for each candidate that can be drawn: the name, else another spelling, else the id."""
    short = short_names(race)
    return {who: shorten(_name(race.candidate(who), short.get(who, who)), limit) for who in order}


def _name(candidate: Candidate | None, short: str) -> str:
    spellings = [short, *([candidate.name, *candidate.aliases, candidate.id] if candidate else [])]
    whole = (text for text in map(_plain, spellings) if text and drawable(text) == text)
    return next(whole, drawable(short) or "?")


def _plain(text: str) -> str:
    return "".join(c for c in clean(text, NAME_LIMIT) if c not in _UNSEEN)


def wrapped(text: str, fonts: FontProperties, width: float, lines: int, renderer: RendererBase) -> str:
    """``text`` on at most ``lines`` lines of ``width`` pixels, cut with an ellipsis where it is longer."""
    words, made = drawable(text).split(" "), list[str]()
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if not line or width_of(longer, fonts, renderer) <= width:
            line = longer
            continue
        made.append(line)
        line = word
    made.append(line)
    if len(made) > lines:
        made = [*made[: lines - 1], " ".join(made[lines - 1 :])]
    return "\n".join(_cut(line, fonts, width, renderer) for line in made)


def width_of(text: str, fonts: FontProperties, renderer: RendererBase) -> float:
    """The width of one line in pixels."""
    return float(renderer.get_text_width_height_descent(text, fonts, ismath=False)[0])


def _cut(line: str, fonts: FontProperties, width: float, renderer: RendererBase) -> str:
    """The longest beginning of a line that fits; found by halves, because names may have 300 letters."""
    if width_of(line, fonts, renderer) <= width:
        return line
    fits, too_long = 0, len(line)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if width_of(line[:middle].rstrip() + "…", fonts, renderer) <= width:
            fits = middle
        else:
            too_long = middle
    return line[:fits].rstrip() + "…"
