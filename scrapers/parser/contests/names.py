"""Names on a page → configured candidates: by map, by name, never by position."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tally.race import Candidate, Race

# Letters that no decomposition brings to ASCII.
_LETTERS = str.maketrans(
    {
        "ı": "i",
        "İ": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "’": "'",
    }
)
_MARKS = re.compile(r"\((?:[^()]*)\)|\[(?:[^\[\]]*)\]|[*†‡✓✔☑]")
_LONGEST = 200  # no name on a ballot is longer
_APART = re.compile(r"[^\w]+")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "dr", "mr", "mrs", "ms", "prof"}) | {
    "incumbent",
    "winner",
}


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Lower case without diacritics and punctuation: "BİNALİ YILDIRIM" and "Binali Yıldırım" are one."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold()
    bare = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)
    return " ".join(_APART.sub(" ", bare.replace("_", " ")).split())


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[str, ...]:
    words = folded(_MARKS.sub(" ", text[:_LONGEST])).split()
    return tuple(word for word in words if word not in _SUFFIXES) or tuple(words)


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate found, and how surely: 5 by map or id, 4 by the whole name … 1 by the party."""

    candidate: str
    level: int


class NameBook:
    """How one page's names lead to one race's candidates."""

    def __init__(self, race: Race, mapped: object = None) -> None:
        self.race = race
        pairs = mapped.items() if isinstance(mapped, Mapping) else ()
        self._map = {str(key).strip(): str(value) for key, value in pairs}
        self._folded = {folded(key): value for key, value in self._map.items()}

    def find(self, name: str, identity: str | None = None, party: str | None = None) -> Match | None:
        """The candidate meant by a line, or None. ``party`` counts only where the line names nobody else."""
        mapped = self._mapped(identity) or self._mapped(name)
        if mapped is not None:
            return Match(mapped, 5)
        own = {folded(text) for text in (identity, name) if text}
        for candidate in self.race.candidates:
            # A feed's "1" is its own numbering, whatever we call number 1.
            if folded(candidate.id) in own and not candidate.id.isdigit():
                return Match(candidate.id, 5)
        return self._named(name) or self._of_party(name, party)

    def _mapped(self, key: str | None) -> str | None:
        if key is None:
            return None
        return self._map.get(key.strip()) or self._folded.get(folded(key))

    def _named(self, name: str) -> Match | None:
        tokens = _tokens(name)
        if not tokens:
            return None
        for level, fits in ((4, _same), (3, _within), (2, _surname)):
            found = [c.id for c in self.race.candidates if any(fits(tokens, own, c) for own in _names(c))]
            if len(found) == 1:
                return Match(found[0], level)
            if found:
                return None
        return None

    def _of_party(self, name: str, party: str | None) -> Match | None:
        wanted = folded(_MARKS.sub(" ", name[:_LONGEST])) or folded(party or "")
        found = [c.id for c in self.race.candidates if wanted and c.party and folded(c.party) == wanted]
        return Match(found[0], 1) if len(found) == 1 else None

    def all(self, names: Iterable[tuple[str, str | None, str | None]]) -> list[Match | None]:
        """The candidates of several lines. Two lines never share one: the surer keeps it, of equals none."""
        matches = [self.find(*line) for line in names]
        surest: dict[str, int] = {}
        for match in matches:
            if match:
                surest[match.candidate] = max(surest.get(match.candidate, 0), match.level)
        times = Counter(matches)
        return [m if m and m.level == surest[m.candidate] and times[m] == 1 else None for m in matches]


@lru_cache(maxsize=1024)
def _names(candidate: Candidate) -> tuple[tuple[str, ...], ...]:
    written = (candidate.name, *candidate.aliases, candidate.surname or "")
    return tuple(dict.fromkeys(_tokens(name) for name in written if name))


def _same(tokens: tuple[str, ...], own: tuple[str, ...], candidate: Candidate) -> bool:
    # Lists put the surname first, with a comma or without: the order says nothing.
    return sorted(tokens) == sorted(own)


def _within(tokens: tuple[str, ...], own: tuple[str, ...], candidate: Candidate) -> bool:
    """One name holds the other ("Ekrem İmamoğlu CHP", "Biden"); a lone word must be the surname."""
    short, long = sorted((tokens, own), key=len)
    if not set(short) <= set(long):
        return False
    return len(short) > 1 or short[0] == _last(candidate) or len(own) == 1


def _surname(tokens: tuple[str, ...], own: tuple[str, ...], candidate: Candidate) -> bool:
    """The surname, with given names that don't contradict: Joe and Joseph, not Jane and John."""
    surname = _last(candidate)
    if surname not in tokens or len(own) < 2:
        return False
    party = set(folded(candidate.party or "").split())
    given = [t for t in tokens if t != surname and t not in party]
    ours = [t for t in own if t != surname]
    return not given or not ours or any(_like(a, b) for a in given for b in ours)


def _last(candidate: Candidate) -> str:
    return _tokens(candidate.surname or candidate.name)[-1]


def _like(one: str, other: str) -> bool:
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return one[:2] == other[:2]
