"""Roles other than the subject: who speaks, whose speech it is, for whom others act."""

import re

from scrapers.parser.prose import names as people
from scrapers.parser.prose.actors import Finder
from scrapers.parser.prose.clauses import clause_at
from scrapers.parser.prose.names import is_candidate
from scrapers.parser.prose.pronouns import Who

_OWNER = re.compile("([\ue000-\uf0ff])(\uf200)?\\s(?:[\\w\uf100-\uf104-]+\\s){0,2}$")
_OWNING = (people.HE, people.SHE, people.THEY)


def possessor(finder: Finder, start: int, end: int) -> Who | None:
    """Whose speech it is: the genitive before, "by ①" after, else who gives it."""
    skeleton, own = finder.sentence.skeleton, finder.clauses[clause_at(finder.clauses, start)]
    before = _OWNER.search(skeleton[:start])
    if before and finder.pack["does_not_own"].match(finder.sentence.mentions[before.start()].text.lower()):
        before = None  # "she received a concession call"
    if before and (before[2] or finder.sentence.mentions[before.start()].mark in _OWNING):
        later = None if before[2] else _cataphor(finder, start, end)
        return later or finder.resolve(before.start(), finder.sentence.mentions[before.start()])
    after = finder.pack["possessed_by"].match(finder.sentence.skeleton, end + 1)
    if after:
        at = after.end() + 1
        mention = finder.sentence.mentions.get(at)
        if mention is not None:
            return finder.resolve(at, mention)
    if finder.pack["given_in"].search(skeleton[:start]):  # "①, the nominee, thanked the city in a"
        return finder.subject_of(own, start, own=True) or finder.subject(own.start, own.start)
    return finder.subject(start, end)


def _cataphor(finder: Finder, start: int, end: int) -> Who | None:
    """As in "In her concession speech, ① said": the pronoun stands before the name."""
    hour = finder.pack["speech_when"].match(finder.sentence.skeleton, end + 1)
    beside = (hour.end() if hour else end) + 1
    mention = finder.sentence.mentions.get(beside)
    if mention is not None and is_candidate(mention.mark) and mention.case is None:
        return finder.resolve(beside, mention)
    index = clause_at(finder.clauses, start)
    if index + 1 >= len(finder.clauses) or any(
        p < start and is_candidate(m.mark) for p, m in finder.sentence.mentions.items()
    ):
        return None
    return finder.subject_of(finder.clauses[index + 1], finder.clauses[index + 1].end, own=False)


def rival_of_speaker(finder: Finder, start: int, end: int) -> Who | None:
    """The other one, in the words of the one who won: "My opponent called to concede," ① said."""
    who = finder.speaking(start, end) if finder.sentence.in_quotes(start) else None
    mark = finder.discourse.opponent(who.mark) if who is not None and who.mark else None
    return Who(mark) if mark else None


def principal(finder: Finder, start: int) -> Who | None:
    """For whom others act in a race: "①'s campaign filed a lawsuit", "a lawyer for ①"."""
    skeleton, agents = finder.sentence.skeleton, finder.pack["agents"]
    quoted = finder.sentence.in_quotes(start)  # '"We will not concede," said ①'s campaign manager'
    for at, mention in finder.sentence.mentions.items():
        if not is_candidate(mention.mark) or (finder.sentence.in_quotes(at) if quoted else at >= start):
            continue
        if agents.match(skeleton, finder.end_of(at) + 1) or finder.pack["agents_for"].search(
            skeleton[max(0, at - 60) : at]
        ):
            return finder.resolve(at, mention)
    return None


def reported(finder: Finder, start: int) -> Who | None:
    """Of whom his own people tell it: "An aide to ① said the senator had phoned ② to concede"."""
    index = clause_at(finder.clauses, start)
    said = finder.clauses[index - 1 if finder.clauses[index].opener.strip() == "that" else index].opener
    if not index or not finder.pack["reporting"].search(said):
        return None
    own, skeleton = finder.clauses[index], finder.sentence.skeleton
    if not finder.pack["of_the_candidate"].match(skeleton[own.start : start].lstrip(" ")):
        return None
    return principal(finder, own.start)


def following(finder: Finder, end: int) -> Who | None:
    """The first name after a participle: "yenilgiyi kabul eden ①"."""
    for at, mention in finder.sentence.mentions.items():
        if at >= end:
            return finder.resolve(at, mention) if at - end <= 40 else None
    return None


def genitive(finder: Finder, start: int) -> Who | None:
    """The nearest genitive before a verbal noun: "①'ın yenilgiyi kabul etmesi"."""
    return _with_case(finder, "gen", start)


def with_case(finder: Finder, case: str) -> Who | None:
    """The one name of the sentence that stands in a case: "①'dan ②'ya tebrik"."""
    return _with_case(finder, case, len(finder.sentence.skeleton))


def _with_case(finder: Finder, case: str, before: int) -> Who | None:
    found = [(at, m) for at, m in finder.sentence.mentions.items() if at < before and m.case == case]
    return finder.resolve(*found[-1]) if found else None


def first(finder: Finder, start: int, end: int) -> Who | None:
    """The first name between two places."""
    return next(iter(_named(finder, start, end)), None)


def last(finder: Finder, start: int, end: int) -> Who | None:
    """The last name between two places."""
    return next(iter(_named(finder, start, end)[::-1]), None)


def _named(finder: Finder, start: int, end: int) -> list[Who]:
    found = [(at, m) for at, m in finder.sentence.mentions.items() if start <= at < end]
    return [who for at, m in found if (who := finder.resolve(at, m)) is not None]
