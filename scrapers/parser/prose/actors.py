"""Who did it: the subject of a verb, the owner of a speech, the one who is congratulated."""

import re
from dataclasses import dataclass
from functools import lru_cache

from scrapers.parser.prose import names as people
from scrapers.parser.prose.discourse import Discourse
from scrapers.parser.prose.names import Mention
from scrapers.parser.prose.packs import CASE, Pack
from scrapers.parser.prose.skeleton import Sentence

_NAME = re.compile(f"[\ue000-\uf0ff]{CASE}?")
_MOST_CLAUSES = 6


@dataclass(frozen=True, slots=True)
class Who:
    """A finding: a candidate by mark, or somebody else by name, or (``unknown``) nobody one could name."""

    mark: str | None = None
    name: str | None = None

    @property
    def is_candidate(self) -> bool:
        """Whether it is one of the race's candidates."""
        return self.mark is not None


STRANGER = Who()


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence; ``opener`` is the comma or word that begins it."""

    start: int
    end: int
    opener: str


def clauses(sentence: Sentence, pack: Pack) -> list[Clause]:
    """The clauses of a sentence, in order, covering it."""
    found, start, opener = [], 0, ""
    for match in _breaks(pack).finditer(sentence.skeleton):
        if match.start() >= start:
            found.append(Clause(start, match.start(), opener))
            start, opener = match.end(), match[0]
    return [*found, Clause(start, len(sentence.skeleton), opener)]


@lru_cache(maxsize=64)
def _breaks(pack: Pack) -> re.Pattern[str]:
    words = pack.marked(pack.source(pack.words("clause_break") or ["(?!)"]))
    return re.compile(rf"[,;:](?=[\s\"])|\s[-|]\s|\(|…|(?<!\w)(?:{words})(?!\w)")


def clause_at(parts: list[Clause], at: int) -> int:
    """The index of the clause in which a place lies."""
    return next((i for i, c in enumerate(parts) if at < c.end), len(parts) - 1)


class Finder:
    """Finds who acts in one sentence."""

    def __init__(self, sentence: Sentence, pack: Pack, discourse: Discourse) -> None:
        self.sentence = sentence
        self.pack = pack
        self.discourse = discourse
        self.clauses = clauses(sentence, pack)

    def beside_subject(self, start: int, actor: str) -> str | None:
        """The candidate whose name ends the clause before, joined by "and": "① and ② conceded"."""
        places = [p for p, m in self.sentence.mentions.items() if p < start and m.mark == actor]
        index = clause_at(self.clauses, places[-1]) if places else 0
        if not index or not self.pack["coordinator"].fullmatch(self.clauses[index].opener.strip()):
            return None
        before = self.clauses[index - 1]
        named = [(p, m) for p, m in self.sentence.mentions.items() if before.start <= p < before.end]
        if (
            len(named) != 1
            or not _is_candidate(named[0][1])
            or named[0][1].case
            or self._oblique(named[0][0], before.start)
        ):
            return None
        return (
            named[0][1].mark if self.sentence.skeleton[named[0][0] + 1 : before.end].strip() == "" else None
        )

    def subject(self, start: int, end: int) -> Who | None:
        """The subject of the verb at ``start``–``end``: before it, else (where the language inverts) in or after it."""
        spoken = self._in_first_person(start)
        who = self.speaker(start, end) if spoken else self._before(start)
        if who is not None and (who.is_candidate or who.name or not self.pack.flag("inversion")):
            return who
        if self.pack.flag("inversion"):
            inverted = self._inside(start, end) or self._after(end)
            if inverted is not None:
                return inverted
        return who

    def principal(self, start: int) -> Who | None:
        """For whom others act in a race: "①'s campaign filed a lawsuit"."""
        for at, mention in self.sentence.mentions.items():
            if (
                at < start
                and _is_candidate(mention)
                and self.pack["agents"].match(self.sentence.skeleton, self.end_of(at) + 1)
            ):
                return self.resolve(at, mention)
        return None

    def end_of(self, at: int) -> int:
        """Where the mention at a place ends in the skeleton, its case included."""
        return at + (2 if self.sentence.mentions[at].case in people.CASES else 1)

    def _in_first_person(self, start: int) -> bool:
        """Whether "I" or "we" is the subject inside a quotation: "I called her to concede"."""
        quote = next((a for a, b in self.sentence.quoted if a < start < b), None)
        own = self.clauses[clause_at(self.clauses, start)]
        if quote is None or self._is_relative(own):
            return False
        said = None
        for said in self.pack["first_person"].finditer(self.sentence.skeleton, quote, start):
            pass
        if said is None:
            return False
        between = [
            p for p, m in self.sentence.mentions.items() if said.end() <= p < start and m.mark < people.HE
        ]
        return all(self._oblique(p, quote) or self.sentence.mentions[p].case for p in between)

    def _before(self, start: int) -> Who | None:
        index = clause_at(self.clauses, start)
        own = self.clauses[index]
        beside = self._participle_of(start)
        if beside is not None:
            return beside
        if self._is_relative(own) and not _NAME.search(self.sentence.skeleton, own.start, start):
            return self._antecedent(own)
        for steps in range(min(index + 1, _MOST_CLAUSES)):
            clause = self.clauses[index - steps]
            if steps and self._is_relative(clause):
                if steps == 1 and self._goes_on(own):
                    return self._antecedent(clause)
                continue
            who = self._head(clause, min(clause.end, start), own=steps == 0)
            if who is not None:
                return who
            if steps == 0 and not self.pack.flag("sov") and not self._only_verbal(clause.start, start):
                return STRANGER
        return self._after_opening(index, start)

    def _goes_on(self, clause: Clause) -> bool:
        """Whether a clause is joined to the one before without a comma: "who got 45% and conceded"."""
        before = self.sentence.skeleton[: clause.start - len(clause.opener)].rstrip()
        return bool(self.pack["coordinator"].fullmatch(clause.opener.strip())) and not before.endswith(",")

    def _participle_of(self, start: int) -> Who | None:
        """ "A call from ① conceding the race": a participle right behind a name is that one's."""
        skeleton = self.sentence.skeleton
        if not self.pack["participle"].match(skeleton, start):
            return None
        at = start - 2
        mention = self.sentence.mentions.get(at)
        return self.resolve(at, mention) if mention and skeleton[start - 1] == " " else None

    def _after_opening(self, index: int, start: int) -> Who | None:
        """ "Conceding defeat, ① said": an opening participle belongs to the subject after it."""
        if index or len(self.clauses) < 2 or not self.pack["participle"].match(self.sentence.skeleton, start):
            return None
        following = self.clauses[1]
        return self._head(following, following.end, own=False)

    def _is_relative(self, clause: Clause) -> bool:
        return bool(self.pack["relative"].search(clause.opener))

    def _antecedent(self, clause: Clause) -> Who | None:
        before = self.sentence.skeleton[: clause.start - len(clause.opener)].rstrip(", ")
        for at, mention in self.sentence.mentions.items():
            width = len(mention.mark) + (1 if mention.case else 0)
            if at + width == len(before):
                return self.resolve(at, mention)
        return STRANGER

    def _only_verbal(self, start: int, end: int) -> bool:
        words = self.sentence.skeleton[start:end].replace('"', " ").replace(",", " ").split()
        return all(_NAME.search(w) or self.pack["verbal"].fullmatch(w) for w in words)

    def head(self, clause: Clause, end: int) -> Who | None:
        """The first name of a clause that no preposition governs, its genitive included ("①'s 54%")."""
        for match in _NAME.finditer(self.sentence.skeleton, clause.start, end):
            mention = self.sentence.mentions[match.start()]
            if mention.mark == people.OTHER_PERSON and not self._is_person(match.start(), mention):
                continue
            if not self._oblique(match.start(), clause.start) and not self._cased(mention):
                return self.resolve(match.start(), mention)
        return None

    def oblique(self, at: int) -> bool:
        """Whether a preposition governs the name at a place."""
        return self._oblique(at, 0)

    def _head(self, clause: Clause, end: int, *, own: bool) -> Who | None:
        """The first noun of a clause that no preposition governs: it is what the clause is about."""
        skeleton = self.sentence.skeleton
        role = self.pack["roles"].search(skeleton, clause.start, end)
        for match in _NAME.finditer(skeleton, clause.start, end):
            at = match.start()
            if role and role.end() < at and not skeleton[role.end() : at].strip() == "":
                if not self._oblique(role.start(), clause.start):
                    return STRANGER
            mention = self.sentence.mentions[at]
            if self._oblique(at, clause.start) or self._cased(mention):
                continue
            if self._is_apposition(match.end(), mention, end):
                continue
            if mention.case == "gen":
                if own or self.pack["roles"].search(skeleton, match.end(), min(end, match.end() + 40)):
                    return STRANGER
                continue
            if self.pack["roles"].match(skeleton, match.end() + 1) and match.end() < end:
                return STRANGER
            return self.resolve(at, mention)
        if role and own and not self._oblique(role.start(), clause.start):
            return STRANGER
        return None

    def _is_apposition(self, end: int, mention: Mention, limit: int) -> bool:
        """Whether what is named only says who the next one is: "Ohio's Republican nominee ①"."""
        if mention.mark != people.OTHER_PERSON and mention.case != "gen":
            return False
        return bool(_to_next_name(self.pack).match(self.sentence.skeleton, end, limit))

    def _cased(self, mention: Mention) -> bool:
        return mention.case in ("acc", "dat", "abl", "loc", "ins")

    def _oblique(self, at: int, floor: int) -> bool:
        """Whether a preposition stands before, over articles and adjectives: "to his rival ①"."""
        before = self.sentence.skeleton[max(floor - 8, 0, at - 60) : at]
        return bool(oblique(self.pack).search(before))

    def _inside(self, start: int, end: int) -> Who | None:
        for match in _NAME.finditer(self.sentence.skeleton, start, end):
            mention = self.sentence.mentions[match.start()]
            if mention.case is None and not self._oblique(match.start(), start):
                return self.resolve(match.start(), mention)
        return None

    def _after(self, end: int) -> Who | None:
        match = re.compile(
            rf"[\s,]*(?:{self.pack.source(self.pack.words('modifiers') or ['(?!)'])}|\s)*"
        ).match(self.sentence.skeleton, end)
        at = match.end() if match else end
        mention = self.sentence.mentions.get(at)
        if mention is None or mention.case is not None:
            return None
        return self.resolve(at, mention)

    def following(self, end: int) -> Who | None:
        """The first name after a participle: "yenilgiyi kabul eden ①"."""
        for at, mention in self.sentence.mentions.items():
            if at >= end:
                return self.resolve(at, mention) if at - end <= 40 else None
        return None

    def genitive(self, start: int) -> Who | None:
        """The nearest genitive before a verbal noun: "①'ın yenilgiyi kabul etmesi"."""
        return self._with_case("gen", start)

    def with_case(self, case: str) -> Who | None:
        """The one name of the sentence that stands in a case: "①'dan ②'ya tebrik"."""
        return self._with_case(case, len(self.sentence.skeleton))

    def _with_case(self, case: str, before: int) -> Who | None:
        found = [(at, m) for at, m in self.sentence.mentions.items() if at < before and m.case == case]
        return self.resolve(*found[-1]) if found else None

    def first(self, start: int, end: int) -> Who | None:
        """The first name between two places."""
        return next(iter(self._named(start, end)), None)

    def last(self, start: int, end: int) -> Who | None:
        """The last name between two places."""
        return next(iter(self._named(start, end)[::-1]), None)

    def _named(self, start: int, end: int) -> list[Who]:
        found = [(at, m) for at, m in self.sentence.mentions.items() if start <= at < end]
        return [who for at, m in found if (who := self.resolve(at, m)) is not None]

    def possessor(self, start: int, end: int) -> Who | None:
        """Whose speech it is: the genitive before, "by ①" after, else who gives it."""
        before = _OWNER.search(self.sentence.skeleton[:start])
        if before and (before[2] or self.sentence.mentions[before.start()].mark in _OWNING):
            later = None if before[2] else self._cataphor(start)
            return later or self.resolve(before.start(), self.sentence.mentions[before.start()])
        after = self.pack["possessed_by"].match(self.sentence.skeleton, end + 1)
        if after:
            at = after.end() + 1
            mention = self.sentence.mentions.get(at)
            if mention is not None:
                return self.resolve(at, mention)
        return self.subject(start, end)

    def _cataphor(self, start: int) -> Who | None:
        """ "In her concession speech, ① said": the pronoun stands before the name."""
        index = clause_at(self.clauses, start)
        if index + 1 >= len(self.clauses) or any(
            p < start and _is_candidate(m) for p, m in self.sentence.mentions.items()
        ):
            return None
        return self._head(self.clauses[index + 1], self.clauses[index + 1].end, own=False)

    def speaker(self, start: int, end: int) -> Who | None:
        """Who says the words at ``start``: the name beside the verb of saying outside the quotation."""
        outside = [(at, m) for at, m in self.sentence.mentions.items() if not self.sentence.in_quotes(at)]
        said = [
            (at, m)
            for at, m in outside
            if m.case is None and self._says(at, at + len(m.mark)) and not self._oblique(at, 0)
        ]
        if said:
            nearest = min(said, key=lambda pair: min(abs(pair[0] - start), abs(pair[0] - end)))
            return self.resolve(*nearest)
        if outside or not self.sentence.quoted:
            return None
        mark = self.discourse.speaker
        return Who(mark) if mark else None

    def _says(self, start: int, end: int) -> bool:
        skeleton = self.sentence.skeleton
        says = self.pack["says"]
        after = skeleton[end : end + 60]
        before = skeleton[max(0, start - 40) : start]
        if self.pack.flag("sov") and any(
            says.search(skeleton, b) for a, b in self.sentence.quoted if start < a
        ):
            return True
        return bool(
            re.match(r":\s", after)
            or says.search(after.split('"')[0])
            or self.pack["says_before"].search(before.split('"')[-1])
        )

    def resolve(self, at: int, mention: Mention) -> Who | None:
        """A mention as somebody: a candidate, a stranger by name, or a pronoun's clear antecedent."""
        if mention.mark in (people.OTHER_PERSON, people.AMBIGUOUS):
            return Who(name=mention.text or None)
        if mention.mark == people.RIVAL:
            mark = self._rival(at)
            return Who(mark) if mark else STRANGER
        if mention.mark in (people.HE, people.SHE, people.THEY):
            mark = self._pronoun(at, mention.mark)
            return Who(mark) if mark else STRANGER
        return Who(mention.mark)

    def _rival(self, at: int) -> str | None:
        earlier = [m.mark for p, m in self.sentence.mentions.items() if p < at and _is_candidate(m)]
        base = earlier[0] if earlier else self.discourse.subject
        return self.discourse.opponent(base) if base else None

    def _pronoun(self, at: int, kind: str) -> str | None:
        reporting = self._who_says(at)
        if reporting is not None:
            return reporting.mark
        earlier = [m for p, m in self.sentence.mentions.items() if p < at]
        subjects = [m for p, m in self.sentence.mentions.items() if p < at and not self._oblique(p, 0)]
        fits = {m.mark for m in subjects if _is_candidate(m) and self.discourse.fits(m.mark, kind)}
        if not fits and any(_is_candidate(m) for m in earlier):
            return None
        strangers = [p for p, m in self.sentence.mentions.items() if p < at and self._is_person(p, m)]
        if len(fits) == 1 and not strangers:
            return fits.pop()
        if fits or strangers:
            return None
        return self.discourse.antecedent(kind)

    def _is_person(self, at: int, mention: Mention) -> bool:
        """Whether a stranger may be a person: no person has an article ("the Associated Press")."""
        article = self.pack["article_before"].search(self.sentence.skeleton[max(0, at - 6) : at])
        return mention.mark == people.OTHER_PERSON and mention.full and not article

    def _who_says(self, at: int) -> Who | None:
        """ "① said she would not": the pronoun of what is reported is the one who reports it."""
        index = clause_at(self.clauses, at)
        if not index or not self.pack["reporting"].search(self.clauses[index].opener):
            return None
        for clause in reversed(self.clauses[max(0, index - 3) : index]):
            named = [(p, m) for p, m in self.sentence.mentions.items() if clause.start <= p < clause.end]
            heads = [(p, m) for p, m in named if not self._oblique(p, clause.start) and m.case is None]
            if heads:
                mark = heads[0][1].mark
                return Who(mark) if _is_candidate(heads[0][1]) else (STRANGER if mark < people.HE else None)
        return None


_OWNER = re.compile(r"([\ue000-\uf0ff])(\uf200)?\s(?:[\w-]+\s){0,2}$")
_OWNING = (people.HE, people.SHE, people.THEY)


def _is_candidate(mention: Mention) -> bool:
    return "\ue000" <= mention.mark <= "\uefff"


@lru_cache(maxsize=64)
def _to_next_name(pack: Pack) -> re.Pattern[str]:
    modifiers = pack.marked(pack.source(pack.words("modifiers") or ["(?!)"]))
    return re.compile(rf"(?:'?\s?(?:{modifiers})(?!\w)){{0,6}}\s?[\ue000-\uefff](?!{CASE})")


@lru_cache(maxsize=64)
def oblique(pack: Pack) -> re.Pattern[str]:
    """Prepositions that make the name after them no subject, over articles and titles."""
    prepositions = pack.marked(pack.source(pack.words("prepositions") or ["(?!)"]))
    modifiers = pack.marked(pack.source(pack.words("modifiers") or ["(?!)"]))
    return re.compile(rf"(?<!\w)(?:{prepositions})\s(?:(?:{modifiers})\s|\uf200\s){{0,5}}$")
