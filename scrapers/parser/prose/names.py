"""Who is named: the race's candidates in every form, and other people who stand beside them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from scrapers.parser.prose.fold import UPPER, fold
from scrapers.parser.prose.packs import Pack
from tally.race import Candidate

OTHER_PERSON, AMBIGUOUS, RIVAL, FIRST_PERSON = "\uf000", "\uf001", "\uf013", "\uf014"
HE, SHE, THEY, HIDDEN = "\uf010", "\uf011", "\uf012", "\uf015"
CANDIDATES_FROM = 0xE000
CASES = {"gen": "\uf200", "acc": "\uf201", "dat": "\uf202", "abl": "\uf203", "loc": "\uf204", "ins": "\uf205"}

_JUNIOR = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLES = frozenset({"de", "da", "do", "dos", "del", "della", "di", "von", "van", "der", "den", "la", "le", "el", "al", "bin", "du", "des", "y", "e"})  # fmt: skip
_GIVEN = frozenset({"ann", "anne", "jose", "juan", "maria", "luis", "carlos", "antonio", "manuel", "lee", "jean", "marie", "paul", "pierre", "jesus", "joao", "ana", "francisco", "miguel", "andres", "alberto", "eduardo", "fernando", "jorge", "pedro", "marco", "giovanni", "karl", "heinz", "peter", "tayyip", "ali", "mehmet", "ahmet", "mustafa"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or pronoun in a sentence. ``mark`` is what stands for it in the skeleton."""

    start: int
    end: int
    mark: str
    case: str | None = None
    full: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The compiled name forms of one race in one language."""

    known: re.Pattern[str]
    owners: dict[str, tuple[int, ...]]
    given: tuple[frozenset[str], ...]
    full: frozenset[str]
    ids: tuple[str, ...]
    descriptions: frozenset[str]
    words_only: frozenset[str]
    shortest: tuple[str, ...]

    def mark(self, candidate: int) -> str:
        """The character that stands for a candidate."""
        return chr(CANDIDATES_FROM + candidate)

    def id_of(self, mark: str) -> str | None:
        """The candidate's id for a mark, or None where the mark is no candidate."""
        index = ord(mark) - CANDIDATES_FROM
        return self.ids[index] if 0 <= index < len(self.ids) else None


def _forms(candidate: Candidate) -> Iterable[str]:
    """Every way to write a name: as configured, without middle names, by surname."""
    for name in (candidate.name, *candidate.aliases):
        yield name
    tokens = [t for t in candidate.name.replace(",", " ").split() if fold(t).strip(".") not in _JUNIOR]
    if candidate.surname:
        yield candidate.surname
        if tokens:
            yield f"{tokens[0]} {candidate.surname}"
    if len(tokens) < 2 or _is_party(candidate.name):
        return
    yield from _surnames(tokens)


def _surnames(tokens: list[str]) -> Iterable[str]:
    first, rest = tokens[0], tokens[1:]
    yield rest[-1]
    yield f"{first} {rest[-1]}"
    for at in range(len(rest) - 1):
        tail = rest[at:]
        if fold(tail[0]) in _PARTICLES or len(rest) > 1:
            yield " ".join(tail)
            yield f"{first} {' '.join(tail)}"
    if len(rest) >= 2 and fold(rest[-2]) not in _PARTICLES | _GIVEN and len(rest[-2]) > 3:
        yield rest[-2]
        yield f"{first} {rest[-2]}"


def _is_party(name: str) -> bool:
    words = fold(name).split()
    return any(w in _PARTY_WORDS for w in words)


_PARTY_WORDS = frozenset({"party", "parti", "partisi", "partido", "partei", "partito", "union", "alliance", "coalition", "movement", "movimento", "movimiento", "front", "frente", "democrats", "liberals", "conservatives", "labour", "greens", "republicans", "list"})  # fmt: skip
_WORDY = frozenset({"yes", "no", "leave", "remain", "ja", "nein", "si", "oui", "non", "sim", "nao", "evet", "hayir", "for", "against"})  # fmt: skip


@lru_cache(maxsize=64)
def names(candidates: tuple[Candidate, ...], pack: Pack) -> Names:
    """The name forms of a race's candidates, compiled once for a language."""
    owners: dict[str, set[int]] = {}
    full: set[str] = set()
    descriptions: set[str] = set()
    for index, candidate in enumerate(candidates):
        for form in _forms(candidate):
            folded = fold(form.strip())
            if len(folded) > 1:
                owners.setdefault(folded, set()).add(index)
                if " " in folded:
                    full.add(folded)
        for phrase in candidate.descriptions:
            owners.setdefault(fold(phrase), set()).add(index)
            descriptions.add(fold(phrase))
    return Names(
        known=_compile(owners, pack),
        owners={k: tuple(sorted(v)) for k, v in owners.items()},
        given=tuple(_given(c) for c in candidates),
        full=frozenset(full),
        ids=tuple(c.id for c in candidates),
        descriptions=frozenset(descriptions),
        words_only=frozenset(k for k in owners if k in _WORDY),
        shortest=tuple(k for k in owners if not any(o != k and o in k for o in owners)),
    )


def _given(candidate: Candidate) -> frozenset[str]:
    written = (candidate.name, *candidate.aliases)
    return frozenset(t.strip(".'\"()") for name in written for t in fold(name).split()[:-1])


def _compile(owners: dict[str, set[int]], pack: Pack) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(f) for f in sorted(owners, key=len, reverse=True)) or "(?!)"
    endings = "|".join(re.escape(s) for s in sorted(pack.suffixes, key=len, reverse=True)) or "(?!)"
    titles = pack.source(pack.words("titles")) if pack.words("titles") else "(?!)"
    glued = "" if pack.flag("suffix_needs_apostrophe") else "?"
    return re.compile(
        rf"(?<!\w)(?P<title>(?:(?:{titles})\.?\s){{0,3}})(?P<name>{alternatives})"
        rf"(?:'{glued}(?P<suffix>{endings})(?!\w)|(?P<bare>')(?!\w)|(?!\w))"
    )


def find(text: str, folded: str, found_by: Names, pack: Pack) -> list[Mention]:
    """Candidates and other people named in a sentence, in order, not overlapping."""
    shouting = _shouts(text)
    known = [
        m for x in found_by.known.finditer(folded) if (m := _known(x, text, folded, found_by, pack, shouting))
    ]
    known = _without_appositions(known, folded, found_by)
    others = _others(text, folded, known, pack, shouting)
    return sorted([*known, *others], key=lambda m: m.start)


def _shouts(text: str) -> bool:
    """Whether capitals say nothing here: a headline in capitals or in title case, or no capitals at all."""
    words = [w for w in re.findall(r"[^\W\d_]{3,}", text)[:40]]
    small = sum(w[0].islower() for w in words)
    headline = not text.rstrip("\"'”’").endswith(".")
    return small == 0 or (headline and small * 3 <= len(words)) or small == len(words)


def _known(
    match: re.Match[str], text: str, folded: str, found_by: Names, pack: Pack, shouting: bool
) -> Mention | None:
    form = match["name"]
    start = match.start("name")
    is_description = form in found_by.descriptions
    if not is_description and not shouting and not text[start].isupper() and text[start] != folded[start]:
        return None
    if not is_description and text[start].islower() and not text.islower():
        return None
    if form in found_by.words_only and not _stands_for_a_side(match, folded, pack):
        return None
    case = _case(match, pack)
    owners = found_by.owners[form]
    text_of = text[match.start() : match.end("name")]
    if is_description and _names_another(text, match.end(), pack):
        return None
    mark = found_by.mark(owners[0]) if len(owners) == 1 else AMBIGUOUS
    if form not in found_by.full and not is_description and not match["title"]:
        other = _other_given_name(text, folded, match, owners, found_by, pack, shouting)
        if other is not None:
            mark = found_by.mark(other) if other >= 0 else OTHER_PERSON
    if pack["not_after_name"].match(folded, match.end() + 1):
        return None
    return Mention(match.start(), match.end(), mark, case, form in found_by.full, text_of)


def _case(match: re.Match[str], pack: Pack) -> str | None:
    if match["suffix"]:
        return pack.suffixes[match["suffix"]]
    return "gen" if match["bare"] and "" in pack.suffixes else None


def _stands_for_a_side(match: re.Match[str], folded: str, pack: Pack) -> bool:
    around = folded[max(match.start() - 24, 0) : match.start()], folded[match.end() : match.end() + 16]
    return bool(
        pack["side_before"].search(around[0].strip())
        or re.match(r"'?\s?(?:side|vote|camp|\(?\d|%)", around[1].strip())
        or pack["side_after"].match(around[1].strip())
    )


def _names_another(text: str, end: int, pack: Pack) -> bool:
    """Whether a description is the title of somebody else: "former prime minister Jane Roe"."""
    return False


_WORD_BEFORE = re.compile(r"([\w.'’-]+)\s$")


def _other_given_name(
    text: str,
    folded: str,
    match: re.Match[str],
    owners: tuple[int, ...],
    found_by: Names,
    pack: Pack,
    shouting: bool,
) -> int | None:
    """None: the surname stands alone. A number: whose it is by the given name before it; -1: a stranger's."""
    before = _WORD_BEFORE.search(text, max(match.start() - 24, 0), match.start())
    if before is None or not before[1][:1].isupper() or pack.flag("nouns_capital"):
        return None
    given = fold(before[1]).strip(".'")
    mine = [o for o in owners if given in found_by.given[o]]
    if len(mine) == 1:
        return mine[0]
    if shouting or before[1].endswith((".", "'s", "’s")) or len(given) < 3 or before[1].isupper():
        return None
    if pack["before_name"].fullmatch(given) or given in pack.common:
        return None
    sentence_start = (
        before.start() == 0
        or text[before.start() - 1] in "\"“'«(:"
        or text[: before.start()].rstrip()[-1:] in ".!?:;-–—"
    )
    return None if sentence_start else -1


def _without_appositions(mentions: list[Mention], folded: str, found_by: Names) -> list[Mention]:
    """ "Former prime minister Binali Yıldırım" is one mention, not two."""
    kept: list[Mention] = []
    for mention in mentions:
        before = kept[-1] if kept else None
        if before and _is_apposition(before, mention, folded, found_by):
            kept[-1] = replace(mention, start=before.start)
        else:
            kept.append(mention)
    return kept


def _is_apposition(a: Mention, b: Mention, folded: str, found_by: Names) -> bool:
    described = fold(a.text).strip() in found_by.descriptions
    return a.mark == b.mark and described and folded[a.end : b.start] in (" ", ", ")


_CAPITALS = re.compile(
    rf"(?<!\w)[{UPPER}][\w'’-]*(?:(?:\.[A-Z])+\.?|\.(?=\s[A-Z]))?(?:\s(?:(?:de|da|dos|del|von|van|bin|al|el|of|la)\s)?[{UPPER}][\w’'-]*(?:(?:\.[A-Z])+\.?)?){{0,5}}"
)


def _others(text: str, folded: str, known: list[Mention], pack: Pack, shouting: bool) -> list[Mention]:
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
    start, end = match.span()
    for a, b in taken:
        if a <= start < b:
            return None
        if start < a < end:
            return None  # "Ohio Governor ①": what stands right before a candidate says who that is
        if end + 1 == a:
            return None
    if end <= start:
        return None
    while (title := pack["titles"].match(folded, start, end)) is not None:
        start = min(
            end, title.end() + len(folded[title.end() : end]) - len(folded[title.end() : end].lstrip(". "))
        )
        if start >= end:
            return None
    words = folded[start:end].split()
    while words and _is_no_name(words[0], pack):
        start += len(words[0]) + 1
        words = words[1:]
    if not words or (len(words) == 1 and not _lone_name(text, folded, start, end, pack)):
        return None
    return _declined(text[start:end], folded, start, end, pack)


def _is_no_name(word: str, pack: Pack) -> bool:
    word = word.strip(".'")
    return word in pack.common or any(
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
    """Whether one capitalised word is a name: in German never by itself, at a sentence's start only with care."""
    word = folded[start:end].split("'", maxsplit=1)[0]
    if pack.flag("nouns_capital"):
        return bool(pack["titles"].search(folded[max(0, start - 20) : start].strip()))
    if start == 0 or text[:start].rstrip()[-1:] in ".!?:;\"“'«-–—•(":
        return bool(pack["verb_after_name"].match(folded, end + 1))
    return not pack["never_names"].fullmatch(word) and len(word) > 1
