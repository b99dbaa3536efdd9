"""What a clause says of itself and those that lean on it: an earlier vote, a part, a need, money."""

import re

from scrapers.parser.prose.clauses import Clause, clause_at
from scrapers.parser.prose.fold import fold
from scrapers.parser.prose.names import OTHER_PERSON
from scrapers.parser.prose.scope import tells_of_before
from scrapers.parser.prose.view import View

_NAMED = re.compile("[\ue000-\uf0ff][\uf200-\uf20f]?")
_BY_NAME = re.compile("[\ue000-\uf00f][\uf200-\uf20f]?")  # no pronoun: "his total of ③" leans on nothing
_FIGURES = re.compile("[\uf100-\uf104]")
_WORD = re.compile(r"\w+")
_REASONS = (
    ("needed", "what somebody still needs"),
    ("part_of_votes", "of one group, place or kind of votes"),
    ("money_told", "of money"),
)
# Between a name and its number in a clause that left its verb to the one before it: "② 48,000".
_MOST_WORDS = 2
NEAR = 70


def reason(view: View, at: int) -> str | None:
    """Why a number is none of the whole race's count, by its clause and by those it leans on."""
    own = view.clause(at)
    if view.pack["conditional"].search(_text(view, own)):
        return "what would have to be"
    for clause in _leant_on(view, at):
        text = _text(view, clause)
        for name, why in _REASONS:
            if view.pack[name].search(text):
                return why
        if in_a_part(view, clause):
            return "another place"
        if _is_money_beside(view, clause, at):
            return "of money"
        if tells_of_before(view.sentence, clause, view.pack, view.when):
            return "an earlier vote"
    return None


def _text(view: View, clause: Clause) -> str:
    return f"{clause.opener.strip(' ,;')} {view.skeleton[clause.start : clause.end]}".strip()


def _leant_on(view: View, at: int) -> list[Clause]:
    """The clause of a number, those before it that set its scene, and one after it that shares its verb.

    "In Ward 4, ① took 61%, ② 33%": the place holds for both. "in 2022, when ① beat ② by 13,204": a year
    holds for what "when" tells of it. A clause that speaks of all, or of now, takes nothing from before.
    """
    parts = [c for c in view.finder.clauses if view.skeleton[c.start : c.end].strip()]
    own = clause_at(parts, at)
    found = [parts[own]]
    for index in range(own, 0, -1):
        if _stands_alone(view, parts[index], at):
            break
        found.append(parts[index - 1])
    if own + 1 < len(parts) and _shares_its_end(view, parts[own + 1]):
        found.append(parts[own + 1])
    return found


def _stands_alone(view: View, clause: Clause, at: int) -> bool:
    text = _text(view, clause)
    if view.pack["whole_again"].search(text):
        return True
    if view.pack["scene_goes_on"].match(text) or clause.opener.strip() == "(":
        return False
    inside = min(at, clause.end)
    return not (_is_heading(view, clause) or _is_elliptic(view, clause, inside))


def _is_heading(view: View, clause: Clause) -> bool:
    """Whether a clause stands behind one without a name: "Postal votes: ①", "In Ward 4, ①"."""
    before = view.skeleton[: clause.start]
    return not _NAMED.search(before) and clause.opener.strip() in (":", ",", "-", "|")


def _is_elliptic(view: View, clause: Clause, at: int) -> bool:
    left = view.skeleton[clause.start : at]
    if not _FIGURES.search(view.skeleton, clause.start, clause.end):
        return False
    return _BY_NAME.search(left) is not None and len(_WORD.findall(_NAMED.sub(" ", left))) <= _MOST_WORDS


def _shares_its_end(view: View, clause: Clause) -> bool:
    """As in "① took 61% and ② 33% in Ward 4": what ends the second is said of both."""
    number = next((p for p in view.sentence.numbers if clause.start <= p < clause.end), None)
    return number is not None and _is_elliptic(view, clause, number)


def _is_money_beside(view: View, clause: Clause, at: int) -> bool:
    """As in "① spent $51,000 and ② 48,000": the sign is said once."""
    if clause.start <= at < clause.end:
        return False
    inside = [p for p in view.sentence.numbers if clause.start <= p < clause.end]
    return any(view.number(p).is_money for p in inside)


def in_a_part(view: View, clause: Clause) -> bool:
    """Whether a clause names a part, one that "and" may have cut in two: "in some ① and ② wards"."""
    if any(_names_a_part(view, p) for p in view.sentence.mentions if clause.start <= p < clause.end):
        return True
    match = view.pack["local"].search(view.skeleton, clause.start, clause.end + NEAR)
    if match is None or match.start() >= clause.end:
        return False
    named = [m.text for p, m in view.sentence.mentions.items() if match.start() <= p < match.end()]
    return not stems(" ".join([match[0], *named])) & view.home  # "in the Khandwa constituency" of Khandwa


def stems(text: str) -> frozenset[str]:
    """The beginnings of a text's words, by which places are compared."""
    return frozenset(w[:5] for w in re.findall(r"\w{3,}", fold(text)))


def _names_a_part(view: View, at: int) -> bool:
    """As in "① won Tepe County with 71 percent": a county, and not the race's own."""
    mention = view.sentence.mentions[at]
    if mention.mark != OTHER_PERSON or not view.pack["wins_a_part"].search(view.left(at, 40)):
        return False
    name, _, last = fold(mention.text).rpartition(" ")
    return view.pack["part_names"].fullmatch(last) is not None and not stems(name) & view.home
