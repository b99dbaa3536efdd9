"""Numbers as feeds and tables write them: "1,651", "4.157.114", "%48,77", ">98%", "274 of 274"."""

import math
import re

from scrapers.parser.contests.contest import Figure
from tally.reading import Counted, Qualifier

_QUALIFIERS = (
    (("≥", ">=", ">", "more than", "over", "at least"), Qualifier.AT_LEAST),
    (("≤", "<=", "<", "less than", "under", "fewer than"), Qualifier.AT_MOST),
    (("~", "≈", "about", "approx", "ca."), Qualifier.ABOUT),
)
# Digits of whatever script, with the separators that stand between groups.
_NUMBER = re.compile(r"[-−+]?\d(?:[\d.,'’٬٫_]|[\s\u00a0\u2009\u202f](?=\d{3}(?!\d)))*")
_GROUPED = re.compile(r"\d{1,3}(?:\D\d{2,3})*\D\d{3}$")
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f_'’٬]")
# A longer text is a sentence and no number.
_LONGEST = 120
_PERCENT = re.compile(
    r"[%٪]|\bper ?cent\b|\bpct\b|yüzde|prozent|por ciento|por cento|pour cent|per cento", re.I
)
_DIGITS = r"(\d[\d.,\u00a0\u202f’']*)"
# What stands between a part and its whole: "274 of 274", "22 sur 26", "30 su 38", "12 von insgesamt 47".
BETWEEN = r"\s*(?:of|/|de|von|di|su|sur|out of|üzerinden)\s*(?:(?:the|las|les|los|as|os|insgesamt)\s+)?"
_OF = re.compile(f"{_DIGITS}{BETWEEN}{_DIGITS}", re.IGNORECASE)


def votes_of(value: object) -> int | None:
    """A whole number of votes, negative ones too (the tally judges); None for what is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value) if math.isfinite(value) and float(value).is_integer() else None
    if not isinstance(value, str) or len(value) > _LONGEST or _PERCENT.search(value):
        return None
    found = _alone(value)
    return _whole(found) if found else None


def share_of(value: object, scale: float = 1.0) -> Figure | None:
    """A percentage, 0–100 where it is sane; ``scale`` is 100 for feeds that write fractions."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return Figure(round(value * scale, 6)) if math.isfinite(value) else None
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    found = _alone(_PERCENT.sub(" ", value))
    number = _decimal(found) if found else None
    return None if number is None else Figure(round(number * scale, 6), qualifier_of(value))


def counted_of(value: object, scale: float = 1.0, basis: str | None = None) -> Counted | None:
    """How much is counted, from 99.2, "99%", ">98%", "274 of 274", "100% (274 of 274) precincts"."""
    if isinstance(value, str) and len(value) <= 2 * _LONGEST:
        percent = re.search(r"[<>~≥≤≈]?\s*(\d+(?:[.,]\d+)?)\s*%|[%٪]\s*(\d+(?:[.,]\d+)?)", value)
        if percent:
            pct = float((percent[1] or percent[2]).replace(",", "."))
            return Counted(pct, qualifier_of(percent[0]), basis or basis_in(value))
        parts = _OF.search(value)
        if parts:
            return part_of(votes_of(parts[1]), votes_of(parts[2]), basis or basis_in(value))
    figure = share_of(value, scale)
    return Counted(figure.value, figure.qualifier, basis) if figure else None


def part_of(part: int | None, whole: int | None, basis: str | None = None) -> Counted | None:
    """``part`` of ``whole`` as a percentage; None where the whole is unknown or nothing."""
    if part is None or not whole or whole < 0:
        return None
    return Counted(round(100 * part / whole, 4), basis=basis)


_BASES = (
    ("precincts", ("precinct",)),
    ("ballot boxes", ("sandık", "sandik", "boxes", "urne", "urna")),
    (
        "polling stations",
        ("polling", "mesa", "seções", "secoes", "sezioni", "bureaux", "wahllokal", "stations"),
    ),
    ("districts", ("wahlkreis", "wahlbezirk", "bezirk", "district", "constituenc", "gebiete", "gemeinden")),
    ("tally sheets", ("acta",)),
    ("votes", ("vote", "oy", "voto", "voti", "stimm", "voix", "ballot")),
)


def basis_in(text: str) -> str | None:
    """What a counted share is a share of, as far as the words beside it tell."""
    low = text.lower()
    return next((basis for basis, words in _BASES if any(word in low for word in words)), None)


def qualifier_of(text: str) -> Qualifier:
    """How exactly a number was given, from the sign or word before it."""
    low = text.strip().lower()
    for starts, qualifier in _QUALIFIERS:
        if low.startswith(starts):
            return qualifier
    return Qualifier.EXACT


def _alone(text: str) -> str | None:
    """The number of a text that holds one number and few words; None where there are more."""
    found = _NUMBER.findall(text)
    rest = _NUMBER.sub("", text)
    return found[0] if len(found) == 1 and len(rest.strip()) <= 30 else None


def _whole(written: str) -> int | None:
    sign = -1 if written[0] in "-−" else 1
    digits = _SPACES.sub("", written.lstrip("-−+")).rstrip(".,")
    tail = re.search(r"[.,٫](\d+)$", digits)
    if tail and len(tail[1]) != 3 and not _GROUPED.fullmatch(digits):
        # "697430.0" out of a spreadsheet; a fraction of a vote is no vote.
        if tail[1].strip("0"):
            return None
        digits = digits[: tail.start()]
    plain = re.sub(r"\D", "", digits)
    return sign * int(plain) if plain and len(plain) <= 15 else None


def _decimal(written: str) -> float | None:
    text = _SPACES.sub("", written).replace("−", "-").replace("٫", ".").rstrip(".,")
    comma, point = text.rfind(","), text.rfind(".")
    text = text.replace(".", "").replace(",", ".") if comma > point else text.replace(",", "")
    try:
        return float(text)
    except ValueError:
        return None
