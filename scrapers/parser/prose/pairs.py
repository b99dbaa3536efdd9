"""Two numbers told together, of two candidates: "54-45 percent", "4,157,114 to 4,129,892"."""

from scrapers.parser.prose import aliens, links
from scrapers.parser.prose.names import is_candidate
from scrapers.parser.prose.numbers import PERCENT, PLAIN
from scrapers.parser.prose.view import View


def read(view: View, at: int, after: int) -> tuple[str, str, str] | None:
    """What two numbers count and whose the first and the second is, or None where they are no pair."""
    what = kind(view, at, after)
    if what is None or aliens.reason(view, after):
        return None
    total = view.number(at).value + view.number(after).value
    whole = what == "share" and 90 <= total <= 101 and view.ends("lead_before", at)
    if aliens.reason(view, at) not in (None, "an earlier state" if whole else None):
        return None  # "was up 58 percent to 42" goes up from nothing
    marks = _pair_marks(view, at, after)
    if marks is None:
        return None
    first, second = marks
    if not are_in_turn(view, at, after) and links.joined(view, at) is None and _reversed(view, at, after):
        first, second = second, first
    return what, first, second


def is_range(view: View, at: int, after: int) -> bool:
    """As in "a steady margin of 40,000 to 50,000 votes": one number that is not known better."""
    between = view.skeleton[at + 1 : after].strip()
    rising = view.number(after).value - view.number(at).value > 0
    return rising and between in ("to", "-") and view.ends("range_of", at)


def kind(view: View, at: int, after: int) -> str | None:
    """What a pair counts: "share", "votes", or None where the two are no pair."""
    a, b = view.number(at), view.number(after)
    between = view.skeleton[at + 1 : after]
    joining = "coordinator" if are_in_turn(view, at, after) else "pair_between"
    joined = [view.pack[name].fullmatch(between.strip()) for name in (joining, "pair_between")]
    if not any(joined) or view.ends("range_before", at):
        return None
    if a.unit == b.unit == PERCENT:
        return "share" if a.value + b.value <= 101 else None
    if a.unit != PLAIN or b.unit != PLAIN:
        return None
    if 60 <= a.value + b.value <= 101 and min(a.value, b.value) > 5:
        ends = view.follows("number_ends", after) or view.follows("pair_lead_after", after)
        return "share" if _contest(view, at) and ends else None
    votes = view.follows("votes_after", after) or view.follows("number_ends", after)
    votes = votes or view.skeleton[after + 1 : after + 2] == ")"
    votes = votes or links.right_owner(view, after) is not None or not view.sentence.mentions
    return "votes" if votes and min(a.value, b.value) >= 100 and _contest(view, at) else None


def _contest(view: View, at: int) -> bool:
    return bool(view.pack["contest"].search(view.skeleton)) and not view.pack["not_contest"].search(
        view.skeleton
    )


def _pair_marks(view: View, at: int, after: int) -> tuple[str, str] | None:
    """To whom the two numbers of a pair belong, in order."""
    if are_in_turn(view, at, after):
        return _in_turn(view, at)
    together = links.joined(view, at)
    if together is not None:
        return together
    order, leader = view.finder.discourse.order, view.finder.discourse.leader
    if len(order) == 2 and leader in order and not view.sentence.mentions:
        other = order[0] if order[1] == leader else order[1]  # "En números, son ③ contra ④"
        bigger = view.number(at).value >= view.number(after).value
        return (leader, other) if bigger else (other, leader)
    if len(order) == 2 and view.ends("both_before", at):
        return order[0], order[1]
    own = links.right_owner(view, after)
    head = links.subject(view, at)
    if own:
        first = links.other(view, own)
        return (first, own) if first else None
    mark = head.mark if head else _beaten_first(view, at) or _ahead(view, at) or links.owner(view, at, {})
    if mark is None:
        return None
    second = links.other(view, mark)
    return (mark, second) if second else None


def are_in_turn(view: View, at: int, after: int) -> bool:
    """Whether two numbers are said to be of two "respectively"."""
    return view.pack["respectively"].search(view.skeleton[max(0, at - 30) : after + 60]) is not None


def _in_turn(view: View, at: int) -> tuple[str, str] | None:
    """As in "① and the leader of the Front, ②, with 27.6% and 23.4% respectively": each has his own."""
    marks = [m.mark for p, m in view.sentence.mentions.items() if p < at and is_candidate(m.mark)]
    last = list(dict.fromkeys(marks))
    return (last[0], last[1]) if len(last) == 2 else None


def _beaten_first(view: View, at: int) -> str | None:
    """As in "projected ① to beat ② 49.3 percent to 47.8": the first number is the other one's."""
    named = [p for p, m in view.sentence.mentions.items() if p < at and is_candidate(m.mark)]
    if not named or not view.pack["loser_before"].search(view.left(named[-1], 40)):
        return None
    return links.other(view, view.sentence.mentions[named[-1]].mark)


def _ahead(view: View, at: int) -> str | None:
    """As in "la ventaja de ① sobre ② de 54% a 45%": of two named before a lead, the first has it."""
    named = [m.mark for p, m in view.sentence.mentions.items() if p < at and is_candidate(m.mark)]
    apart = len(named) == len(set(named)) == 2
    return named[0] if apart and view.pack["lead_words"].search(view.left(at, 120)) else None


def _reversed(view: View, at: int, after: int) -> bool:
    """Whether the first named trails while the larger number stands first, or leads while it is last."""
    larger_first = view.number(at).value >= view.number(after).value
    if view.pack["trail_words"].search(view.left(at, 80)):
        return larger_first
    return not larger_first and bool(view.pack["lead_words"].search(view.left(at, 80)))
