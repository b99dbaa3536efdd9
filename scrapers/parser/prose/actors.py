"""Who did it: the subject of a verb, found clause by clause."""

import re

from scrapers.parser.prose import names as people
from scrapers.parser.prose import phrases
from scrapers.parser.prose.clauses import Clause, clause_at
from scrapers.parser.prose.names import Mention, is_candidate
from scrapers.parser.prose.packs import CASE
from scrapers.parser.prose.pronouns import STRANGER, Resolver, Who

_NAME = re.compile(f"[\ue000-\uf0ff]{CASE}?")
_MOST_CLAUSES = 12


class Finder(Resolver):
    """Finds who acts in one sentence."""

    def beside_subject(self, start: int, actor: str) -> str | None:
        """The candidate whose name ends the clause before, joined by "and": "① and ② conceded"."""
        places = [p for p, m in self.sentence.mentions.items() if p < start and m.mark == actor]
        both = self.pack["both_also"].match(self.sentence.skeleton, places[-1] + 1) if places else None
        also = self.sentence.mentions.get(both.end() - 1) if both else None
        if also is not None and is_candidate(also.mark) and both is not None and both.end() <= start:
            return also.mark  # "tanto ① como ② se declararon ganadores"
        index = clause_at(self.clauses, places[-1]) if places else 0
        if not index or not self.pack["coordinator"].fullmatch(self.clauses[index].opener.strip()):
            return None
        before = self.clauses[index - 1]
        named = [(p, m) for p, m in self.sentence.mentions.items() if before.start <= p < before.end]
        if (
            len(named) != 1
            or not is_candidate(named[0][1].mark)
            or named[0][1].case
            or self.is_oblique(named[0][0], before.start)
        ):
            return None
        return (
            named[0][1].mark if self.sentence.skeleton[named[0][0] + 1 : before.end].strip() == "" else None
        )

    def subject(self, start: int, end: int) -> Who | None:
        """The subject of the verb at ``start``–``end``: before it, or (inverted) in or after it."""
        if self.in_first_person(start, end):
            return self.speaking(start, end)
        who = self._before(start)
        if who is not None and (who.is_candidate or who.name or not self.pack.flag("inversion")):
            return who
        if self.pack.flag("inversion") and not self._has_subject_phrase(start):
            inverted = self._inside(start, end) or self._after(end)
            if inverted is not None:
                return inverted
        return who

    def _has_subject_phrase(self, start: int) -> bool:
        """Whether somebody without a name does it, so that the name behind the verb does not."""
        own = self.clauses[clause_at(self.clauses, start)]
        return bool(self.pack["subject_phrase"].match(self.sentence.skeleton[own.start : start].lstrip(' "')))

    def end_of(self, at: int) -> int:
        """Where the mention at a place ends in the skeleton, its case included."""
        return at + (2 if self.sentence.mentions[at].case in people.CASES else 1)

    def speaking(self, start: int, end: int) -> Who | None:
        """Who says the words at ``start``: the name beside the verb of saying outside the quotation."""
        outside = [(at, m) for at, m in self.sentence.mentions.items() if not self.sentence.in_quotes(at)]
        said = [
            (at, m)
            for at, m in outside
            if m.case is None and self._says(at, at + len(m.mark)) and not self.is_oblique(at, 0)
        ]
        if said:
            nearest = min(said, key=lambda pair: min(abs(pair[0] - start), abs(pair[0] - end)))
            return self.resolve(*nearest)
        return None

    def _says(self, start: int, end: int) -> bool:
        skeleton = self.sentence.skeleton
        says = self.pack["says"]
        after = skeleton[end : end + 60]
        before = skeleton[max(0, start - 70) : start]
        if self.pack.flag("sov") and re.match(r"(?:\s(?:ise|da|de))?,?\s\"", after):
            return True
        if self.pack.flag("sov") and any(says.search(skeleton, b) for _, b in self.sentence.quoted):
            return True
        return bool(
            re.match(r":\s|[^\"\ue000-\uf0ff:;]{1,70}:\s\"", skeleton[end : end + 80])
            or says.search(after.split('"')[0])
            or self.pack["says_before"].search(before.split('"')[-1])
            or phrases.said_by(self.pack).search(before.split('"')[-1])
        )

    def in_first_person(self, start: int, end: int) -> bool:
        """Whether "I" or "we" is the subject inside a quotation: "I called her to concede"."""
        quote = next((a for a, b in self.sentence.quoted if a < start < b), None)
        own = self.clauses[clause_at(self.clauses, start)]
        if quote is None or self._is_relative(own):
            return False
        said = list(self.pack["first_person"].finditer(self.sentence.skeleton, quote, end))
        if not said:
            return False
        since = said[-1].end() if said[-1].start() < start else quote
        between = [p for p, m in self.sentence.mentions.items() if since <= p < start and m.mark < people.HE]
        return not any(self._begins_anew(p, since, quote) for p in between)

    def _begins_anew(self, at: int, since: int, quote: int) -> bool:
        """Whether a name after "I" may be a subject of its own: not in "I called my opponent, ①, to"."""
        if self.is_oblique(at, quote) or self.sentence.mentions[at].case:
            return False
        clause = self.clauses[clause_at(self.clauses, at)]
        return self.pack.flag("sov") or (clause.start > since and clause.opener.strip(" ,;:").isalpha())

    def _before(self, start: int) -> Who | None:
        index = clause_at(self.clauses, start)
        own = self.clauses[index]
        ellipsis = self._of_auxiliary(index, start)
        if ellipsis is not None:
            return ellipsis
        beside = self._participle_of(start)
        if beside is not None:
            return beside
        if self._is_relative(own) and not _NAME.search(self.sentence.skeleton, own.start, start):
            return self._antecedent(own)
        for steps in range(min(index + 1, _MOST_CLAUSES)):
            clause = self.clauses[index - steps]
            if steps and self.is_aside(clause):
                continue
            if steps and self._is_relative(clause):
                if steps == 1 and (self._goes_on(own) or self.pack["reporting"].search(own.opener)):
                    return self._antecedent(clause)
                continue
            who = self.subject_of(clause, min(clause.end, start), own=steps == 0)
            if who is not None:
                return who
            if steps == 0 and not self.pack.flag("sov") and not self._only_verbal(clause.start, start):
                return STRANGER
        return self._after_opening(index, start)

    def _of_auxiliary(self, index: int, start: int) -> Who | None:
        """As in "① hat verloren und ② gratuliert": the last participle belongs to the first auxiliary."""
        own = self.clauses[index]
        if (
            not index
            or not self._goes_on(own)
            or not self.pack["last_participle"].match(self.sentence.skeleton, start)
        ):
            return None
        before = self.clauses[index - 1]
        if not self.pack["auxiliary"].search(self.sentence.skeleton, before.start, before.end):
            return None
        return self.subject_of(before, before.end, own=False)

    def _goes_on(self, clause: Clause) -> bool:
        """Whether a clause is joined to the one before without a comma: "who got 45% and conceded"."""
        before = self.sentence.skeleton[: clause.start - len(clause.opener)].rstrip()
        return bool(self.pack["coordinator"].fullmatch(clause.opener.strip())) and not before.endswith(",")

    def _participle_of(self, start: int) -> Who | None:
        """As in "A call from ① conceding the race": a participle right behind a name is that one's."""
        skeleton = self.sentence.skeleton
        if not self.pack["participle"].match(skeleton, start):
            return None
        at = start - 2
        mention = self.sentence.mentions.get(at)
        if mention is None or skeleton[start - 1] != " ":
            return None
        own = self.clauses[clause_at(self.clauses, start)]
        if self.has_subject(own.start, at) and not self.pack["comes_from"].search(skeleton[:at]):
            return None  # "② phoned ① conceding the race"
        return self.resolve(at, mention)

    def has_subject(self, start: int, end: int) -> bool:
        """Whether a candidate that no preposition governs stands between two places."""
        named = ((p, m) for p, m in self.sentence.mentions.items() if start <= p < end)
        return any(is_candidate(m.mark) and not m.case and not self.is_oblique(p, start) for p, m in named)

    def _after_opening(self, index: int, start: int) -> Who | None:
        """As in "Conceding defeat, ① said": an opening participle belongs to the subject after it."""
        if index or len(self.clauses) < 2 or not self.pack["participle"].match(self.sentence.skeleton, start):
            return None
        following = self.clauses[1]
        return self.subject_of(following, following.end, own=False)

    def _is_relative(self, clause: Clause) -> bool:
        if clause.opener == "(":
            return True  # what stands in parentheses is an aside, as a relative clause is
        return bool(self.pack["relative"].search(clause.opener)) and not self._is_reported(clause)

    def _is_reported(self, clause: Clause) -> bool:
        """Whether "que" begins what is said ("① afirmou que não vai aceitar") and means nobody."""
        index = self.clauses.index(clause)
        before = self.clauses[index - 1] if index else None
        if before is None or not self.pack["reporting"].search(before.opener):
            return False
        return self.sentence.skeleton[before.start : before.end].strip() == ""

    def _antecedent(self, clause: Clause) -> Who | None:
        before = self.sentence.skeleton[: clause.start - len(clause.opener)].rstrip(", ")
        for at, mention in self.sentence.mentions.items():
            width = len(mention.mark) + (1 if mention.case else 0)
            if at + width == len(before):
                return self.resolve(at, mention)
        return STRANGER

    def _only_verbal(self, start: int, end: int) -> bool:
        """Whether what stands before a verb may all belong to it, so that its subject stands further left."""
        if self.pack.words("subject_phrase"):
            return not self.pack["subject_phrase"].match(self.sentence.skeleton[start:end].lstrip(' "'))
        words = self.sentence.skeleton[start:end].replace('"', " ").replace(",", " ").split()
        return all(_NAME.search(w) or self.pack["verbal"].fullmatch(w) for w in words)

    def head(self, clause: Clause, end: int) -> Who | None:
        """The first name of a clause that no preposition governs, its genitive included ("①'s 54%")."""
        for match in _NAME.finditer(self.sentence.skeleton, clause.start, end):
            mention = self.sentence.mentions[match.start()]
            if mention.mark == people.OTHER_PERSON and not self.is_person(match.start(), mention):
                continue
            if self._is_apposition(match.end(), mention, end) and mention.mark == people.OTHER_PERSON:
                continue
            if not self.is_oblique(match.start(), clause.start) and not self.is_cased(mention):
                return self.resolve_loosely(match.start(), mention)
        return None

    def subject_of(self, clause: Clause, end: int, *, own: bool) -> Who | None:
        """The first noun of a clause that no preposition governs: it is what the clause is about."""
        skeleton = self.sentence.skeleton
        role = self.pack["roles"].search(skeleton, clause.start, end)
        for match in _NAME.finditer(skeleton, clause.start, end):
            at = match.start()
            mention = self.sentence.mentions[at]
            named = mention.mark == people.OTHER_PERSON and mention.full
            if self.is_oblique(at, clause.start) or self.is_cased(mention):
                continue
            if role and role.end() < at and self._is_head(role, at, clause.start) and not named:
                return STRANGER
            if self._is_apposition(match.end(), mention, end):
                continue
            if mention.case == "gen":
                rival = self._rival_of(match.end(), mention)
                if rival is not None:
                    return rival
                if own or self.pack["roles"].search(skeleton, match.end(), min(end, match.end() + 40)):
                    return STRANGER
                continue
            if self.pack["roles"].match(skeleton, match.end() + 1) and match.end() < end:
                if self._names_again(match.end(), mention, end):
                    continue
                return STRANGER
            return self.resolve(at, mention)
        if role and own and not self.is_oblique(role.start(), clause.start):
            return STRANGER
        return None

    def _names_again(self, end: int, mention: Mention, limit: int) -> bool:
        """Whether a party's name only says who the next one is: "Labor party leader ①" of the Labor list."""
        following = phrases.to_next_name(self.pack).match(self.sentence.skeleton, end, limit)
        named = self.sentence.mentions.get(following.end() - 1) if following else None
        return named is not None and named.mark == mention.mark

    def _rival_of(self, end: int, mention: Mention) -> Who | None:
        """As in "①'s Republican challenger": the other one, where there are just two."""
        if not is_candidate(mention.mark) or not self.pack["rival_of"].match(self.sentence.skeleton, end + 1):
            return None
        mark = self.discourse.opponent(mention.mark)
        return Who(mark) if mark else STRANGER

    def _is_head(self, role: re.Match[str], at: int, floor: int) -> bool:
        """Whether "spokesman" is whom a clause is about and not the title of the name right behind it."""
        apart = self.sentence.skeleton[role.end() : at].strip() not in ("", "'s")  # "the party's ①"
        return apart and not self.is_oblique(role.start(), floor)

    def _is_apposition(self, end: int, mention: Mention, limit: int) -> bool:
        """Whether what is named only says who the next one is: "Ohio's Republican nominee ①"."""
        if mention.mark != people.OTHER_PERSON and mention.case != "gen":
            return False
        if mention.mark == people.OTHER_PERSON and not mention.full and mention.case is None:
            full = phrases.to_next_person(self.pack).match(self.sentence.skeleton, end, limit)
            if full is not None and self.sentence.mentions[full.end() - 1].full:
                return True  # "Premier ministre britannique ②"
        return bool(phrases.to_next_name(self.pack).match(self.sentence.skeleton, end, limit))

    def _inside(self, start: int, end: int) -> Who | None:
        for match in _NAME.finditer(self.sentence.skeleton, start, end):
            mention = self.sentence.mentions[match.start()]
            if mention.case is None and not self.is_oblique(match.start(), start):
                return self.resolve(match.start(), mention)
        return None

    def _after(self, end: int) -> Who | None:
        match = re.compile(
            rf"[\s,]*(?:{self.pack.source(self.pack.words('modifiers') or ['(?!)'])}|\s)*"
        ).match(self.sentence.skeleton, end)
        at = match.end() if match else end
        mention = self.sentence.mentions.get(at)
        if mention is None or mention.case is not None or self.is_oblique(at, 0):
            return None  # "reconoció la victoria de ①" tells of ① and is not by him
        return self.resolve(at, mention)
