"""Votes, shares, seats and leads of candidates in one sentence."""

from dataclasses import replace
from itertools import zip_longest

from scrapers.parser.prose import aliens, counted, counts, leads, links, pairs
from scrapers.parser.prose.names import is_candidate
from scrapers.parser.prose.numbers import OTHER, PERCENT, POINTS
from scrapers.parser.prose.view import Figures, View
from tally.reading import Lead, Qualifier


def read(view: View) -> Figures:
    """Everything the numbers of a sentence tell of the race."""
    found = Figures()
    if view.pack["superseded_start"].match(view.skeleton.lstrip('" ')):
        found.left_out.append("a state that the text itself calls past")
        return found
    found.counted, used = counted.read(view.sentence, view.finder, view.pack)
    if found.counted and used and (aliens.elsewhere(view, min(used)) or aliens.past(view, min(used))):
        found.left_out.append("counted in another place or vote")
        found.counted = None
    places = [p for p in view.sentence.numbers if p not in used and view.number(p).unit != OTHER]
    margins: list[int] = []
    paired = -1
    for at, after in zip_longest(places, places[1:]):
        if at == paired:
            continue
        if after is not None and _pair(view, at, after, found):
            paired = after
        elif counts.kind(view, at) == "lead":
            margins.append(at)
        else:
            _single(view, at, found)
    for at in margins:
        _single(view, at, found)
    _bare_lead(view, found)
    return found


def _single(view: View, at: int, found: Figures) -> None:
    number = view.number(at)
    kind = counts.kind(view, at)
    if kind is None:
        return
    why = None if kind == "lead" and counts.is_margin(view, at) else aliens.reason(view, at)
    if why:
        found.left_out.append(f"{number.value:g}: {why}")
    elif kind == "lead" and view.pack["erased_later"].search(view.skeleton, at):
        found.left_out.append(f"{number.value:g}: a lead that the text itself calls gone")
    elif kind == "lead":
        _lead(view, at, found)
    else:
        _line(view, at, kind, found)


def _lead(view: View, at: int, found: Figures) -> None:
    number = view.number(at)
    again = found.lead if counts.says_lead_again(view, at) else None
    mark = again.candidate if again else leads.leader(view, at, found)
    if mark is None and counts.is_margin(view, at):
        mark = view.finder.discourse.leader
    if mark is None:
        found.left_out.append(f"{number.value:g}: a lead of nobody named")
        return
    lead = found.lead or Lead(mark, None, None, number.qualifier)
    if number.unit in (PERCENT, POINTS):
        if number.value <= 100 and lead.points is None:
            found.lead = replace(lead, points=number.value)
    elif (lead.votes is None or view.ends("now_to", at)) and (
        view.electorate is None or number.value <= view.electorate
    ):
        found.lead = replace(lead, votes=int(number.value))


def _line(view: View, at: int, kind: str, found: Figures) -> None:
    mark = links.owner(view, at, found.owned)
    if mark is None:
        found.left_out.append(f"{view.number(at).value:g}: of nobody named")
        return
    if _told_already(view, at, mark, kind):
        found.left_out.append(f"{view.number(at).value:g}: of somebody else, or told twice")
        return
    together = links.joined(view, at)
    if together is not None and mark == together[1] and _both_have(view, at):
        _set(view, together[0], kind, at, found)
    _set(view, mark, kind, at, found)


def _told_already(view: View, at: int, mark: str, kind: str) -> bool:
    """Whether only a pronoun gives a number to who has another: "① got 52. Third is ②. He has 29"."""
    if any(is_candidate(m.mark) for p, m in view.sentence.mentions.items() if p < at):
        return False
    known = view.finder.discourse.tallies.get(kind, {}).get(mark)
    return known is not None and known != view.number(at).value and view.sentence.mentions != {}


def _both_have(view: View, at: int) -> bool:
    """As in "① and ② have 10 percent" where no second number follows: each of them has it."""
    last = max(p for p in view.sentence.mentions if p < at)
    return view.pack["both_have"].fullmatch(view.skeleton[last + 1 : at].strip(" \uf200")) is not None


def _set(view: View, mark: str, kind: str, at: int, found: Figures) -> None:
    number = view.number(at)
    line = found.line(mark)
    found.owned[at] = mark
    if kind == "share" and line.share is None and 0 <= number.value <= 100:
        line.share, line.qualifier = number.value, number.qualifier
    elif kind == "seats" and line.seats is None:
        line.seats = int(number.value)
    elif kind == "votes" and line.votes is None and _possible(view, number.value):
        line.votes = int(number.value)
        if line.share is None:
            line.qualifier = number.qualifier
    if line.share is None and line.votes is None and line.seats is None:
        del found.lines[mark]


def _possible(view: View, votes: float) -> bool:
    return votes >= 10 and (view.electorate is None or votes <= view.electorate)


def _pair(view: View, at: int, after: int, found: Figures) -> bool:
    """Two numbers of two candidates, told together; whether they are told so."""
    if pairs.is_range(view, at, after):
        found.left_out.append(f"{view.number(at).value:g}: the lower end of a range")
        return True
    told = pairs.read(view, at, after)
    if told is None:
        return False
    kind, first, second = told
    _set(view, first, kind, at, found)
    _set(view, second, kind, after, found)
    return True


def _bare_lead(view: View, found: Figures) -> None:
    """As in "A commanding lead with more than 90% counted": a lead without a number, told beside a count."""
    if found.lead or found.lines or found.counted is None:
        return
    match = view.pack["lead_bare"].search(view.skeleton)
    if match is None or view.pack["negation"].search(view.skeleton[: match.start()]):
        return
    who = links.subject(view, match.start() + 1)
    if who is not None and who.mark is not None:
        found.lead = Lead(who.mark, None, None, Qualifier.EXACT)
