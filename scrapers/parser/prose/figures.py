"""Votes, shares, seats and leads of candidates in one sentence."""

from dataclasses import replace
from itertools import zip_longest

from scrapers.parser.prose import aliens, counted, leads, links
from scrapers.parser.prose.numbers import OTHER, PERCENT, PLAIN, POINTS
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
        elif _kind(view, at) == "lead":
            margins.append(at)
        else:
            _single(view, at, found)
    for at in margins:
        _single(view, at, found)
    _bare_lead(view, found)
    return found


def _single(view: View, at: int, found: Figures) -> None:
    number = view.number(at)
    kind = _kind(view, at)
    if kind is None:
        return
    why = None if kind == "lead" and _is_margin(view, at) else aliens.reason(view, at)
    if why:
        found.left_out.append(f"{number.value:g}: {why}")
    elif kind == "lead":
        _lead(view, at, found)
    else:
        _line(view, at, kind, found)


def _kind(view: View, at: int) -> str | None:
    """What a number counts: "lead", "share", "votes", "seats", or None where it counts nothing of ours."""
    unit = view.number(at).unit
    if unit == PERCENT and view.follows("share_of_leader", at):
        return "share"
    if unit != PLAIN and _is_lead(view, at):
        return "lead"
    if unit == PERCENT:
        return "share"
    if unit == POINTS or unit != PLAIN:
        return None
    return _plain_kind(view, at)


def _plain_kind(view: View, at: int) -> str | None:
    if view.follows("seats_after", at) or _bare_seats(view, at):
        lost = view.pack["seats_lost"].search(view.left(at))
        return None if lost or _of_somebodys_victory(view, at) else "seats"
    votes = view.follows("votes_after", at)
    if votes and view.number(at).decimals and view.number(at).value < 100:
        return "share" if _bare_share(view, at) else None
    if votes and not view.follows("votes_not_after", at):
        return "lead" if _is_lead(view, at) else "votes"
    if not votes and _is_plain_lead(view, at):
        return "lead"
    if not votes and view.number(at).value >= 1000 and view.follows("votes_taken", at):
        return "votes"
    if _bare_share(view, at):
        return "share"
    return "votes" if not votes and (view.ends("votes_before", at) or _bare_votes(view, at)) else None


def _is_plain_lead(view: View, at: int) -> bool:
    """A lead without "votes": "a majority of 4,210", "was 317 ahead", "leads by 90"."""
    if _is_lead(view, at, strict=True) and view.follows("number_ends", at):
        return True
    if view.number(at).value >= 1000 and view.follows("lead_after_bare", at):
        return True
    return view.ends("plain_lead_before", at) and view.follows("plain_lead_after", at)


def _of_somebodys_victory(view: View, at: int) -> bool:
    """As in "①'s victory gives the party 46 seats": a genitive has no seats."""
    before = [m for p, m in view.sentence.mentions.items() if p < at]
    return bool(before) and before[-1].case == "gen"


def _bare_seats(view: View, at: int) -> bool:
    """As in "① won 54 seats, ② 41"."""
    earlier = [p for p in view.sentence.numbers if p < at and view.follows("seats_after", p)]
    if not earlier or view.number(at).decimals:
        return False
    return (_is_beside(view, at) and view.follows("number_ends", at)) or bool(links.right_owner(view, at))


def _is_beside(view: View, at: int) -> bool:
    named = (view.skeleton[p + 1 : at].strip(" \uf200") for p in view.sentence.mentions if p < at)
    return any(view.pack["beside"].fullmatch(between) for between in named)


def _bare_share(view: View, at: int) -> bool:
    """As in "② had 54% and ③ 45": the second number left its sign away."""
    number = view.number(at)
    if not 0 < number.value < 100 or not _is_beside(view, at) or not view.follows("number_ends", at):
        return False
    earlier = [p for p in view.sentence.numbers if p < at and view.number(p).unit == PERCENT]
    return bool(earlier) or _among_shares(view, at)


def _among_shares(view: View, at: int) -> bool:
    """As in "Marsh 50.8, Halloran 48.7": decimals beside two names that make no more than a whole."""
    decimals = [
        n.value
        for p, n in view.sentence.numbers.items()
        if n.unit == PLAIN and n.decimals and n.value < 100 and _is_beside(view, p)
    ]
    return view.number(at).decimals > 0 and len(decimals) >= 2 and sum(decimals[:2]) <= 101


def _bare_votes(view: View, at: int) -> bool:
    """As in "① 4,741,868, ② 3,935,453" and "① (4,741,868)": large numbers right beside a name."""
    number = view.number(at)
    if _after_votes(view, at):
        return True
    if number.value < 1000 or number.value != int(number.value) or not _ends(view, at):
        return False
    return any(
        view.pack["beside_votes"].fullmatch(view.skeleton[p + 1 : at].strip(" \uf200"))
        for p in view.sentence.mentions
        if at - 12 < p < at
    )


def _ends(view: View, at: int) -> bool:
    """Whether nothing is counted after a number, its share in parentheses aside: "3,935,453 (44.99%)"."""
    return view.follows("number_ends", at) or view.skeleton[at + 1 : at + 4] == f" ({PERCENT}"


def _after_votes(view: View, at: int) -> bool:
    """As in "① won 61,204 votes, ② 48,330 and ③ 29,310": what is counted is said once."""
    number = view.number(at)
    earlier = [p for p in view.sentence.numbers if p < at and view.follows("votes_after", p)]
    ends = _ends(view, at) or links.right_owner(view, at) is not None
    return bool(earlier) and number.value >= 100 and not number.decimals and ends


def _is_lead(view: View, at: int, *, strict: bool = False) -> bool:
    if view.ends("lead_before_strict" if strict else "lead_before", at):
        return True
    if strict:
        return False
    return view.follows("lead_after", at) or _says_lead_again(view, at) or _by(view, at)


def _by(view: View, at: int) -> bool:
    """As in "① led ② after a long night by 1,900 votes": whatever stands between, "by" is a margin."""
    return view.ends("by_words", at) and bool(view.pack["contest_verb"].search(view.left(at, 160)))


def _says_lead_again(view: View, at: int) -> bool:
    """As in "0.4 percent, or less than 50,000 votes": the same lead in another unit."""
    before = max((p for p in view.sentence.numbers if p < at), default=-1)
    if before < 0 or view.number(before).unit == view.number(at).unit:
        return False
    between = view.skeleton[before + 1 : at]
    return view.pack["alternative"].fullmatch(between.strip(" ,")) is not None and _is_lead(view, before)


def _is_margin(view: View, at: int) -> bool:
    """Whether a number is the very difference just told: "That is a lead of 27,222 votes for a man who"."""
    number = view.number(at)
    return number.value == view.finder.discourse.margin and number.unit == PLAIN and number.value >= 100


def _lead(view: View, at: int, found: Figures) -> None:
    number = view.number(at)
    mark = (
        found.lead.candidate if found.lead and _says_lead_again(view, at) else leads.leader(view, at, found)
    )
    if mark is None and _is_margin(view, at):
        mark = view.finder.discourse.leader
    if mark is None:
        found.left_out.append(f"{number.value:g}: a lead of nobody named")
        return
    lead = found.lead or Lead(mark, None, None, number.qualifier)
    if number.unit in (PERCENT, POINTS):
        if number.value <= 100 and lead.points is None:
            found.lead = replace(lead, points=number.value)
    elif lead.votes is None and (view.electorate is None or number.value <= view.electorate):
        found.lead = replace(lead, votes=int(number.value))


def _line(view: View, at: int, kind: str, found: Figures) -> None:
    mark = links.owner(view, at, found.owned)
    if mark is None:
        found.left_out.append(f"{view.number(at).value:g}: of nobody named")
        return
    _set(view, mark, kind, at, found)


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
    """As in "54-45 percent", "by 52% to 46%", "4,157,114 to 4,129,892": two numbers, two candidates."""
    if _is_range(view, at, after):
        found.left_out.append(f"{view.number(at).value:g}: the lower end of a range")
        return True
    kind = _pair_kind(view, at, after)
    if kind is None or aliens.reason(view, at) or aliens.reason(view, after):
        return False
    marks = _pair_marks(view, at, after)
    if marks is None:
        return False
    first, second = marks
    if links.joined(view, at) is None and _reversed(view, at, after):
        first, second = second, first
    _set(view, first, kind, at, found)
    _set(view, second, kind, after, found)
    return True


def _is_range(view: View, at: int, after: int) -> bool:
    """As in "a steady margin of 40,000 to 50,000 votes": one number that is not known better."""
    between = view.skeleton[at + 1 : after].strip()
    rising = view.number(after).value - view.number(at).value > 0
    return rising and between in ("to", "-") and view.ends("range_of", at)


def _pair_kind(view: View, at: int, after: int) -> str | None:
    a, b = view.number(at), view.number(after)
    between = view.skeleton[at + 1 : after]
    if not view.pack["pair_between"].fullmatch(between.strip()) or view.ends("range_before", at):
        return None
    if a.unit == b.unit == PERCENT:
        return "share" if a.value + b.value <= 101 else None
    if a.unit != PLAIN or b.unit != PLAIN:
        return None
    if 60 <= a.value + b.value <= 101 and min(a.value, b.value) > 5:
        return "share" if _contest(view, at) and view.follows("number_ends", after) else None
    votes = view.follows("votes_after", after) or view.follows("number_ends", after)
    votes = votes or links.right_owner(view, after) is not None
    return "votes" if votes and min(a.value, b.value) >= 100 and _contest(view, at) else None


def _contest(view: View, at: int) -> bool:
    return bool(view.pack["contest"].search(view.skeleton)) and not view.pack["not_contest"].search(
        view.skeleton
    )


def _pair_marks(view: View, at: int, after: int) -> tuple[str, str] | None:
    """To whom the two numbers of a pair belong, in order."""
    together = links.joined(view, at)
    if together is not None:
        return together
    order = view.finder.discourse.order
    if len(order) == 2 and view.ends("both_before", at):
        return order[0], order[1]
    own = links.right_owner(view, after)
    head = links.subject(view, at)
    if own:
        first = links.other(view, own)
        return (first, own) if first else None
    mark = head.mark if head else links.owner(view, at, {})
    if mark is None:
        return None
    second = links.other(view, mark)
    return (mark, second) if second else None


def _reversed(view: View, at: int, after: int) -> bool:
    """Whether the first named trails while the larger number stands first, or leads while it is last."""
    larger_first = view.number(at).value >= view.number(after).value
    if view.pack["trail_words"].search(view.left(at, 80)):
        return larger_first
    return not larger_first and bool(view.pack["lead_words"].search(view.left(at, 80)))


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
