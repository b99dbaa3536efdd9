"""Numbers that are none of the race's: turnout, polls, thresholds, other places and years."""

import re

from scrapers.parser.prose import links, reach
from scrapers.parser.prose.clauses import Clause, clause_at
from scrapers.parser.prose.fold import fold
from scrapers.parser.prose.names import OTHER_PERSON
from scrapers.parser.prose.numbers import OTHER, POINTS
from scrapers.parser.prose.scope import asides, is_history, is_poll, tells_of_before
from scrapers.parser.prose.view import View

_NEAR = reach.NEAR
_ALIEN = (
    ("turnout", "turnout"),
    ("early", "early votes or registrations"),
    ("superseded", "a state that the text itself calls past"),
    ("not_votes", "not of the votes"),
)
_THRESHOLDS = frozenset({3.0, 5.0, 7.0, 10.0, 12.5, 15.0, 25.0, 40.0, 45.0, 50.0, 60.0, 66.7})


def reason(view: View, at: int) -> str | None:
    """Why the number at ``at`` tells nothing of this race's count, or None where it may."""
    if is_poll(view.sentence, view.finder.clauses, at, view.pack) or _goes_on_guessing(view):
        return "of a survey or an estimate"
    near = _near(view, at)
    for name, why in _ALIEN:
        if view.pack[name].search(near) or (name == "turnout" and _explains_turnout(view, at)):
            return why
    is_lead = view.follows("lead_after", at)
    if view.ends("previous_before", at) and not is_lead and not links.right_owner(view, at):
        return "an earlier state"
    if view.number(at).unit != POINTS and view.follows("not_share_after", at) and not is_lead:
        return "a share of something else"
    if _is_threshold(view, at, near) or (
        _is_of_a_range(view, at) and not is_lead and not view.ends("lead_before_strict", at)
    ):
        return "a threshold or a range"
    if view.past or past(view, at):
        return "an earlier vote"
    if view.follows("rest_after", at) or view.ends("rest_before", at):
        return "a share of what is left to count"
    return "another place" if elsewhere(view, at) else reach.reason(view, at)


def _goes_on_guessing(view: View) -> bool:
    """As in "① would have 44%, an exit poll says. She is ahead of ② (41%)": the estimate goes on."""
    before, first = view.finder.discourse.before, view.skeleton.lstrip('" ')[:1]
    if before is None or not "\uf010" <= first <= "\uf01f" or not before.numbers:
        return False
    if any(stem in view.skeleton for stem in view.pack.count_stems):
        return False
    poll, count = view.pack["poll"], view.pack["not_poll"]
    return poll.search(before.skeleton) is not None and count.search(before.skeleton) is None


def _explains_turnout(view: View, at: int) -> bool:
    """As in "Die Wahlbeteiligung war hoch: Sie lag schon mittags bei ③": told of what stands before it."""
    parts = view.finder.clauses
    own = clause_at(parts, at)
    if own == 0 or parts[own].opener.strip() != ":":
        return False
    before = view.skeleton[parts[own - 1].start : parts[own - 1].end]
    first = view.skeleton[parts[own].start : at].strip()[:1]
    return "\uf010" <= first <= "\uf01f" and view.pack["turnout"].search(before) is not None


def _is_of_a_range(view: View, at: int) -> bool:
    """As in "terá entre ③ e ④": either end of what is only known as a range."""
    if view.ends("range_before", at):
        return True
    before = max((p for p in view.sentence.numbers if p < at), default=-1)
    between = view.skeleton[before + 1 : at].strip()
    return before >= 0 and len(between) <= 6 and view.ends("range_before", before) and between.isalpha()


def _is_threshold(view: View, at: int, near: str) -> bool:
    if view.ends("threshold_before", at):
        return True  # "ha sfondato il tetto del ③"
    return view.number(at).value in _THRESHOLDS and view.pack["threshold"].search(near) is not None


def past(view: View, at: int) -> bool:
    """Whether a number is of an earlier vote: by its clause and those back to the one that has a subject.

    "① won the first round, on 27 March, with 39.14%": the date stands two clauses before the number.
    """
    parts = view.finder.clauses
    if is_history(view.sentence, parts, at, view.pack, view.when):
        return True
    own = clause_at(parts, at)
    beside = asides(parts, view.pack)
    for index in range(own, -1, -1):
        if index in beside and own not in beside:
            continue
        if tells_of_before(view.sentence, parts[index], view.pack, view.when):
            return True
        if view.finder.head(parts[index], min(parts[index].end, at)) is not None:
            return False
    return False


def _near(view: View, at: int) -> str:
    """The words that belong to a number: of its clause, not beyond the numbers beside it."""
    clause = view.clause(at)
    others = [
        p for p in view.sentence.numbers if clause.start <= p < clause.end and view.number(p).unit != OTHER
    ]
    left = max((p for p in others if p < at), default=clause.start - 1) + 1
    after = view.skeleton[at : min(clause.end, at + _NEAR)]
    following = min((p for p in others if p > at), default=None)
    if following is not None and following - at < _NEAR:
        after = " ".join(view.skeleton[at:following].split(" ")[:-5])
    before = view.skeleton[max(left, at - _NEAR) : at]
    if left > clause.start:  # what stands right behind the number before belongs to that one
        before = " ".join(before.lstrip().split(" ")[3 if view.pack.flag("sov") else 1 :])
    return f"{clause.opener.strip(' ,;')} {before}{after}"


def elsewhere(view: View, at: int) -> bool:
    """Whether a number is told of one place only: "in Fulton County"."""
    own = view.clause(at)
    if view.pack["whole_again"].search(view.skeleton, own.start, at):
        return False
    first = view.finder.clauses[0]
    spans = [own] if first is own or first.end - first.start > 60 else [own, first]
    spans += _scene(view, at)
    index = clause_at(view.finder.clauses, at)
    spans += view.finder.clauses[index - 1 : index] if own.opener.strip() == "(" else []
    if any(view.pack["whole_again"].search(view.skeleton, c.start, c.end) for c in (own, *_scene(view, at))):
        return False  # "En la capital tiene el ③; en todo el país, el ④"
    if (first in spans and _opens_elsewhere(view)) or any(reach.in_a_part(view, c) for c in spans):
        return True
    if view.pack["decides"].search(view.skeleton, first.start, own.end):
        return False  # "In Haryana, ① defeated ② by 6,700 votes": nobody is beaten in a part
    return any(_is_place(view, p) for c in spans for p in view.sentence.mentions if c.start <= p < c.end)


_IN_PLACE = re.compile(r"In ((?:[A-ZÄÖÜ][\w-]+ ?){1,3})(?=[a-zäöü])")


def _opens_elsewhere(view: View) -> bool:
    """As in "In Innsbruck kam ① auf ③": where every noun has a capital, a place is known by its "In"."""
    match = _IN_PLACE.match(view.sentence.text) if view.pack.flag("nouns_capital") else None
    if match is None:
        return False
    words = [fold(w) for w in match[1].split()]
    known = any(view.pack["never_names"].fullmatch(w) or view.pack["no_places"].fullmatch(w) for w in words)
    return not known and ("-" in match[1] or not reach.stems(match[1]) & view.home)


def _scene(view: View, at: int) -> list[Clause]:
    """A bare clause right before: "① ganó en 13 estados; en el norte, obtuvo ③"."""
    parts = [c for c in view.finder.clauses if view.skeleton[c.start : c.end].strip()]
    index = clause_at(parts, at)
    before = parts[index - 1] if index else None
    if before is not None and view.pack["where_words"].search(parts[index].opener):
        return [before]  # "se impuso en la provincia, donde recibió el ③"
    if before is None or before.opener.strip() not in (";", ",", ""):
        return []
    inside = [*view.sentence.mentions, *view.sentence.numbers]
    named = [p for p in inside if before.start <= p < before.end]
    people = [
        p
        for p in named
        if view.sentence.mentions.get(p) is None or view.sentence.mentions[p].mark != OTHER_PERSON
    ]
    return [] if people or parts[index].opener.strip() != "," else [before]


def _is_place(view: View, at: int) -> bool:
    mention = view.sentence.mentions[at]
    if mention.mark != OTHER_PERSON or mention.case == "gen":
        return False
    if mention.case != "loc" and not view.pack["place_before"].search(view.left(at, 24)):
        return False
    after = view.skeleton[at + (2 if mention.case else 1) : at + 24]
    if view.pack["race_words"].match(after.lstrip()):
        return False
    return "-" in mention.text or not reach.stems(mention.text) & view.home  # "Lindenau-Süd" is a part of it


def home_of(title: str, names: list[str]) -> frozenset[str]:
    """The word stems of a race's title and names: places named there are the race's own."""
    return reach.stems(" ".join([title, *names]))
