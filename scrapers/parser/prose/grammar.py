"""The number forms of a language, compiled from its pack."""

import re
from dataclasses import dataclass
from functools import lru_cache

from scrapers.parser.prose.fold import fold
from scrapers.parser.prose.packs import Pack
from tally.reading import Qualifier


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
    vague: re.Pattern[str]


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
        vague=re.compile(rf"(?<!\w)(?:{pack.source(data.get('vague_before', ['(?!)']))})[\s-]$"),
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
    fraction = rf"(?:{_alternatives(parts)})(?![\w]|-\w)" + (
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
