"""What is claimed in one sentence: the rules of the pack, each with its actor, its target and its vetoes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from scrapers.parser.prose import aliens, concessions, congratulations, objects, quotations, scope, speakers
from scrapers.parser.prose.actors import Finder
from scrapers.parser.prose.fold import fold
from scrapers.parser.prose.found import NOBODY, Found
from scrapers.parser.prose.names import CANDIDATES_FROM, OTHER_PERSON, is_candidate
from scrapers.parser.prose.packs import ClaimRule
from scrapers.parser.prose.pronouns import Who
from scrapers.parser.prose.skeleton import Sentence
from scrapers.parser.prose.view import View
from tally.claim import ClaimKind, Strength

# A headline quotes without marks: "①: acepto la derrota".
_AFTER_NAME = re.compile('^[^:"]{0,60}[\ue000-\uefff][^:"]{0,40}:\\s[^:"]*$')

# The agent behind a passive: "was declared the winner late on Tuesday by the networks".
_BY = re.compile("[^.;]{0,60}? by (?:the )?([^\\W\\d_]+|\uf000)")

# Kinds that only a candidate of the race can do: said of anybody else they are somebody else's race.
_OWN = frozenset(
    {
        ClaimKind.CONCESSION,
        ClaimKind.CONCESSION_WITHDRAWN,
        ClaimKind.REFUSAL,
        ClaimKind.VICTORY_CLAIM,
        ClaimKind.VICTORY_CLAIM_WITHDRAWN,
    }
)
_NOT_AT_A_MATCH = _OWN | {ClaimKind.CONGRATULATION}
# What a campaign does in court or claims on the night, its candidate does.
_BY_OTHERS = frozenset({ClaimKind.RECOUNT, ClaimKind.CHALLENGED, ClaimKind.REFUSAL, ClaimKind.VICTORY_CLAIM})
_IN_COURT = frozenset({ClaimKind.RECOUNT, ClaimKind.CHALLENGED})
_ABOUT_SOMEBODY = frozenset(
    {ClaimKind.CALLED, ClaimKind.CALL_WITHDRAWN, ClaimKind.DECLARED, ClaimKind.DECLARATION_WITHDRAWN}
)
_BY_INSTITUTIONS = frozenset({ClaimKind.RECOUNT, ClaimKind.CHALLENGED, ClaimKind.ANNULLED})
_WITH_TARGET = _ABOUT_SOMEBODY | {ClaimKind.CONCESSION, ClaimKind.CONGRATULATION, ClaimKind.CERTIFIED}


def read(view: View) -> Iterator[Found]:
    """The claims of a sentence, in the pack's order of rules, and the near misses."""
    skeleton = view.skeleton
    present = {piece for piece in view.pack.claim_pieces if piece in skeleton}
    for rule in view.pack.claims:
        if rule.pieces and rule.pieces.isdisjoint(present):
            continue
        for match in _matches(rule, skeleton):
            found = _judge(rule, match, view)
            if found is not None:
                yield found
                yield from _beside(rule, found, view)


def _beside(rule: ClaimRule, found: Found, view: View) -> Iterator[Found]:
    """Two who did it together: "① and ② both conceded"."""
    if found.veto not in (None, NOBODY) or found.kind not in _OWN or rule.actor != "subject":
        return
    if found.actor is None or not (found.actor.mark or found.actor.name):
        return
    mark = view.finder.beside_subject(found.start, found.actor.mark or OTHER_PERSON)
    if mark is not None and mark != found.actor.mark:
        yield replace(found, actor=Who(mark), veto=None)


def _matches(rule: ClaimRule, skeleton: str) -> Iterator[re.Match[str]]:
    for count, match in enumerate(rule.say.finditer(skeleton)):
        if count >= 4:
            return
        yield match


def _judge(rule: ClaimRule, match: re.Match[str], view: View) -> Found | None:
    start, end = match.span()
    kind = ClaimKind(rule.kind)
    if rule.unless_after.match(view.skeleton, end) or rule.unless_before.search(view.skeleton[:start]):
        return Found(kind, rule.name, start, veto="said of something else")
    if kind in _NOT_AT_A_MATCH and view.pack["sport"].search(view.skeleton):
        return Found(kind, rule.name, start, veto="of a match and not of a vote")
    if not _applies(rule, start, end, view) or (kind is ClaimKind.DECLARED and _is_desks(end, view)):
        return None
    parts = view.finder.clauses
    veto = scope.vetoed(view.sentence, parts, start, view.pack, lightly=not rule.veto)
    if rule.veto and view.pack["not_done"].search(view.skeleton, start, end):
        veto = veto or "negated"  # "① called ② not to concede but to complain"
    if veto:
        return Found(kind, rule.name, start, veto=veto)
    actor = _actor(rule, start, end, view) or _speaker(rule, start, end, view)
    if kind is ClaimKind.CONCESSION:
        actor = concessions.giver(start, end, actor, view)
    if rule.actor == "speaker" and actor is not None and _is_spoken_of(actor, start, view):
        return Found(kind, rule.name, start, veto="of one who is spoken of, and does not speak")
    target = _target(rule, start, end, actor, view)
    past = view.past or scope.is_history(view.sentence, parts, start, view.pack, view.when)
    return _accept(rule, kind, start, end, actor, target, past, view)


def _is_spoken_of(actor: Who, start: int, view: View) -> bool:
    """Whether the quotation names the one who is taken for its speaker: nobody speaks of himself by name."""
    quote = next(((a, b) for a, b in view.sentence.quoted if a < start < b), None)
    if quote is None or actor.mark is None:
        return False
    people = view.finder.discourse.candidates
    words = set(fold(people[ord(actor.mark) - CANDIDATES_FROM].name).split())
    named = (m for p, m in view.sentence.mentions.items() if quote[0] < p < quote[1])
    return any(m.mark == actor.mark and words & set(fold(m.text).split()) for m in named)


def _applies(rule: ClaimRule, start: int, end: int, view: View) -> bool:
    """Whether a rule is meant for a sentence like this: in a quotation, by a desk, by a board."""
    if rule.quoted and not (view.sentence.in_quotes(start) or _AFTER_NAME.search(view.skeleton, 0, start)):
        return False
    if rule.needs is not None and not rule.needs.search(view.skeleton):
        return False
    if rule.by_desk and not view.pack["desks"].search(view.sentence.folded):
        return False
    return not rule.by_board or _is_boards(start, end, view)


def _is_desks(end: int, view: View) -> bool:
    """Whether a desk is who declared it: "① was declared the winner by the networks" is a call."""
    by = _BY.match(view.skeleton, end)
    named = view.sentence.mentions.get(by.end() - 1) if by else None
    said = fold(named.text) if named else by[1] if by else ""
    return view.pack["desks"].match(said) is not None


def _speaker(rule: ClaimRule, start: int, end: int, view: View) -> Who | None:
    """Who speaks in a quotation that began sentences ago."""
    found = quotations.speaker(view) if rule.kind == ClaimKind.CONGRATULATION else None
    if found is None and rule.goes_on:
        return quotations.of_first_person(view, start, end, said_so=rule.actor == "speaker")
    return found


def _target(rule: ClaimRule, start: int, end: int, actor: Who | None, view: View) -> Who | None:
    target = objects.find(rule.target, start, end, actor, view)
    congratulates = rule.kind == ClaimKind.CONGRATULATION
    if target is None and congratulates and view.pack["purpose"].match(view.skeleton, start):
        return objects.find("before", start, end, actor, view)  # "ha telefonato a ② per complimentarsi"
    return target


def _is_boards(start: int, end: int, view: View) -> bool:
    """Whether an election board is named before the words, and nobody else is their subject."""
    who = view.finder.subject(start, end)
    folded, boards = view.sentence.folded, view.pack["boards"]
    if view.pack["desks"].match(folded):
        return False  # "CNN, citing the election board, declared ①"
    if who is not None and who.name:
        ends = {b.end() for b in boards.finditer(folded)}
        named = [m for m in view.sentence.mentions.values() if m.text == who.name]
        headed = any(
            0 < m.start - end <= 24 and "," not in folded[end : m.start] for m in named for end in ends
        )
        return boards.search(fold(who.name)) is not None or any(m.end in ends for m in named) or headed
    if who is not None and who.is_candidate:
        return False
    if not view.pack.flag("sov"):
        return boards.search(view.skeleton, view.clause(start).start, start) is not None
    return any(view.pack["attribution_subject"].match(folded[b.end() :]) for b in boards.finditer(folded))


def _accept(
    rule: ClaimRule,
    kind: ClaimKind,
    start: int,
    end: int,
    actor: Who | None,
    target: Who | None,
    past: bool,
    view: View,
) -> Found | None:
    if kind is ClaimKind.CONGRATULATION:
        return congratulations.read(rule, start, end, actor, target, past, view)
    if (actor is None or not actor.is_candidate) and not (actor and actor.name):
        found = speakers.principal if kind in _BY_OTHERS else speakers.reported
        actor = found(view.finder, start) or actor
    if _is_of_others(kind, actor, view):
        return Found(kind, rule.name, start, actor, veto=NOBODY, history=past)
    if kind in _ABOUT_SOMEBODY and (target is None or not target.is_candidate):
        return Found(kind, rule.name, start, actor, veto=NOBODY, history=past)
    if kind in _BY_INSTITUTIONS and (actor is None or not actor.is_candidate):
        named = any(is_candidate(m.mark) for m in view.sentence.mentions.values())
        if not named and aliens.elsewhere(view, start):
            return Found(kind, rule.name, start, actor, veto="in another place")
        actor = _institution(start, view) or actor
    if kind in _ABOUT_SOMEBODY and (actor is None or not actor.name):
        actor = _institution(start, view) or actor
    if kind is ClaimKind.ANNULLED and actor is not None and actor.is_candidate:
        actor = None  # "① won a victory that was annulled": no candidate annuls a vote
    about = target.mark if target else None
    if kind is ClaimKind.CONCESSION and rule.target == "inside" and about in (None, actor and actor.mark):
        return None  # "I will be your next mayor": the one who says it names himself
    if (actor and about == actor.mark) or kind not in _WITH_TARGET:
        about = None
    return Found(kind, rule.name, start, actor, about, _strength(rule, start, view), past)


def _institution(start: int, view: View) -> Who | None:
    """The court, board or party that does it, by its name or office: "El tribunal electoral anuló"."""
    folded = view.sentence.folded
    found = [*view.pack["courts"].finditer(folded), *view.pack["boards"].finditer(folded)]
    if not found:
        return None
    first = min(found, key=lambda m: m.start())
    named = (m for m in view.sentence.mentions.values() if m.start == first.end() + 1 and m.full)
    person = next((m for m in named if not is_candidate(m.mark)), None)
    return Who(name=person.text if person else view.sentence.text[first.start() : first.end()])


def _is_of_others(kind: ClaimKind, actor: Who | None, view: View) -> bool:
    """Whether it is of another race: done by nobody of this one, or between two others."""
    if kind in _OWN:
        return actor is None or not actor.is_candidate
    return kind in _IN_COURT and _of_two_others(view)


def _of_two_others(view: View) -> bool:
    """As in "the race between Ned Ferris and Alma Drew is headed for a recount": that race is another one."""
    named = view.sentence.mentions.items()
    if any(is_candidate(m.mark) for _, m in named):
        return False
    return sum(view.finder.is_person(p, m) for p, m in named) > 1


def _strength(rule: ClaimRule, start: int, view: View) -> Strength:
    clause = view.clause(start)
    hedged = view.pack["hedge"].search(view.skeleton, clause.start, min(len(view.skeleton), start + 40))
    return Strength.SOFT if hedged else Strength(rule.strength)


def _actor(rule: ClaimRule, start: int, end: int, view: View) -> Who | None:
    if rule.actor == "desk":
        return _desk(start, end, view)
    find = _ACTORS.get(rule.actor)
    return find(view.finder, start, end) if find else None


# How a pack says where the actor stands.
_ACTORS: dict[str, Callable[[Finder, int, int], Who | None]] = {
    "subject": lambda finder, start, end: finder.subject(start, end),
    "rival": speakers.rival_of_speaker,
    "possessor": speakers.possessor,
    "speaker": lambda finder, start, end: finder.speaking(start, end),
    "following": lambda finder, _, end: speakers.following(finder, end),
    "genitive": lambda finder, start, _: speakers.genitive(finder, start),
    "ablative": lambda finder, *_: speakers.with_case(finder, "abl"),
    "first": speakers.first,
    "last": speakers.last,
}


def _before_it(view: View) -> Sentence | None:
    """The sentence before, where this one goes on telling of its desk: "It declared ① the winner"."""
    again = view.pack["desk_again"].match(view.sentence.folded)
    return view.finder.discourse.before if again else None


def _desk(start: int, end: int, view: View) -> Who | None:
    """The desk that calls: named in the sentence as one, else the stranger who is the verb's subject."""
    for sentence in (view.sentence, _before_it(view)):
        desk = view.pack["desks"].search(sentence.folded) if sentence else None
        if sentence and desk:
            name = sentence.text[desk.start() : desk.end()]
            return Who(name=name.removeprefix("the ").removeprefix("The "))
    who = view.finder.subject(start, end)
    return who if who is not None and who.name else None
