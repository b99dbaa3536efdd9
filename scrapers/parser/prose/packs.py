"""Language packs: everything the reader knows about one language, in one TOML file.

A pack's patterns are words, with a little syntax: ``(a|b)`` one of, ``?`` may be missing, ``*``
any ending of a word, ``...`` up to six words between, ``..`` up to three without a comma. ``{C}``
is a candidate, ``{P}`` any name or pronoun, ``{W}`` a name only, ``{%}`` a per cent number, ``{N}``
any other number, ``{name}`` a list of the pack. Patterns are folded as texts are, so they may be
written as people write.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from scrapers.parser.prose import required
from scrapers.parser.prose.fold import fold

LANGUAGES = Path(__file__).parent.parent / "languages"
NOTHING = re.compile(r"(?!)")

CANDIDATE = "[\ue000-\uefff]"
CASE = "[\uf200-\uf20f]"
_MARKS = {
    "C": CANDIDATE,
    "P": f"[\ue000-\uf0ff]{CASE}?",
    "W": f"[\ue000-\uf00f]{CASE}?",
    "%": "\uf100",
    "N": "[\uf101\uf104]",
    "PTS": "\uf102",
    "M": "[\uf100-\uf104]",
    "Q": "[\uf100-\uf102\uf104]",
    "S": CASE,
}
_PRONOUN_MARKS = (("he", "\uf010"), ("she", "\uf011"), ("they", "\uf012"))
# Lists that are matched on the letters of a sentence, where names and pronouns are still words.
_ON_LETTERS = frozenset(
    {
        "he", "she", "they", "rival_phrases", "rival_objects", "him_objects", "titles", "never_names",
        "desks", "agencies", "boards", "attribution_before", "attribution_after", "attribution_counts",
        "attribution_subject", "attribution_end", "origin_nouns", "origin_again", "other_source",
        "figures_are", "about_figures", "not_after_name", "before_name", "verb_after_name", "pollsters",
        "first_round_title", "desk_again", "repeat_title", "runs_again_title", "side_before", "side_after",
    }
)  # fmt: skip
_GAP = "\\s(?:[^\\s;:!?\uf100-\uf104]+\\s){0,6}?"
_SHORT_GAP = "\\s(?:[^\\s,;:!?()\uf100-\uf104]+\\s){0,3}?"
_PLACE = re.compile(r"\{([A-Za-z_%]+)\}")


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """How one kind of claim is said: see the packs for the meaning of each field."""

    name: str
    kind: str
    say: re.Pattern[str]
    actor: str = "subject"
    target: str = "object"
    unless_after: re.Pattern[str] = NOTHING
    unless_before: re.Pattern[str] = NOTHING
    needs: re.Pattern[str] | None = None
    strength: str = "firm"
    veto: bool = True
    pieces: frozenset[str] = frozenset()  # without one of these no wording of the rule can match
    quoted: bool = False
    by_board: bool = False
    by_desk: bool = False
    goes_on: bool = False


class Pack:
    """One language. ``pack["list"]`` is the compiled pattern of a list, never missing."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.code: str = data["code"]
        self.name: str = data.get("name", self.code)
        self.common = frozenset(fold(w) for w in data.get("common", ()))
        self.numbers: Mapping[str, Any] = data.get("numbers", {})
        self.fractions = frozenset(fold(w) for w in self.numbers.get("fractions", {}))
        self.flags: Mapping[str, Any] = data.get("flags", {})
        self.suffixes: Mapping[str, str] = _suffixes(data.get("suffixes", {}))
        self.months: Mapping[str, int] = {fold(k): v for k, v in data.get("months", {}).items()}
        self.abbreviations = frozenset(fold(w) for w in data.get("abbreviations", ()))
        self._lists: dict[str, list[str]] = {k: list(v) for k, v in data.get("words", {}).items()}
        self._apart: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {}
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._pronoun_marks = {
            fold(w): mark for n, mark in _PRONOUN_MARKS for w in self.words(n) if w.isalpha()
        }
        self._pronouns = re.compile(rf"(?<![\w\\'])(?:{'|'.join(self._pronoun_marks) or '(?!)'})(?!\w)")
        self._claims: Sequence[Mapping[str, Any]] = data.get("claims", ())
        self.count_stems = tuple(fold(s) for s in data.get("count_stems", ()))
        stems = {fold(s) for rule in self._claims for s in rule.get("stems", ())}
        self.stems = tuple(sorted({fold(c) for c in data.get("cues", ())} | stems))

    @cached_property
    def claims(self) -> tuple[ClaimRule, ...]:
        """The rules of claiming, compiled when first asked for."""
        return tuple(self._claim(n, c) for n, c in enumerate(self._claims))

    @cached_property
    def claim_pieces(self) -> tuple[str, ...]:
        """All pieces of text one of which a claim of this language must contain."""
        return tuple(sorted({piece for rule in self.claims for piece in rule.pieces}))

    def __getitem__(self, name: str) -> re.Pattern[str]:
        found = self._compiled.get(name)
        if found is None:
            found = self._compiled[name] = self.compile(
                self._lists.get(name, ()), marked=name not in _ON_LETTERS
            )
        return found

    def from_number(self, name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """A list in two: what begins with a per cent number, and the rest.

        The first is found at once (the engine looks for one character), the second costs a look at
        every word: apart they are five times as fast as together.
        """
        found = self._apart.get(name)
        if found is None:
            first = [w for w in self.words(name) if w.startswith("{%}")]
            rest = [w for w in self.words(name) if not w.startswith("{%}")]
            found = self._apart[name] = (self._after_number(first), self.compile(rest))
        return found

    def _after_number(self, patterns: list[str]) -> re.Pattern[str]:
        if not patterns:
            return NOTHING
        tails = self.marked(self.source([p[3:] for p in patterns]))
        aside = rf"(?:\s\({_MARKS['N']}\))?"  # "99,86 % (8.355.059) de las mesas escrutadas"
        return re.compile(rf"{_MARKS['%']}{aside}(?:{tails})(?!\w)")

    def words(self, name: str) -> list[str]:
        """The entries of a list as written."""
        return self._lists.get(name, [])

    def warm(self) -> None:
        """Compile everything now: some 200 ms, better spent before the first page comes in."""
        for name in self._lists:
            self[name]
        for name in ("counted", "uncounted", "counted_of"):
            self.from_number(name)
        len(self.claim_pieces)

    def names(self) -> list[str]:
        """The names of all lists."""
        return list(self._lists)

    def compiled(self) -> list[str]:
        """The names of its lists that are compiled already; one it does not have costs nothing."""
        return [name for name in self._compiled if name in self._lists]

    def flag(self, name: str) -> bool:
        """Whether the pack says that something is so in this language."""
        return bool(self.flags.get(name, False))

    def compile(self, patterns: "list[str] | tuple[str, ...]", *, marked: bool = True) -> re.Pattern[str]:
        """One regular expression for any of ``patterns``, at word boundaries; ``marked``: for skeletons."""
        if not patterns:
            return NOTHING
        source = self.source(patterns)
        return re.compile(rf"(?<!\w)(?:{self.marked(source) if marked else source})(?!\w)")

    def marked(self, source: str) -> str:
        """A pattern for skeletons, where pronouns are marks: "his" as the mark of "he"."""
        return self._pronouns.sub(lambda m: self._pronoun_marks[m[0]], source)

    def source(self, patterns: "list[str] | tuple[str, ...]", depth: int = 0) -> str:
        """The patterns as the source of a regular expression, without boundaries."""
        return "|".join(self._one(p, depth) for p in patterns)

    def _one(self, pattern: str, depth: int) -> str:
        text = _STAR.sub(_star, _fold_words(pattern)).replace(" ... ", "\x00").replace(" ", r"\s")
        text = text.replace("\x00", _GAP).replace(r"\s..\s", _SHORT_GAP)
        return _PLACE.sub(lambda m: self._place(m[1], depth), text)

    def _place(self, name: str, depth: int) -> str:
        if name in _MARKS:
            return _MARKS[name]
        if depth > 6:
            return "(?!)"
        return f"(?:{self.source(self._lists.get(name, ['(?!)']), depth + 1)})"

    def _claim(self, number: int, data: Mapping[str, Any]) -> ClaimRule:
        needs = data.get("needs")
        say = self.compile(data["say"])
        return ClaimRule(
            name=f"{self.code}:{data['kind']}:{data.get('name', number)}",
            kind=data["kind"],
            say=say,
            actor=data.get("actor", "subject"),
            target=data.get("target", "object"),
            unless_after=_leading(self, data.get("unless_after", ())),
            unless_before=_trailing(self, data.get("unless_before", ())),
            needs=self.compile(needs) if needs else None,
            strength=data.get("strength", "firm"),
            veto=data.get("veto", True),
            quoted=data.get("quoted", False),
            by_board=data.get("by_board", False),
            pieces=required.pieces(say.pattern),
            by_desk=data.get("by_desk", False),
            goes_on=data.get("goes_on", False),
        )


_KEEP = re.compile(r"(\{[A-Za-z_%]+\}|\\.)")
_STAR = re.compile(r"(\\.|\)|\w|[.\]])\*")


def _fold_words(pattern: str) -> str:
    """Fold a pattern but not its placeholders and escapes (they may be upper case)."""
    parts = _KEEP.split(pattern)
    return "".join(p if n % 2 else fold(p) for n, p in enumerate(parts))


def _star(match: re.Match[str]) -> str:
    """A star after a group repeats it a few times (nothing may run away), after a letter any ending."""
    before = match[1]
    if before in (")", "]"):
        return before + "{0,6}"
    if before.startswith("\\") or before == ".":
        return before + "{0,60}"
    return before + r"\w{0,30}"


def _leading(pack: Pack, patterns: "list[str] | tuple[str, ...]") -> re.Pattern[str]:
    return re.compile(rf"[\s,]*(?:{pack.marked(pack.source(patterns))})(?!\w)") if patterns else NOTHING


def _trailing(pack: Pack, patterns: "list[str] | tuple[str, ...]") -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pack.marked(pack.source(patterns))})[\s,]*$") if patterns else NOTHING


def _suffixes(data: Mapping[str, list[str]]) -> dict[str, str]:
    return {fold(s): case for case, endings in data.items() for s in endings}


@lru_cache(maxsize=64)
def _load(path: Path, _stamp: float) -> Pack:
    return Pack(tomllib.loads(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=16)
def packs(*folders: Path) -> Mapping[str, Pack]:
    """Every pack found in the house's folder and in ``folders``, by language code."""
    files = [f for folder in (LANGUAGES, *folders) for f in sorted(folder.glob("*.toml"))]
    loaded = (_load(f, f.stat().st_mtime) for f in files)
    return {pack.code: pack for pack in loaded}
