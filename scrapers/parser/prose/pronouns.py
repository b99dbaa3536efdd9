"""Whom a name, a pronoun or "his opponent" means, where it is clear, and nobody where it is not."""

import re
from dataclasses import dataclass
from functools import lru_cache

from scrapers.parser.prose import names as people
from scrapers.parser.prose import phrases
from scrapers.parser.prose.clauses import Clause, clause_at, clauses
from scrapers.parser.prose.discourse import Discourse
from scrapers.parser.prose.names import Mention, is_candidate
from scrapers.parser.prose.packs import Pack
from scrapers.parser.prose.skeleton import Sentence


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


class Resolver:
    """Knows one sentence and the story before it."""

    def __init__(self, sentence: Sentence, pack: Pack, discourse: Discourse) -> None:
        self.sentence = sentence
        self.pack = pack
        self.discourse = discourse
        self.clauses = clauses(sentence, pack)

    def is_oblique(self, at: int, floor: int) -> bool:
        """Whether a preposition stands before, over articles and adjectives: "to his rival ①"."""
        before = self.sentence.skeleton[max(floor - 8, 0, at - 60) : at]
        before = before.removesuffix('"')  # 'candidato de la coalición "\uf000"'
        here = self.sentence.mentions.get(at)
        if here is None or here.mark != people.OTHER_PERSON:  # "the nominee of the Greens" is no Greens
            before = self.pack["title_phrase"].sub("", before)
        return bool(oblique(self.pack).search(before))

    def is_cased(self, mention: Mention) -> bool:
        """Whether the name's ending makes it no subject."""
        return mention.case in ("acc", "dat", "abl", "loc", "ins")

    def resolve(self, at: int, mention: Mention) -> Who | None:
        """A mention as somebody: a candidate, a stranger by name, or a pronoun's clear antecedent."""
        if mention.mark in (people.OTHER_PERSON, people.AMBIGUOUS):
            return Who(name=mention.text or None)
        if mention.mark == people.RIVAL:
            mark = self._rival(at)
            return Who(mark) if mark else STRANGER
        if mention.mark == people.HIM:
            return STRANGER  # told by the rules of quotations only
        if mention.mark in (people.HE, people.SHE, people.THEY):
            who = self._who_says(at)
            if who is not None and who.mark and not self.discourse.fits(who.mark, mention.mark):
                return STRANGER  # "she walked on stage and said he had conceded"
            return who or self._pronoun(at, mention.mark)
        return Who(mention.mark)

    def resolve_loosely(self, at: int, mention: Mention) -> Who | None:
        """As ``resolve``, but a pronoun at a sentence's head may mean whoever the story is about.

        Good enough for a number, not for a concession.
        """
        who = self.resolve(at, mention)
        about = self.discourse.subject
        if who is not STRANGER or mention.mark < people.HE or about is None or not is_candidate(about):
            return who
        named = any(p < at and is_candidate(m.mark) for p, m in self.sentence.mentions.items())
        return who if named or not self.discourse.fits(about, mention.mark) else Who(about)

    def _rival(self, at: int) -> str | None:
        earlier = [m.mark for p, m in self.sentence.mentions.items() if p < at and is_candidate(m.mark)]
        base = earlier[0] if earlier else self.discourse.subject
        return self.discourse.opponent(base) if base else None

    def _pronoun(self, at: int, kind: str) -> Who:
        mark = self._antecedent_of(at, kind)
        return Who(mark) if mark else STRANGER

    def _antecedent_of(self, at: int, kind: str) -> str | None:
        within = self.sentence.in_quotes(at)
        before = [(p, m) for p, m in self.sentence.mentions.items() if p < at]
        if not within:  # '"I wish Ms ① luck", he said': who is spoken of does not speak
            before = [(p, m) for p, m in before if not self.sentence.in_quotes(p)]
        earlier = [m for _, m in before]
        subjects = [m for p, m in before if not self.is_oblique(p, 0)]
        fits = {m.mark for m in subjects if is_candidate(m.mark) and self.discourse.fits(m.mark, kind)}
        if not fits and any(is_candidate(m.mark) for m in earlier):
            return None
        strangers = [p for p, m in before if self.is_person(p, m)]
        if len(fits) == 1 and not strangers:
            return fits.pop()
        if fits or strangers:
            return None
        return self.discourse.antecedent(kind)

    def is_person(self, at: int, mention: Mention) -> bool:
        """Whether a stranger may be a person: no person has an article ("the Associated Press")."""
        article = self.pack["article_before"].search(self.sentence.skeleton[max(0, at - 6) : at])
        return mention.mark == people.OTHER_PERSON and mention.full and not article

    def is_aside(self, clause: Clause) -> bool:
        """Whether a clause only says who was named before it, and so has no subject for what follows.

        "①, a Virginia Republican, conceded"; "② llamó a su adversario, ①, para felicitarle".
        """
        aside = self.sentence.skeleton[clause.start : clause.end].strip()
        if self.pack["apposition"].fullmatch(aside):
            return True
        before = self.sentence.skeleton[: clause.start - len(clause.opener)].rstrip()
        last = len(before) - 1
        named = len(aside) == 1 and is_candidate(aside) and before.endswith(people.RIVAL)
        return named and self.is_oblique(last, 0)

    def _stands_before_a_name(self, at: int, mention: Mention) -> bool:
        """Whether a name only says who the next one is: "Turkey's AK Party candidate ① said"."""
        behind = phrases.to_next_name(self.pack).match(self.sentence.skeleton, at + 1)
        return mention.mark == people.OTHER_PERSON and behind is not None

    def _who_says(self, at: int) -> Who | None:
        """As in "① said she would not": the pronoun of what is reported is the one who reports it."""
        index = clause_at(self.clauses, at)
        if index and not self.pack["reporting"].search(self.clauses[index].opener):
            index -= 1  # "said early on Wednesday that she": the verb opens the clause before
            between = self.clauses[index]
            if any(between.start <= p < between.end for p in self.sentence.mentions):
                return None
        if not index or not self.pack["reporting"].search(self.clauses[index].opener):
            return None
        asides = self.pack["relative"]  # "①, who beat ②, said he": what stands between says who ① is
        near = [c for c in self.clauses[max(0, index - 5) : index] if not asides.search(c.opener)]
        for clause in reversed(near[-3:]):
            named = [(p, m) for p, m in self.sentence.mentions.items() if clause.start <= p < clause.end]
            heads = [(p, m) for p, m in named if not self.is_oblique(p, clause.start) and m.case is None]
            heads = [h for h in heads if not self._stands_before_a_name(*h)] or heads
            if heads:
                first = heads[0][1]
                if is_candidate(first.mark):
                    return Who(first.mark)
                return Who(name=first.text) if first.mark < people.HE else None
        return None


@lru_cache(maxsize=64)
def oblique(pack: Pack) -> re.Pattern[str]:
    """Prepositions that make the name after them no subject, over articles and titles."""
    prepositions = pack.marked(pack.source(pack.words("prepositions") or ["(?!)"]))
    modifiers = pack.marked(pack.source(pack.words("modifiers") or ["(?!)"]))
    return re.compile(rf"(?<![\w-])(?:{prepositions})\s(?:(?:{modifiers})\s|\uf200\s){{0,5}}$")
