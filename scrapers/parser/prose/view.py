"""One sentence with all that is needed to judge its numbers."""

from collections.abc import Callable
from dataclasses import dataclass, field

from scrapers.parser.prose.actors import Finder
from scrapers.parser.prose.clauses import Clause, clause_at
from scrapers.parser.prose.numbers import Number
from scrapers.parser.prose.packs import Pack
from scrapers.parser.prose.scope import When
from scrapers.parser.prose.skeleton import Sentence
from tally.reading import Counted, Lead, Qualifier, Result


@dataclass(slots=True)
class Line:
    """What a sentence tells of one candidate."""

    votes: int | None = None
    share: float | None = None
    seats: int | None = None
    qualifier: Qualifier = Qualifier.EXACT


@dataclass(slots=True)
class Figures:
    """The numbers of one sentence: lines by candidate mark, lead, counted share, and what was left out."""

    lines: dict[str, Line] = field(default_factory=dict)
    counted: Counted | None = None
    lead: Lead | None = None
    left_out: list[str] = field(default_factory=list)
    owned: dict[int, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.lines and self.counted is None and self.lead is None

    def results(self, id_of: Callable[[str], str]) -> tuple[Result, ...]:
        """The lines as results, each mark as the candidate's id."""
        lines = self.lines.items()
        return tuple(Result(id_of(m), n.votes, n.share, n.qualifier, n.seats) for m, n in lines)

    def line(self, mark: str) -> Line:
        """The line of a candidate, made where there is none."""
        return self.lines.setdefault(mark, Line())


@dataclass(frozen=True, slots=True)
class View:
    """A sentence, its actors, its language, the dates, and the words of the race's own place."""

    sentence: Sentence
    finder: Finder
    pack: Pack
    when: When
    electorate: int | None
    home: frozenset[str]
    past: bool = False  # the sentence goes on telling of an earlier vote
    lefts: dict[int, tuple[str, str]] = field(default_factory=dict)  # a place is asked for again and again

    @property
    def skeleton(self) -> str:
        """The sentence as rules see it."""
        return self.sentence.skeleton

    def number(self, at: int) -> Number:
        """The number that stands at a place."""
        return self.sentence.numbers[at]

    def clause(self, at: int) -> Clause:
        """The clause in which a place lies."""
        return self.finder.clauses[clause_at(self.finder.clauses, at)]

    def left(self, at: int, most: int = 60) -> str:
        """What stands before a place."""
        return self.skeleton[max(0, at - most) : at]

    def ends(self, name: str, at: int) -> bool:
        """Whether what stands before a place ends with an entry of a list, qualifiers aside."""
        lefts = self.lefts.get(at)
        if lefts is None:
            left = self.left(at)
            lefts = self.lefts[at] = (left, _without_qualifier(left, self.pack))
        pattern, (plain, bare) = self.pack[name], lefts
        return bool(pattern.search(plain) or (bare != plain and pattern.search(bare)))

    def follows(self, name: str, at: int) -> bool:
        """Whether an entry of a list stands right after the number at a place."""
        rest = self.skeleton[at + 1 : at + 64]
        return bool(self.pack[name].match(rest.lstrip(" -")))


def _without_qualifier(left: str, pack: Pack) -> str:
    """The words before a number without "more than", "nearly" and the like."""
    for _ in range(3):
        cut = pack["qualifier_end"].sub("", left)
        if cut == left:
            break
        left = cut
    return left
