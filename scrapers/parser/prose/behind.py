"""The names beside a number: right before it, or behind it as in "54% of the vote for ①"."""

import re
from functools import lru_cache

from scrapers.parser.prose import names as people
from scrapers.parser.prose.packs import Pack
from scrapers.parser.prose.pronouns import STRANGER, Who
from scrapers.parser.prose.view import View

_SHARE_BESIDE = re.compile(
    "( [^\\W\\d_]+)? \\([\uf100-\uf104]( [^\\W\\d_]+)?\\)|( [^\\W\\d_]+)?,( \\w{1,3})? \uf100(?=,)"
)


def between(view: View, start: int, end: int) -> list[int]:
    """The places of the names from ``start`` up to ``end``, "his rival" aside."""
    mentions = view.sentence.mentions
    return [p for p, m in mentions.items() if start <= p < end and m.mark != people.RIVAL]


def beside(view: View, mention_at: int, at: int) -> bool:
    """Whether a number stands beside a name, with no more than "has just over" between."""
    words = view.skeleton[mention_at + 1 : at].rstrip(" (")
    return (
        words.startswith("\uf200") and view.sentence.mentions[mention_at].mark != people.OTHER_PERSON
    ) or view.pack["beside"].fullmatch(words.strip(" \uf200-\uf20f")) is not None


def right(view: View, at: int) -> Who | None:
    """As in "54% of the vote for ①", "yüzde 54 oy alan ①"."""
    if view.ends("beats_with", at):
        return None  # "① superó con el ③ de los votos al conservador ②"
    share = _SHARE_BESIDE.match(view.skeleton, at + 1)
    after = share.end() if share else at + 1  # "③ (④) de ②": its share stands between
    start = after + 1 if view.skeleton[after : after + 1] == " " else after
    match = view.pack["right_link"].match(view.skeleton, start)
    if match is None:
        return _named_behind(view, at, start)
    where = match.end()
    while view.skeleton[where : where + 1] in (" ", "'"):
        where += 1
    where = _over_modifiers(view, where)
    loose = _loose(view.pack).match(view.skeleton, where) or _appositive(view.pack).match(
        view.skeleton, where
    )
    where = loose.end() if loose else where
    mention = view.sentence.mentions.get(where)
    if mention is not None and mention.case == "gen" and between(view, 0, at):
        behind = view.pack["gen_subject"].match(view.skeleton, where + 3)  # "③ oy alan ②'ın önünde"
        return Who(mention.mark) if behind and people.is_candidate(mention.mark) else None
    if mention is not None and view.pack.flag("sov") and view.finder.is_cased(mention):
        return None  # "③ oranıyla ②'la farkı indirdi"
    return view.finder.resolve_loosely(where, mention) or STRANGER if mention else None


def _named_behind(view: View, at: int, start: int) -> Who | None:
    """As in "was 50.7% ①, 49.3% ②": a name right behind its number, where none stands right before it."""
    mention = view.sentence.mentions.get(start)
    if mention is None or start == at + 1 or not people.is_candidate(mention.mark) or mention.case:
        return None
    if not view.pack["after_its_name"].match(view.skeleton[view.finder.end_of(start) :].lstrip(" ")):
        return None
    before = [p for p, m in view.sentence.mentions.items() if p < at and people.is_candidate(m.mark)]
    if before and beside(view, before[-1], at) and not _served(view, before[-1]):
        return None
    return Who(mention.mark)


def _served(view: View, name: int) -> bool:
    """As in "17% for ① and 11% ② as an independent": who stands between has the number before him."""
    numbers = [p for p in view.sentence.numbers if p < name]
    who = right(view, numbers[-1]) if numbers else None
    return who is not None and who.mark == view.sentence.mentions[name].mark


@lru_cache(maxsize=64)
def _loose(pack: Pack) -> re.Pattern[str]:
    """A few words before a name, none of which begins something else: "③ de los votos y ②" is not his."""
    breaks = pack.marked(pack.source([*pack.words("clause_break"), *pack.words("lead_over")] or ["(?!)"]))
    return re.compile(rf"(?:(?!(?:{breaks})(?!\w))[\w'-]+\s){{1,5}}(?=[\ue000-\uefff])")


@lru_cache(maxsize=64)
def _appositive(pack: Pack) -> re.Pattern[str]:
    """As in "③ para el actual mandatario, el conservador ②", "③ del abanderado del Frente Social, ②"."""
    modifiers = pack.marked(pack.source(pack.words("modifiers") or ["(?!)"]))
    words = r"(?:[\w'-]+\s){0,3}"
    return re.compile(
        rf"(?:(?:(?:{modifiers})\s){{0,3}}(?:{modifiers}),\s|"
        rf"(?:{words}[\w'-]+)?,\s(?:(?:{modifiers})\s){{1,4}}|{words}\uf000,\s(?:(?:{modifiers})\s){{0,4}})"
        r"(?=[\ue000-\uefff])"
    )


def _over_modifiers(view: View, where: int) -> int:
    for _ in range(5):
        match = view.pack["modifiers"].match(view.skeleton, where)
        if match is None:
            break
        where = match.end() + 1
        if view.skeleton[match.end() : match.end() + 2] == ", ":
            return where + 1  # "③ do atual prefeito, ②"
    return where
