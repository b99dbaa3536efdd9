"""Who is named: the race's candidates in every form, and other people who stand beside them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from scrapers.parser.prose.fold import fold
from scrapers.parser.prose.packs import Pack
from tally.race import Candidate

OTHER_PERSON, AMBIGUOUS, RIVAL = "\uf000", "\uf001", "\uf013"
HE, SHE, THEY, HIDDEN, HIM = "\uf010", "\uf011", "\uf012", "\uf015", "\uf016"
CANDIDATES_FROM = 0xE000
CASES = {"gen": "\uf200", "acc": "\uf201", "dat": "\uf202", "abl": "\uf203", "loc": "\uf204", "ins": "\uf205"}

_JUNIOR = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLES = frozenset(
    {
        "de", "da", "do", "dos", "del", "della", "di", "von", "van", "der", "den", "la", "le",
        "el", "al", "bin", "du", "des", "y", "e",
    }
)  # fmt: skip
ARTICLES = frozenset(
    {"the", "die", "der", "das", "el", "la", "los", "las", "le", "les", "il", "o", "a", "os", "as"}
)
_GIVEN = frozenset(
    {
        "ann", "anne", "jose", "juan", "maria", "luis", "carlos", "antonio", "manuel", "lee",
        "jean", "marie", "paul", "pierre", "jesus", "joao", "ana", "francisco", "miguel",
        "andres", "alberto", "eduardo", "fernando", "jorge", "pedro", "marco", "giovanni", "karl",
        "heinz", "peter", "tayyip", "ali", "mehmet", "ahmet", "mustafa",
    }
)  # fmt: skip


# Short names that share no beginning with the full ones.
_SHORT = {
    "robert": "bob bobby", "william": "bill billy", "richard": "dick rick", "james": "jim jimmy",
    "john": "jack", "michael": "mike mick", "edward": "ted", "theodore": "ted", "anthony": "tony",
    "elizabeth": "liz beth betty", "margaret": "peggy maggie", "katherine": "kate katie kathy",
    "charles": "chuck", "henry": "harry", "stephen": "steve", "andrew": "andy drew", "joseph": "joe",
    "timothy": "tim", "jose": "pepe", "francisco": "paco", "jonathan": "jon john",
}  # fmt: skip
SHORT_FOR: dict[str, frozenset[str]] = {}
for _full, _shorts in _SHORT.items():
    for _one in _shorts.split():
        SHORT_FOR[_one] = SHORT_FOR.get(_one, frozenset()) | {_full}
        SHORT_FOR[_full] = SHORT_FOR.get(_full, frozenset()) | {_one}


# A given name at a sentence's head: "Carlos Ferrer conceded" is not told of Luis Ferrer.
_OFTEN_GIVEN = """
david thomas daniel matthew mark donald steven kenneth kevin brian george ronald jason jeffrey gary
nicholas eric scott frank gregory samuel patrick alexander dennis jerry tyler aaron adam nathan douglas
zachary kyle walter carl keith roger terry sean ralph roy eugene bobby mary patricia jennifer linda
barbara susan jessica sarah karen lisa nancy sandra ashley emily kimberly donna michelle carol amanda
melissa deborah stephanie rebecca laura sharon cynthia kathleen amy angela shirley anna brenda pamela
emma nicole helen samantha christine carolyn rachel janet catherine heather diane julie ruth
"""
GIVEN_NAMES = _GIVEN | SHORT_FOR.keys() | frozenset(_OFTEN_GIVEN.split())


def is_candidate(mark: str) -> bool:
    """Whether a mark stands for one of the race's candidates."""
    return "\ue000" <= mark <= "\uefff"


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
    for written in (candidate.name, *candidate.aliases):
        yield written
        article, _, rest = written.partition(" ")
        if rest and fold(article) in ARTICLES:
            yield rest
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


_PARTY_WORDS = frozenset(
    {
        "party", "parti", "partisi", "partido", "partei", "partito", "union", "alliance",
        "coalition", "movement", "movimento", "movimiento", "front", "frente", "democrats",
        "liberals", "conservatives", "labour", "greens", "republicans", "list",
    }
)  # fmt: skip
_WORDY = frozenset(
    {
        "yes", "no", "leave", "remain", "ja", "nein", "si", "oui", "non", "sim", "nao", "evet",
        "hayir", "for", "against",
    }
)  # fmt: skip


@lru_cache(maxsize=64)
def names(candidates: tuple[Candidate, ...], pack: Pack) -> Names:
    """The name forms of a race's candidates, compiled once for a language."""
    owners: dict[str, set[int]] = {}
    full: set[str] = set()
    descriptions: set[str] = set()
    for index, candidate in enumerate(candidates):
        for form in _forms(candidate):
            folded = fold(form.strip())
            if pack.flag("nouns_capital") and folded.endswith("e") and " " not in folded:
                owners.setdefault(f"{folded}n", set()).add(index)  # "die Grüne", "der Grünen"
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
