"""Numbers as people write them: 53.6 %, yüzde 53,6, 4.7 million, 777 bin 581, two thirds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from scrapers.parser.prose.fold import fold
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


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled number forms of one language."""

    any_number: re.Pattern[str]
    words: dict[str, float]
    scales: dict[str, float]
    fractions: dict[str, float]
    phrases: dict[str, float]
    decimal: str
    group: str
    before: tuple[tuple[Qualifier, re.Pattern[str]], ...]
    after: tuple[tuple[Qualifier, re.Pattern[str]], ...]
    joins: re.Pattern[str]


def _alternatives(words: "list[str] | dict[str, float]") -> str:
    return "|".join(re.escape(fold(w)) for w in sorted(words, key=len, reverse=True)) or "(?!)"


@lru_cache(maxsize=64)
def grammar(pack: Pack) -> Grammar:
    """The number forms of a pack, compiled once."""
    data = pack.numbers
    words = {fold(k): float(v) for k, v in data.get("words", {}).items()}
    scales = {fold(k): float(v) for k, v in data.get("scales", {}).items()}
    fractions = {fold(k): float(v) for k, v in data.get("fractions", {}).items()}
    return Grammar(
        any_number=re.compile(_pattern(pack, words, scales, fractions)),
        words=words,
        scales=scales,
        fractions=fractions,
        phrases={fold(k): float(v) for k, v in data.get("phrases", {}).items()},
        decimal=data.get("decimal", "."),
        group=data.get("group", ","),
        before=_qualifiers(pack, "{}", trailing=True),
        after=_qualifiers(pack, "{}_after", trailing=False),
        joins=re.compile(rf"\s?(?:-|/|{pack.source(data.get('joins', ['to']))})\s?"),
    )


def _pattern(pack: Pack, words: dict[str, float], scales: dict[str, float], parts: dict[str, float]) -> str:
    data = pack.numbers
    spaced = r"|\d{1,3}(?:\s\d{3})+(?!\d)(?:,\d+)?" if data.get("group_space") else ""
    lakhs = r"|\d{1,2}(?:,\d{2})+,\d{3}(?!,?\d)" if data.get("group") == "," else ""
    digits = (
        rf"(?:\d{{1,3}}(?:[.,']\d{{3}})+(?![\d])(?:[.,]\d+)?{spaced}{lakhs}"
        r"|\d+(?:[.,]\d{1,4})?|(?<!\d)\.\d{1,3}(?=\s?%|\sper))(?!\d)"
    )
    scale = rf"(?:[\s-]?(?:{_alternatives(scales)})(?!\w))"
    tail = rf"(?:\s{digits}{scale}?(?![.,]?\d)){{0,3}}" if data.get("composite") else ""
    literal = rf"{digits}(?:{scale}{tail})?"
    if data.get("composite"):  # "ocho millones 835 mil 579"
        begun = rf"(?:{_alternatives(words)})\s(?:{_alternatives(scales)})"
        literal = rf"(?:{literal}|{begun}(?:\s{digits}{scale}?(?![.,]?\d)){{1,3}})"
    word = rf"(?:{_alternatives({**words, **scales})})"
    link = "|".join([r"[\s-]", *(rf"\s{fold(j)}\s" for j in data.get("word_joins", ()))])
    decimal_word = "".join(rf"(?:\s{fold(p)}\s(?:{word}))?" for p in data.get("point_words", ()))
    if data.get("glued_words"):
        link = f"{link}|"
    units = pack.source([*data.get("percent", ()), *data.get("points", ()), *data.get("counted_nouns", ())])
    spelt = rf"{word}(?:(?:{link}){word}){{0,6}}{decimal_word}{_before_what(units)}"
    after = data.get("fraction_not_before")
    fraction = rf"(?:{_alternatives(parts)})(?!\w)" + (
        rf"(?!\s(?:{pack.source(after)})(?!\w))" if after else ""
    )
    prefix = pack.source(data.get("percent_before", ["(?!)"]))
    phrase = rf"(?P<phrase>{_alternatives(data.get('phrases', {}))})(?!\w)"
    any_of = rf"{phrase}|(?P<fraction>{fraction})|(?P<word>{spelt})|(?P<digits>{literal})"
    spelt_prefix = rf"(?P<prefix>(?:{prefix})\s?)(?P<pword>{word}(?:[\s]?{word}){{0,3}})(?!\w)"
    points = pack.source(data.get("points", ["(?!)"]))
    percent = pack.source(["%", *data.get("percent", ())])
    ending = rf"(?P<points>[\s-]?(?:{points})(?!\w))|(?P<percent>[\s-]?(?:{percent})(?!\w|%))"
    suffix = r"(?:'[^\W\d]{1,7})?" if data.get("number_suffix") else ""
    money = pack.source(data.get("money", ["[$€£]"]))
    money_after = pack.source(data.get("money_after", ["(?!)"]))
    return (
        rf"(?<![\w.,])(?:{spelt_prefix}{suffix}|(?P<money>(?:{money})\s?)?(?P<sign>[+]?)"
        rf"(?P<lead>(?:{prefix})\s?)?(?:{any_of}){suffix}"
        rf"(?:{ending}|(?P<cash>\s?(?:{money_after})(?!\w)))?{suffix})"
    )


def _before_what(units: str) -> str:
    """A number in words counts before a unit, or as the part of a whole: "seven of 13 rounds"."""
    return rf"(?=[\s-](?:{units})(?!\w)|\s(?:out\s)?of\s(?:(?:the|its|all)\s)?\d)"


def _qualifiers(pack: Pack, form: str, *, trailing: bool) -> tuple[tuple[Qualifier, re.Pattern[str]], ...]:
    kinds = (Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.ABOUT)
    found = ((k, pack.numbers.get(form.format(k.value), ())) for k in kinds)
    side = r"(?<!\w)(?:{})\s(?:[\w']+\s)?$" if trailing else r"\s?(?:{})(?!\w)"
    return tuple((k, re.compile(side.format(pack.source(words)))) for k, words in found if words)


def find(folded: str, pack: Pack) -> list[Number]:
    """The numbers of a folded sentence, in order, not overlapping."""
    rules = grammar(pack)
    found = [n for m in rules.any_number.finditer(folded) if (n := _number(m, folded, rules, pack))]
    return list(_share_units(found, folded, rules))


def _number(match: re.Match[str], folded: str, rules: Grammar, pack: Pack) -> Number | None:
    value = _value(match, rules)
    if value is None:
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
