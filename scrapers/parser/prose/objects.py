"""To whom it is done: the one congratulated, called, conceded to."""

import re

from scrapers.parser.prose import names as people
from scrapers.parser.prose import quotations, speakers
from scrapers.parser.prose.names import is_candidate
from scrapers.parser.prose.pronouns import STRANGER, Who
from scrapers.parser.prose.view import View


def find(where: str, start: int, end: int, actor: Who | None, view: View) -> Who | None:
    """The target of a claim whose words stand at ``start``–``end``; ``where`` is the pack's word for it."""
    match where:
        case "object":
            return _object(end, actor, view) or _clitic(start, end, actor, view)
        case "inside":
            return _inside(start, end, actor, view)
        case "before":
            return _before(start, actor, view)
        case "leader":
            return _leader(start, view)
        case "subject":
            return view.finder.subject(start, end)
        case "dative":
            return speakers.with_case(view.finder, "dat")
        case "any":
            return (
                _inside(start, end, actor, view) or _object(end, actor, view) or _before(start, actor, view)
            )
        case _:
            return None


def _leader(start: int, view: View) -> Who | None:
    """Who leads or has won, in the words before: "① led by 90 votes when the agency called the race"."""
    words = view.pack["lead_words"].search(view.skeleton, 0, start)
    who = view.finder.subject(words.start(), words.end()) if words else None
    return who if who is not None and not view.pack["trail_words"].search(view.skeleton, 0, start) else None


def _inside(start: int, end: int, actor: Who | None, view: View) -> Who | None:
    """A candidate within the words that matched, other than the actor."""
    marks = (m.mark for p, m in view.sentence.mentions.items() if start <= p < end)
    named: list[Who | None] = [Who(mark) for mark in marks if is_candidate(mark)]
    named = named or [speakers.first(view.finder, start, end), speakers.last(view.finder, start, end)]
    return next((w for w in named if w is not None and w.is_candidate and w != actor), None)


def _clitic(start: int, end: int, actor: Who | None, view: View) -> Who | None:
    """A pronoun that hangs on the verb: "para parabenizá-la", "felicitarlo"."""
    if actor is None or not view.pack["clitic"].search(view.skeleton, start, end):
        return None
    named = [m.mark for p, m in view.sentence.mentions.items() if p < start and is_candidate(m.mark)]
    others = [m for m in named if m != actor.mark]
    if not others and actor.mark is None:
        leader = view.finder.discourse.leader  # "El presidente la felicitó": the one the count has ahead
        return Who(leader) if leader and not named else None
    mark = others[-1] if others else view.finder.discourse.opponent(actor.mark or "")
    return Who(mark) if mark else STRANGER


def _object(end: int, actor: Who | None, view: View) -> Who | None:
    """The one to whom it is done: the first name after the verb in reach."""
    for at, mention in view.sentence.mentions.items():
        if at < end:
            continue
        if at - end > 60:
            break
        if mention.mark == people.RIVAL and (named := _named_beside(at, view)):
            return named
        who = _resolve_object(at, mention, actor, view)
        if who is not None and who.mark is not None and (actor is None or who.mark != actor.mark):
            return who
        if mention.mark in _UNNAMED and at - end <= 2:
            return STRANGER
    return None


def _named_beside(at: int, view: View) -> Who | None:
    """As in "for his Democratic opponent, ①": the name behind says who is meant."""
    beside = re.match(",? ", view.skeleton[at + 1 : at + 3])
    mention = view.sentence.mentions.get(at + 1 + beside.end()) if beside else None
    return Who(mention.mark) if mention and is_candidate(mention.mark) and not mention.case else None


_UNNAMED = (people.RIVAL, people.HE, people.SHE, people.THEY)


def _resolve_object(at: int, mention: people.Mention, actor: Who | None, view: View) -> Who | None:
    """A pronoun after a verb is not its subject: "① called to congratulate her" means the other one."""
    if mention.mark in _UNNAMED and actor and actor.mark:
        named = [m.mark for p, m in view.sentence.mentions.items() if p < at and is_candidate(m.mark)]
        others = [m for m in named if m != actor.mark]
        rival = others[-1] if others else view.finder.discourse.opponent(actor.mark)
        return Who(rival) if rival else STRANGER
    if mention.mark in _UNNAMED and mention.mark != people.RIVAL and actor and actor.name:
        told = {m.mark for p, m in view.sentence.mentions.items() if p < at and is_candidate(m.mark)}
        if len(told) == 1:
            return Who(told.pop())  # "The president called ① and congratulated him"
    return view.finder.resolve(at, mention)


def _before(start: int, actor: Who | None, view: View) -> Who | None:
    """The nearest candidate before the verb who is not the actor (languages with the verb at the end)."""
    for at, mention in reversed(view.sentence.mentions.items()):
        if at >= start:
            continue
        if mention.mark == people.HIM:
            return quotations.him(start, actor, view)
        who = _resolve_object(at, mention, actor, view)
        if who is not None and who.is_candidate and (actor is None or who.mark != actor.mark):
            return who
        if mention.mark == people.RIVAL:
            return STRANGER
    return None
