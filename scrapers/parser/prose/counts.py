"""What a number counts: a lead, a share, votes, seats, or nothing of ours."""

import re

from scrapers.parser.prose import links
from scrapers.parser.prose.numbers import PERCENT, PLAIN, POINTS
from scrapers.parser.prose.view import View

_MOST_SEATS = 2000
_A_GAIN = 1000  # below it "gained 12 votes" tells a change, not a count
_PART_OF = re.compile("\\s(?:of|del?|d[oe]|di|des|der|von)\\s(?:the\\s|el\\s)?[\uf100-\uf104]")
_OUT_OF = re.compile(
    "[\uf101\uf104]\\s(?:out\\s)?(?:of|von|del?|d[oae]s|sur|su|der|dei)(?:\\s(?:the|los|las|les))?\\s$"
)
_NO_COUNT = ("lead_change_before", "taken_away_before", "rank_before")
_A_SHARE = 45  # "his 68 percent win" and "pushed his lead to 48 percent" are shares, whatever is said


def kind(view: View, at: int) -> str | None:
    """What a number counts: "lead", "share", "votes", "seats", or None where it counts nothing of ours."""
    unit = view.number(at).unit
    if _counts_nothing(view, at):
        return None
    if view.ends("gap_is", at) and view.pack["gap_between"].search(view.skeleton, 0, at):
        return "lead"
    if unit == PERCENT and view.follows("share_of_leader", at):
        return "share"
    if unit == PERCENT and (view.number(at).value >= _A_SHARE or _with_behind(view, at)):
        return "share"
    if unit != PLAIN and _is_lead(view, at):
        return "lead"
    if unit == PERCENT:
        return "share"
    if unit == POINTS or unit != PLAIN:
        return None
    return _plain_kind(view, at)


def _with_behind(view: View, at: int) -> bool:
    """As in "liegt mit ③ hinter ②": with so much he is behind, not by so much."""
    return view.ends("with_before", at) and view.pack["behind_named"].match(view.skeleton, at + 2) is not None


def _counts_nothing(view: View, at: int) -> bool:
    """Whether a number is a change, a rank, a part of another number, or of two in turn that are not told."""
    if any(view.ends(name, at) for name in _NO_COUNT) or view.follows("change_after", at):
        return True
    return _in_turn_of_nobody(view, at) or _of_a_number(view, at) or _lead_as_share(view, at)


def _in_turn_of_nobody(view: View, at: int) -> bool:
    """As in "got 42% and 27% respectively" where the two are not told: neither may be anybody's."""
    return view.pack["respectively"].search(view.skeleton, at, at + 60) is not None


def _of_a_number(view: View, at: int) -> bool:
    """As in "la mitad del ③": a part of a number that is told, and no number of its own."""
    if view.number(at).fraction and _PART_OF.match(view.skeleton, at + 1):
        return True
    before = max((p for p in view.sentence.numbers if p < at), default=-1)
    if before < 0 or not view.number(before).fraction:
        return False
    whole = _PART_OF.match(view.skeleton, before + 1)  # nor is the one of "la mitad del uno por ciento"
    return whole is not None and whole.end() == at + 1


def _lead_as_share(view: View, at: int) -> bool:
    """As in "a majority of 1,641 (61%)": what stands in parentheses behind a lead is nobody's share."""
    before = max((p for p in view.sentence.numbers if p < at), default=-1)
    if before < 0 or view.number(at).unit != PERCENT or view.number(at).value < _A_SHARE:
        return False
    beside = view.skeleton[before + 1 : at].strip() in ("(", "[") and view.number(before).unit == PLAIN
    return beside and _is_plain_lead(view, before)


def _plain_kind(view: View, at: int) -> str | None:
    if view.follows("seats_after", at) or _bare_seats(view, at):
        lost = view.pack["seats_lost"].search(view.left(at)) or _OUT_OF.search(view.left(at, 16))
        return None if lost or _of_somebodys_victory(view, at) else "seats"
    votes = view.follows("votes_after", at)
    if view.number(at).value < _A_GAIN and view.ends("gain_before", at) and not _by(view, at):
        return None  # "gained 12 votes in the recount"
    if votes and view.number(at).decimals and view.number(at).value < 100:
        return "share" if _bare_share(view, at) else None
    if votes and not view.follows("votes_not_after", at):
        return "lead" if _is_lead(view, at) else None if view.ends("by_how_much", at) else "votes"
    if not votes and _is_plain_lead(view, at):
        return "lead"
    if not votes and view.number(at).value >= 1000 and view.follows("votes_taken", at):
        return "votes"
    if _bare_share(view, at):
        return "share"
    return "votes" if not votes and (view.ends("votes_before", at) or _bare_votes(view, at)) else None


def _is_plain_lead(view: View, at: int) -> bool:
    """A lead without "votes": "a majority of 4,210", "was 317 ahead", "leads by 90"."""
    if view.number(at).value < _A_GAIN and any(view.follows("seats_after", p) for p in view.sentence.numbers):
        return False  # "a majority of at least 76, with 364 seats": over all the others
    if _is_lead(view, at, strict=True) and _ends(view, at):
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
    if view.number(at).decimals or view.number(at).value > _MOST_SEATS:
        return False
    if view.pack.flag("sov") and view.follows("number_ends", at) and _ends_in_seats(view, at):
        return True
    headed = view.pack["seats_heading"].search(view.skeleton, 0, at)
    if headed and _is_beside(view, at):
        return view.follows("number_ends", at)  # "Sitzverteilung: CDU: 30, AfD: 24"
    if not earlier and not headed:
        return False
    ends = _ends(view, at) or view.skeleton[at + 1 : at + 3] == " ("  # "die ② bei 51 (-20)"
    return (_is_beside(view, at) and ends) or bool(links.right_owner(view, at))


def _ends_in_seats(view: View, at: int) -> bool:
    """As in "① yüzde 25 oy oranı ile 169, ② yüzde 10 oy oranı ile 50 milletvekili": said once, at the end."""
    if not view.ends("with_share_before", at):
        return False
    return any(p > at and view.follows("seats_after", p) for p in view.sentence.numbers)


def _is_beside(view: View, at: int) -> bool:
    named = (view.skeleton[p + 1 : at].strip(" \uf200") for p in view.sentence.mentions if p < at)
    return any(view.pack["beside"].fullmatch(between) for between in named)


def _bare_share(view: View, at: int) -> bool:
    """As in "② had 54% and ③ 45": the second number left its sign away."""
    number = view.number(at)
    if number.decimals and 0 < number.value < 100 and view.ends("share_before", at):
        return True  # "①'nun oy oranı 54,03"
    if not 0 < number.value < 100 or not _is_beside(view, at) or not view.follows("number_ends", at):
        return False
    earlier = [
        p
        for p in view.sentence.numbers
        if p < at and (view.number(p).unit == PERCENT or view.ends("share_before", p))
    ]
    return bool(earlier) or _among_shares(view, at)


def _among_shares(view: View, at: int) -> bool:
    """As in "Marsh 50.8, Halloran 48.7": decimals beside two names that make no more than a whole."""
    decimals = [
        n.value
        for p, n in view.sentence.numbers.items()
        if n.unit in (PLAIN, PERCENT) and n.decimals and n.value < 100 and _is_beside(view, p)
    ]
    return view.number(at).decimals > 0 and len(decimals) >= 2 and sum(decimals[:2]) <= 101


def _bare_votes(view: View, at: int) -> bool:
    """As in "① 4,741,868, ② 3,935,453" and "① (4,741,868)": large numbers right beside a name."""
    number = view.number(at)
    if _after_votes(view, at) or _behind_its_share(view, at):
        return True
    least = 10 if _has_its_share(view, at) else 1000
    if number.value >= 1000 and least == 10 and view.ends("obtained_before", at):
        return True  # "sumó finalmente 5.386.965 (21,39 por ciento)"
    if number.value >= 1000 and _or_its_share(view, at):
        return True
    if number.value < least or number.value != int(number.value) or not _ends(view, at):
        return False
    return any(
        view.pack["beside_votes"].fullmatch(view.skeleton[p + 1 : at].strip(" \uf200"))
        for p in view.sentence.mentions
        if at - 12 < p < at
    )


def _has_its_share(view: View, at: int) -> bool:
    """As in "Union 320 (12%)", "Union - 477 [54.6%, +23.6]": its share stands in brackets behind it."""
    return view.skeleton[at + 1 : at + 4] in (f" ({PERCENT}", f" [{PERCENT}")


def _or_its_share(view: View, at: int) -> bool:
    """As in "topped the poll with 11,302, or 38.1%": a share in other words."""
    following = min((p for p in view.sentence.numbers if p > at), default=-1)
    if following < 0 or view.number(following).unit != PERCENT or not view.ends("with_before", at):
        return False
    between = view.skeleton[at + 1 : following].strip(" ,")
    return view.pack["alternative"].fullmatch(between) is not None


def _behind_its_share(view: View, at: int) -> bool:
    """As in "①: 50,9% dos votos válidos (60.345.999)": what stands in parentheses is how many they were."""
    number, before = view.number(at), max((p for p in view.sentence.numbers if p < at), default=-1)
    if before < 0 or number.value < 1000 or number.decimals:
        return False
    between = view.skeleton[before + 1 : at].strip()
    if between.endswith("-") and (view.follows("in_all", at) or view.follows("votes_after", at)):
        between = f"{between[:-1]}("  # "49,96% dos votos válidos -78.734 no total"
    elif view.skeleton[at + 1 : at + 2] != ")":
        return False
    noun = between.removesuffix("(").strip()
    return (
        view.number(before).unit == PERCENT
        and between.endswith("(")
        and (not noun or view.pack["vote_noun"].fullmatch(noun) is not None)
    )


def _ends(view: View, at: int) -> bool:
    """Whether nothing is counted after a number, its share in parentheses aside: "3,935,453 (44.99%)"."""
    after = view.skeleton[at + 1 : at + 4]
    if after[:1] == ")" or view.skeleton[at + 1 : at + 5] == f" - {PERCENT}":
        return True
    return view.follows("number_ends", at) or _has_its_share(view, at) or after[:2] == f" {PERCENT}"


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
    return view.follows("lead_after", at) or says_lead_again(view, at) or _by(view, at)


def _by(view: View, at: int) -> bool:
    """As in "① led ② after a long night by 1,900 votes": whatever stands between, "by" is a margin."""
    return view.ends("by_words", at) and bool(view.pack["contest_verb"].search(view.left(at, 160)))


def says_lead_again(view: View, at: int) -> bool:
    """As in "0.4 percent, or less than 50,000 votes": the same lead in another unit."""
    before = max((p for p in view.sentence.numbers if p < at), default=-1)
    if before < 0 or view.number(before).unit == view.number(at).unit:
        return False
    if view.number(before).unit == PERCENT and view.number(before).value >= _A_SHARE:
        return False  # "a lead of 49.3 percent, or 850,053 votes": what he has, not by how much
    between = view.skeleton[before + 1 : at]
    return view.pack["alternative"].fullmatch(between.strip(" ,")) is not None and _is_lead(view, before)


def is_margin(view: View, at: int) -> bool:
    """Whether a number is the very difference just told: "That is a lead of 27,222 votes for a man who"."""
    number = view.number(at)
    return number.value == view.finder.discourse.margin and number.unit == PLAIN and number.value >= 100
