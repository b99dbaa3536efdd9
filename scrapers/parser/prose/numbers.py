"""Numbers as people write them: 53.6 %, yüzde 53,6, 4.7 million, 777 bin 581, two thirds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from scrapers.parser.prose.grammar import Grammar, grammar
from scrapers.parser.prose.packs import Pack
from tally.reading import Qualifier

PERCENT, PLAIN, POINTS, OTHER, VOTES = "\uf100", "\uf101", "\uf102", "\uf103", "\uf104"


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a sentence. ``unit`` is the mark it leaves in the skeleton."""

    start: int
    end: int
    value: float
    unit: str
    qualifier: Qualifier = Qualifier.EXACT
    bare: bool = False  # no unit of its own: "54" in "54-45 percent" had none until its partner gave one
    fraction: bool = False
    decimals: int = 0
    is_money: bool = False


def find(folded: str, pack: Pack) -> list[Number]:
    """The numbers of a folded sentence, in order, not overlapping."""
    rules = grammar(pack)
    found = [n for m in rules.any_number.finditer(folded) if (n := _number(m, folded, rules, pack))]
    return list(_share_units(found, folded, rules))


def _number(match: re.Match[str], folded: str, rules: Grammar, pack: Pack) -> Number | None:
    value = _value(match, rules)
    if value is None or (
        match["word"] and rules.vague.search(folded, max(0, match.start() - 24), match.start())
    ):
        return None
    unit = _unit(match, folded, value, pack)
    amount, decimals = value
    return Number(
        match.start(),
        match.end(),
        amount,
        unit,
        _qualifier(folded, match, rules),
        bare=unit == PLAIN,
        fraction=match["fraction"] is not None,
        decimals=decimals,
        is_money=bool(match["money"] or match["cash"]),
    )


_DATE_OR_TIME = re.compile(r"\d{1,2}[:h]\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")


def _unit(match: re.Match[str], folded: str, value: tuple[float, int], pack: Pack) -> str:
    if match["money"] or match["cash"]:
        return OTHER
    if match["points"] or match["phrase"]:
        return POINTS
    if match["percent"] or match["lead"] or match["prefix"] or match["fraction"]:
        return PERCENT
    if (
        folded[match.end() : match.end() + 1] in (":", "h")
        and folded[match.end() + 1 : match.end() + 2].isdigit()
    ):
        return OTHER
    if folded[max(match.start() - 1, 0) : match.start()] == ":" and match.start() > 1:
        return OTHER if folded[match.start() - 2].isdigit() else PLAIN
    amount, decimals = value
    if amount <= 31 and _is_day(match, folded, pack):
        return OTHER
    if decimals == 0 and 1900 <= amount <= 2100 and len(match["digits"] or "") == 4:
        return OTHER  # a year
    return PLAIN


def _is_day(match: re.Match[str], folded: str, pack: Pack) -> bool:
    """Whether a number is the day of a date: "November 26", "26 de noviembre", "26. November"."""
    before = folded[max(0, match.start() - 14) : match.start()].replace(".", " ").split()
    after = folded[match.end() : match.end() + 18].replace(".", " ").replace("'", " ").split()
    if after and after[0] in ("de", "st", "nd", "rd", "th"):
        after = after[1:]
    return (bool(before) and before[-1] in pack.months) or (
        bool(after) and after[0].strip(",") in pack.months
    )


def _qualifier(folded: str, match: re.Match[str], rules: Grammar) -> Qualifier:
    left = folded[max(match.start() - 32, 0) : match.start()]
    right = folded[match.end() : match.end() + 24]
    for kind, pattern in rules.after:
        if pattern.match(right):
            return kind
    for kind, pattern in rules.before:
        if pattern.search(left):
            return kind
    return Qualifier.ABOUT if match["fraction"] else Qualifier.EXACT


def _value(match: re.Match[str], rules: Grammar) -> tuple[float, int] | None:
    """The number and how many decimals it was given with."""
    if match["phrase"]:
        return rules.phrases[match["phrase"]], 0
    if match["fraction"]:
        return rules.fractions[match["fraction"]], 0
    spelt = match["word"] or match["pword"]
    if spelt:
        amount = spell(spelt, rules)
        return None if amount is None else (amount, 0)
    is_percent = bool(match["percent"] or match["points"] or match["lead"])
    return _digits(match["digits"], rules, is_percent=is_percent)


_PIECE = re.compile(r"\d[\d.,' ]*\d|\d|[^\W\d]+")


def _digits(text: str, rules: Grammar, *, is_percent: bool) -> tuple[float, int] | None:
    total, part, decimals = 0.0, 0.0, 0
    if text.startswith("."):
        text = f"0{text}"
    for piece in _PIECE.findall(text):
        scale = rules.scales.get(piece)
        if scale is not None:
            total, part, decimals = total + part * scale, 0.0, 0
            continue
        if piece in rules.words:
            part = rules.words[piece]
            continue
        if not piece[0].isdigit():
            return None
        scaled = bool(rules.scales) and not text.endswith(piece)
        part, decimals = literal(piece, rules, small=is_percent or scaled)
    return total + part, decimals


def literal(text: str, rules: Grammar, *, small: bool) -> tuple[float, int]:
    """Digits with separators as a number; ``small`` says that it is a share or stands before "million"."""
    text = text.replace(" ", "").replace("'", "").rstrip(".,")
    separators = [c for c in text if c in ".,"]
    if not separators:
        return float(text), 0
    last = separators[-1]
    tail = len(text) - text.rindex(last) - 1
    mixed = len(set(separators)) == 2
    grouping = not mixed and (
        len(separators) > 1 or (tail == 3 and not _is_decimal(text, last, rules, small))
    )
    if grouping:
        return float(text.replace(last, "")), 0
    whole, _, rest = text.rpartition(last)
    return float(f"{whole.replace('.', '').replace(',', '') or '0'}.{rest or '0'}"), len(rest)


def _is_decimal(text: str, mark: str, rules: Grammar, small: bool) -> bool:
    """Whether "50,125" is fifty and a bit: before a per cent sign a group of thousands makes no sense."""
    if text.startswith("0"):
        return True
    return small and (mark == rules.decimal or float(text.replace(mark, "")) > 100)


def spell(text: str, rules: Grammar) -> float | None:
    """The value of a number in words, or None where the words make none."""
    total = part = 0.0
    seen = False
    for word in _spelt_parts(text, rules):
        if word in rules.scales:
            scale = rules.scales[word]
            if scale == 100:
                part = (part or 1) * 100
            else:
                total, part = total + (part or 1) * scale, 0.0
        else:
            part += rules.words[word]
        seen = True
    return total + part if seen else None


def _spelt_parts(text: str, rules: Grammar) -> Iterator[str]:
    known = rules.words.keys() | rules.scales.keys()
    for word in re.split(r"[\s-]+", text):
        rest = word
        while rest:
            fit = next((rest[:n] for n in range(len(rest), 0, -1) if rest[:n] in known), None)
            if fit is None:
                break
            yield fit
            rest = rest[len(fit) :]


def _share_units(numbers: list[Number], folded: str, rules: Grammar) -> Iterator[Number]:
    """Give "58" of "58-41 percent" the unit of its partner, and its qualifier to the pair's second."""
    for here, after in zip_longest(numbers, numbers[1:]):
        if after is None or not here.bare or after.unit not in (PERCENT, POINTS):
            yield here
            continue
        between = folded[here.end : after.start]
        paired = rules.joins.fullmatch(between) and here.value <= 100 and after.unit == PERCENT
        yield _with_unit(here, PERCENT) if paired and not after.fraction else here


def _with_unit(number: Number, unit: str) -> Number:
    return Number(
        number.start, number.end, number.value, unit, number.qualifier, True, number.fraction, number.decimals
    )
