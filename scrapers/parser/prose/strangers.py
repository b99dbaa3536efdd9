"""People and places that are named but do not stand: where one of them acts, no candidate does."""

import re

from scrapers.parser.prose.fold import UPPER
from scrapers.parser.prose.names import OTHER_PERSON, Mention
from scrapers.parser.prose.packs import Pack

# A particle of a name elsewhere, and "too" in Turkish: "Erdoğan da İmamoğlu'nu kutladı" names two.
_PARTICLE = re.compile(r"\s(?:de|da)\s$")
_PARTICLES = frozenset({"de", "da", "do", "dos", "das", "del", "of", "la", "el", "al"})
_DECLINED = re.compile(r"\w'(\w+)(?=\s)")
_CAPITALS = re.compile(
    rf"(?<!\w)(?!I\b)[{UPPER}][\w'’-]*(?:(?:\.[A-Z])+\.?|\.(?=\s[A-Z]))?(?:\s(?!I\b)(?:(?:de|da|dos|del|von|van|bin|al|el|of|la)\s)?[{UPPER}][\w’'-]*(?:(?:\.[A-Z])+\.?)?){{0,5}}"
)


def find(text: str, folded: str, known: list[Mention], pack: Pack, *, shouting: bool) -> list[Mention]:
    """Other capitalised names: they may be the subject, and then no candidate is."""
    if shouting:
        return []
    taken = [(m.start, m.end) for m in known]
    found = []
    for match in _CAPITALS.finditer(text):
        mention = _other(match, text, folded, taken, pack)
        if mention is not None:
            found.append(mention)
    return found


def _other(
    match: re.Match[str], text: str, folded: str, taken: list[tuple[int, int]], pack: Pack
) -> Mention | None:
    span = _beside_the_known(match, text, folded, taken, pack)
    if span is None or span[1] <= span[0]:
        return None
    start, end = span
    while (title := pack["titles"].match(folded, start, end)) is not None:
        start = min(
            end, title.end() + len(folded[title.end() : end]) - len(folded[title.end() : end].lstrip(". "))
        )
        if start >= end:
            return None
    words = folded[start:end].split()
    opens = _opens(text, start)
    while words and _is_no_name(words[0], pack, opens=opens):
        start += len(words[0]) + 1
        words = words[1:]
    while len(words) > 1 and words[0] in _PARTICLES and text[start].islower():
        start += len(words[0]) + 1  # "Partido dos Trabalhadores" without its first word
        words = words[1:]
    if " ".join(words) in pack.fractions or (
        pack.flag("sov") and pack["not_after_name"].match(folded, end + 1)
    ):
        return None  # "Edirne'nin Keşan ilçesinde": what stands there is a place's name
    if not words or (len(words) == 1 and not _lone_name(text, folded, start, end, pack)):
        return None
    return _declined(text[start:end], folded, start, end, pack)


def _beside_the_known(
    match: re.Match[str], text: str, folded: str, taken: list[tuple[int, int]], pack: Pack
) -> tuple[int, int] | None:
    """What of a run of capitals is left to a stranger beside the candidates in it, or None."""
    start, end = match.span()
    for a, b in taken:
        if a <= start < b:
            if " " not in text[b + 1 : end] or pack.flag("nouns_capital"):
                return None
            start = _over_small(
                text, b + 1, end
            )  # "la segretaria del ① Elly Schlein": a party's name, and then a person's
        if start < a < end and (apart := _PARTICLE.search(folded, start, a)):
            end = apart.start()
        if start < a < end and (span := _apart(folded, start, a, pack)):
            start, end = span
        elif end + 1 == a or start < a < end:
            return None  # "Ohio Governor ①": what stands right before a candidate says who that is
    return start, end


def _over_small(text: str, start: int, end: int) -> int:
    """Behind the small words at a name's beginning: "① of Labour" names "Labour"."""
    while start < end and text[start].islower() and " " in text[start:end]:
        start = text.index(" ", start) + 1
    return start


def _apart(folded: str, start: int, known: int, pack: Pack) -> tuple[int, int] | None:
    """Where a name ends that merely stands before a candidate's: "A Cagliari ①", "Beşiktaş'ta ①"."""
    first, _, rest = folded[start : known - 1].partition(" ")
    if rest and pack["place_before"].fullmatch(f"{first} "):
        return start + len(first) + 1, known - 1
    if not pack.flag("sov"):
        return None
    declined = [m.end() for m in _DECLINED.finditer(folded, start, known) if m[1] in pack.suffixes]
    return (start, declined[-1]) if declined else None


def _opens(text: str, start: int) -> bool:
    """Whether a sentence or a quotation begins at a place, so that a capital letter says nothing."""
    return start == 0 or text[:start].rstrip()[-1:] in ".!?:;\"“'«-–—•("


def _is_no_name(word: str, pack: Pack, *, opens: bool) -> bool:
    """Whether a capitalised word is none of a name; small words are ("São Paulo") but at the beginning."""
    word = word.strip(".'")
    return (opens and word in pack.common) or any(
        pack[name].fullmatch(word) for name in ("never_names", "he", "she", "they")
    )


def _declined(written: str, folded: str, start: int, end: int, pack: Pack) -> Mention:
    last = folded[start:end].rsplit(" ", maxsplit=1)[-1]
    stem, mark, suffix = last.rpartition("'")
    case = pack.suffixes.get(suffix) if mark and stem else None
    if last.endswith("'") and "" in pack.suffixes:
        case = "gen"
    cut = len(suffix) + 1 if case else 0
    return Mention(
        start, end, OTHER_PERSON, case, " " in written, written[: len(written) - cut] if cut else written
    )


def _lone_name(text: str, folded: str, start: int, end: int, pack: Pack) -> bool:
    """Whether one capitalised word is a name: in German never, at a sentence's start only with care."""
    word = folded[start:end].split("'", maxsplit=1)[0]
    if pack.flag("nouns_capital"):
        return bool(pack["titles"].search(folded[max(0, start - 20) : start].strip()))
    if (
        pack.flag("sov")
        and folded[start:end].rpartition("'")[2] in pack.suffixes
        and "'" in folded[start:end]
    ):
        # Only names take their endings with an apostrophe; a city so common that it names parties too is a
        # place where it stands in the locative only.
        return (
            not pack["never_names"].fullmatch(word)
            or pack["cities_at"].fullmatch(folded[start:end]) is not None
        )
    if _opens(text, start):
        return bool(pack["verb_after_name"].match(folded, end + 1))
    return not pack["never_names"].fullmatch(word) and len(word) > 1
