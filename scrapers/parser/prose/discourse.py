"""What a text has told so far, so that "he" and "his opponent" mean somebody, or nobody."""

from dataclasses import dataclass, field

from scrapers.parser.prose import names as people
from scrapers.parser.prose.names import Mention, Names
from scrapers.parser.prose.skeleton import Sentence
from tally.race import Candidate

_GENDERS = {people.HE: "he", people.SHE: "she", people.THEY: "they"}


@dataclass(slots=True)
class Discourse:
    """The state of a story between sentences. Marks are the skeleton's characters for candidates."""

    names: Names
    candidates: tuple[Candidate, ...]
    subject: str | None = None
    recent: list[Mention] = field(default_factory=list)
    speaker: str | None = None
    said: str | None = None  # who spoke last, for a quotation that goes on without a name
    is_past: bool = False  # whether the sentence before told of an earlier vote only
    is_open: bool = False  # whether a quotation is open between two sentences
    leader: str | None = None
    before: Sentence | None = None
    stranger: str | None = None  # who acted in the sentence before, where it was no candidate
    order: tuple[str, ...] = ()
    margin: float | None = None
    tallies: dict[str, dict[str, float]] = field(default_factory=dict)

    def opponent(self, mark: str) -> str | None:
        """The other one where there are just two."""
        if len(self.candidates) != 2 or not people.is_candidate(mark):
            return None
        return self.names.mark(1 - (ord(mark) - people.CANDIDATES_FROM))

    def fits(self, mark: str, pronoun: str) -> bool:
        """Whether a pronoun may mean a candidate: unknown is a yes."""
        index = ord(mark) - people.CANDIDATES_FROM
        if not 0 <= index < len(self.candidates):
            return False
        known = self.candidates[index].pronoun
        return known is None or _GENDERS.get(pronoun) in (known, "they", None)

    def antecedent(self, pronoun: str) -> str | None:
        """Whom a pronoun at a sentence's head means: the one candidate of the sentence before."""
        fits = {m.mark for m in self.recent if people.is_candidate(m.mark) and self.fits(m.mark, pronoun)}
        strangers = [m for m in self.recent if m.mark == people.OTHER_PERSON and m.full and m.case is None]
        if len(fits) == 1 and (not strangers or self.subject in fits):
            return next(iter(fits))
        return (
            self.subject if self.subject in fits and not strangers and self.subject != self.leader else None
        )

    def told(self, kind: str, numbers: dict[str, float]) -> None:
        """Remember numbers of one kind, also where each sentence tells one candidate's only."""
        self.tallies.setdefault(kind, {}).update(numbers)
        self.counted(self.tallies[kind])

    def counted(self, votes: dict[str, float]) -> None:
        """Remember a count by candidate, in the order told: who leads, and by how much."""
        if len(votes) < 2:
            return
        first, second = sorted(votes.values(), reverse=True)[:2]
        self.order, self.margin = tuple(votes), first - second
        self.leader = max(votes, key=lambda mark: votes[mark])

    def pause(self) -> None:
        """A new paragraph, or a sentence that was not read: no quotation goes on over it."""
        self.speaker = self.before = None
        self.tallies = {}
        self.is_open = self.is_past = False
        self.stranger = None

    def after(self, mentions: list[Mention], subject: str | None) -> None:
        """Remember a sentence that names somebody; one that names nobody keeps the talk as it is."""
        if any(m.mark < people.HE for m in mentions):
            self.recent = [m for m in mentions if m.mark < people.HE]
            self.subject = subject
            if subject is not None and all(m.mark != subject for m in self.recent):
                self.recent.append(Mention(0, 0, subject))  # "She beat ②": the story is about her still
