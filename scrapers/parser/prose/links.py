"""Whose number it is: by the words between a name and a number, and by their order."""

from scrapers.parser.prose import behind
from scrapers.parser.prose import names as people
from scrapers.parser.prose.clauses import Clause
from scrapers.parser.prose.numbers import PERCENT
from scrapers.parser.prose.pronouns import STRANGER, Who
from scrapers.parser.prose.view import View

_NEAR = 40


def owner(view: View, at: int, owned: dict[int, str]) -> str | None:
    """The candidate to whom the number at ``at`` belongs, or None; ``owned`` numbers have theirs."""
    who = (
        behind.right(view, at) or _same(view, at, owned) or _left(view, at, owned) or _whole(view, at, owned)
    )
    return who.mark if who is not None and who.mark else _carried(view, at)


def _carried(view: View, at: int) -> str | None:
    """As in "Ha ottenuto il 56%", "Der Abgeordnete holte 56%": of whom the sentence before is about."""
    discourse = view.finder.discourse
    named = {m.mark for m in discourse.recent if people.is_candidate(m.mark)}
    dropped = view.pack["subject_dropped"].match(view.skeleton) is not None
    if discourse.stranger or behind.between(view, 0, at):
        return None
    if not dropped and not view.pack["epithet"].match(view.skeleton):
        return None
    if len(named) == 1:
        return next(iter(named))
    return discourse.subject if dropped and discourse.subject in named else None


def _same(view: View, at: int, owned: dict[int, str]) -> Who | None:
    """As in "4,741,868 votes, or 54.21%": another kind of number with no name between is of the same one."""
    before = max((p for p in view.sentence.numbers if p < at), default=-1)
    if (
        before not in owned
        or view.number(before).unit == view.number(at).unit
        or behind.between(view, before, at)
    ):
        return None
    return Who(owned[before]) if at - before < 60 else None


def joined(view: View, at: int) -> tuple[str, str] | None:
    """The two candidates before a number that "and" joins: "① and ② with 49.4% and 48.5%"."""
    before = [p for p in view.sentence.mentions if p < at][-2:]
    if len(before) < 2:
        return None
    words = view.skeleton[before[0] + 1 : before[1]].strip(" ,\uf200-\uf20f")
    marks = [view.sentence.mentions[p].mark for p in before]
    if not view.pack["coordinator"].fullmatch(words) or not all(people.is_candidate(m) for m in marks):
        return None
    return marks[0], marks[1]


def right_owner(view: View, at: int) -> str | None:
    """The mark of the candidate named right after the number, as in "45% for ①"."""
    who = behind.right(view, at)
    return who.mark if who else None


def _left(view: View, at: int, owned: dict[int, str]) -> Who | None:
    """The name before the number: beside it, else the subject of its clause."""
    floor = _floor(view, at, owned)
    around = behind.between(view, floor, at)
    if around and _is_strangers(view, around[-1], at):
        return STRANGER
    before = [p for p in around if not _is_place(view, p)]
    if not before:
        return None
    nearest = before[-1]
    who = _of_relative(view, before, at) or view.finder.resolve_loosely(
        nearest, view.sentence.mentions[nearest]
    )
    head = None if _of_relative(view, before, at) else subject(view, at)
    if _is_beaten(view, nearest, at) or _merely_with(view, nearest, at):
        if head is not None and head.mark not in _owners(view, at, owned):
            return head
        if head is None and len(before) == 1 and _is_beaten(view, nearest, at):
            mark = view.finder.discourse.opponent(view.sentence.mentions[nearest].mark)
            return Who(mark) if mark else STRANGER
        return who
    lone = len(before) == 1 and (head is None or nearest >= view.clause(at).start)
    return who if lone or _is_nearest_ones(view, nearest, at) else head or who


def _is_nearest_ones(view: View, nearest: int, at: int) -> bool:
    """Whether a number is the nearest name's, whoever the sentence is about."""
    if view.pack["followed"].search(view.left(nearest, 60)):
        return True  # "He was followed by ②, who was thought the strongest, with 12 percent"
    between = view.skeleton[nearest + 1 : at].strip(" ,\uf200-\uf20f")
    told_again = view.pack["alternative"].fullmatch(between)  # "③ de ②, ou ④ votos"
    return told_again is not None or behind.beside(view, nearest, at)


def _of_relative(view: View, before: list[int], at: int) -> Who | None:
    """As in "② of the Greens, who took 23,078 votes": a relative clause's number is of the one before it."""
    own = view.clause(at)
    told = view.pack["relative"].fullmatch(own.opener.strip(" ,")) or _begins_relative(view, own)
    if not told or behind.between(view, own.start, at):
        return None
    named = [p for p in before if p < own.start and people.is_candidate(view.sentence.mentions[p].mark)]
    near = named and own.start - named[-1] < _NEAR
    return Who(view.sentence.mentions[named[-1]].mark) if near else None


def _begins_relative(view: View, clause: Clause) -> bool:
    """As in "hinter der ②, die aus dem Stand ③ erreicht": right behind a name, a comma and its pronoun."""
    text = view.skeleton[clause.start : clause.end].lstrip()
    close = any(0 < clause.start - p <= 3 for p in view.sentence.mentions)
    return close and clause.opener.strip() == "," and bool(view.pack["relative_start"].match(text))


def _is_strangers(view: View, mention_at: int, at: int) -> bool:
    """As in "con il Pd sopra il ③": the number right behind somebody else's name is his."""
    if view.sentence.mentions[mention_at].mark != people.OTHER_PERSON:
        return False
    between = view.skeleton[mention_at + 1 : at].strip(" \uf200-\uf20f")
    if view.pack["with_words"].fullmatch(_bare(between, view)) or view.pack["with_words"].fullmatch(between):
        return False
    return between != "" and view.pack["stands_at"].fullmatch(_bare(between, view)) is not None


def _is_place(view: View, at: int) -> bool:
    """A stranger behind a preposition is mostly no person: "eleito prefeito de Vitória, com 52%"."""
    mention = view.sentence.mentions[at]
    dateline = at == 0 and view.skeleton[1:4] == " - "
    return mention.mark == people.OTHER_PERSON and (dateline or view.finder.is_oblique(at, 0))


def _owners(view: View, at: int, owned: dict[int, str]) -> set[str]:
    """Who has a number of this kind already in this sentence."""
    return {mark for p, mark in owned.items() if view.number(p).unit == view.number(at).unit}


def _merely_with(view: View, mention_at: int, at: int) -> bool:
    """As in "① trails ② with 45 percent": "with" belongs to the subject, unless ② is said to follow."""
    between = _bare(view.skeleton[mention_at + 1 : at].strip(" ,\uf200-\uf20f"), view)
    if not view.pack["with_words"].fullmatch(between):
        return False
    return not view.pack["followed"].search(view.left(mention_at, 60))


def _is_beaten(view: View, mention_at: int, at: int) -> bool:
    """As in "① defeated ② with 53 percent": the number behind the loser's name is the winner's."""
    left = view.left(mention_at, 40)
    if not view.pack["loser_before"].search(left) or view.pack["gives_to"].search(left):
        return False
    between = view.skeleton[mention_at + 1 : at].strip(" \uf200-\uf20f")
    return view.pack["neutral_link"].fullmatch(_bare(between, view)) is not None


def _bare(between: str, view: View) -> str:
    return view.pack["qualifier_end"].sub("", f"{between} ").strip()


def _floor(view: View, at: int, owned: dict[int, str]) -> int:
    """Behind the number before it of the same kind: names before that one have theirs already."""
    unit = view.number(at).unit
    earlier = [p for p in owned if p < at and view.number(p).unit == unit]
    return max(earlier, default=-1) + 1


def subject(view: View, at: int) -> Who | None:
    """The subject of the clause in which a number stands, else of the clauses before it."""
    parts = view.finder.clauses
    index = next((i for i, c in enumerate(parts) if at < c.end), len(parts) - 1)
    for steps in range(min(index + 1, 8)):
        who = view.finder.head(parts[index - steps], min(parts[index - steps].end, at))
        if who is not None and who.is_candidate:
            return who
    return None


def _whole(view: View, at: int, owned: dict[int, str]) -> Who | None:
    """No name before it: the first one after it, if no other number comes between; else the same one as
    the number before it of another kind ("4,741,868 votes, or 54.21%"); else the one the story is about.
    """
    earlier = [p for p in owned if p < at]
    later = [p for p in view.sentence.numbers if p > at]
    same_unit = [p for p in earlier if view.number(p).unit == view.number(at).unit]
    before = [p for p in behind.between(view, 0, at) if not _is_place(view, p)]
    if not before and any(p < at and m.mark == people.RIVAL for p, m in view.sentence.mentions.items()):
        return subject(view, at)  # "Sa rivale recueille ③"
    if not before and view.ends("obtained_before", at):
        return _not_named(view, at)  # somebody has it whom no name tells
    if before and not same_unit:
        return view.finder.resolve_loosely(before[-1], view.sentence.mentions[before[-1]])
    after = behind.between(
        view, at, min(later, default=len(view.skeleton)) if same_unit else len(view.skeleton)
    )
    after = [
        p
        for p in after
        if people.is_candidate(view.sentence.mentions[p].mark)
        or view.finder.is_person(p, view.sentence.mentions[p])
    ]
    if after and not before:
        beaten = [p for p in after if people.is_candidate(view.sentence.mentions[p].mark)]
        if len(beaten) == 1 and view.pack["loser_before"].search(view.left(beaten[0], 40)):
            mark = view.finder.discourse.opponent(view.sentence.mentions[beaten[0]].mark)
            return Who(mark) if mark else STRANGER
        head = [
            p
            for p in after
            if view.sentence.mentions[p].case in (None, "gen") and not view.finder.is_oblique(p, 0)
        ]
        other_one = _not_named(view, at)
        if other_one is not None:
            return other_one
        return view.finder.resolve_loosely(head[0], view.sentence.mentions[head[0]]) if head else None
    return None


def _not_named(view: View, at: int) -> Who | None:
    """Whose a number is where the candidate behind it has one of his own: the other of two, or nobody's."""
    named = [
        p
        for p in behind.between(view, at, len(view.skeleton))
        if people.is_candidate(view.sentence.mentions[p].mark)
    ]
    return _by_elimination(view, named[0], at) if named and _has_own(view, named[0], at) else None


def _own_number(view: View, name: int, at: int) -> int | None:
    """The number of the same kind as the one at ``at`` that stands beside a name behind it."""
    for place in view.sentence.numbers:
        if at < place < name and view.number(place).unit == view.number(at).unit:
            owner_of = right_owner(view, place)
            if owner_of is not None and owner_of == view.sentence.mentions[name].mark:
                return place  # "③ votos, ante ④ do psolista ②"
        if place > name and view.number(place).unit == view.number(at).unit:
            return (
                place
                if behind.beside(view, name, place) and not behind.between(view, name + 1, place)
                else None
            )
    return None


def _has_own(view: View, name: int, at: int) -> bool:
    return _own_number(view, name, at) is not None


def _by_elimination(view: View, name: int, at: int) -> Who | None:
    """As in "la candidata del centrosinistra è al 52%, ② al 48%": the one not named is the other of two."""
    place = _own_number(view, name, at)
    mark = view.finder.discourse.opponent(view.sentence.mentions[name].mark)
    if place is None or mark is None:
        return STRANGER
    total = view.number(at).value + view.number(place).value
    fits = 85 <= total <= 100.5 if view.number(at).unit == PERCENT else view.number(at).value >= 100
    return Who(mark) if fits else STRANGER


def other(view: View, mark: str) -> str | None:
    """The other candidate of a comparison: the one named beside, else the only opponent there is."""
    named = [
        m.mark for m in view.sentence.mentions.values() if people.is_candidate(m.mark) and m.mark != mark
    ]
    if len(set(named)) == 1:
        return named[0]
    return view.finder.discourse.opponent(mark) if not named else None
