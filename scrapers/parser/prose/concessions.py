"""Whose a concession is where two candidates stand before its words: the one who took it never made it."""

import re

from scrapers.parser.prose import names as people
from scrapers.parser.prose.names import is_candidate
from scrapers.parser.prose.pronouns import STRANGER, Who
from scrapers.parser.prose.view import View


def giver(start: int, end: int, actor: Who | None, view: View) -> Who | None:
    """Who concedes: the actor found, or the other one of whom the sentence tells that the actor took it.

    "① thanked ② for a gracious call conceding the race" and "① read aloud a message from ② conceding
    defeat" have the winner for their subject. Where it is unclear whose it is, it is nobody's.
    """
    if actor is None or actor.mark is None:
        return actor
    beside = _comes_from(start, view) or _right_before(start, view)
    if beside is not None:
        return beside
    took = _takes(start, actor, view)
    if took is None:
        return actor
    others = _others(took, end, actor, view)
    if not others and not view.pack["gets"].search(view.skeleton, max(0, took - 30), took):
        return actor  # "① thanked the city, conceding"
    return Who(others.pop()) if len(others) == 1 else STRANGER


def _comes_from(start: int, view: View) -> Who | None:
    """As in "I just received a call from ① conceding the race", in the words of the one who won."""
    mention = view.sentence.mentions.get(start - 2)
    if mention is None or view.skeleton[start - 1] != " ":
        return None
    if not view.pack["participle"].match(view.skeleton, start):
        return None
    if not view.pack["comes_from"].search(view.skeleton[: start - 2]):
        return None
    who = view.finder.resolve(start - 2, mention)
    return who if who is not None and who.is_candidate else None


def _right_before(start: int, view: View) -> Who | None:
    """As in "① was first to say ② had conceded": the name right before the verb is its subject."""
    beside = view.pack["right_before"].search(view.skeleton[:start])
    mention = view.sentence.mentions.get(beside.start()) if beside else None
    if beside is None or mention is None or mention.case or not is_candidate(mention.mark):
        return None
    at, own = beside.start(), view.clause(beside.start())
    if not view.finder.has_subject(own.start, at) or view.finder.is_oblique(at, 0):
        return None
    return Who(mention.mark)


def _takes(start: int, actor: Who, view: View) -> int | None:
    """Where the words end that make the actor the one who receives: "① thanked", "she had accepted"."""
    takes, skeleton = view.pack["takes"], view.skeleton
    for at in reversed(view.sentence.mentions):
        if at >= start or not _means(at, actor, view):
            continue
        said = takes.match(skeleton, view.finder.end_of(at) + 1)
        if said is None or said.end() > start:
            continue
        return said.end() if not view.pack["takes_ends"].search(skeleton, said.end(), start) else None
    return None


def _means(at: int, actor: Who, view: View) -> bool:
    who = view.finder.resolve(at, view.sentence.mentions[at])
    return who is not None and who.mark == actor.mark


def _others(since: int, end: int, actor: Who, view: View) -> set[str]:
    """The candidates named between, or right behind the words: "a concession call from ②"."""
    behind = re.compile(r" (?:from|by) ").match(view.skeleton, end) if end < len(view.skeleton) else None
    last = end + 30 if behind else end
    named = [m.mark for p, m in view.sentence.mentions.items() if since <= p <= last]
    found = {mark for mark in named if is_candidate(mark) and mark != actor.mark}
    if not found and people.RIVAL in named:
        rival = view.finder.discourse.opponent(actor.mark or "")
        return {rival} if rival else set()
    return found
