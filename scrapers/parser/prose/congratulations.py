"""Who congratulates whom: a rival who does so concedes, mostly softly; anybody else only congratulates."""

import re

from scrapers.parser.prose.fold import UPPER, fold
from scrapers.parser.prose.found import Found
from scrapers.parser.prose.names import OTHER_PERSON, RIVAL, is_candidate
from scrapers.parser.prose.packs import ClaimRule
from scrapers.parser.prose.pronouns import STRANGER, Who
from scrapers.parser.prose.view import View
from tally.claim import ClaimKind, Strength

_NAME = re.compile(rf"[{UPPER}][a-zà-ÿ'’-]+(?!\.)")


def read(
    rule: ClaimRule, start: int, end: int, actor: Who | None, target: Who | None, past: bool, view: View
) -> Found | None:
    """A rival's congratulation is a concession, mostly a soft one; anybody else's is only that."""
    kind = ClaimKind.CONGRATULATION
    if target is None and actor is not None and actor.is_candidate:
        target = _by_success(end, actor, view)
    if target is None:
        return Found(kind, rule.name, start, actor, veto="nobody of this race is congratulated")
    if actor is None or not actor.is_candidate:
        if target.mark is None:
            return Found(kind, rule.name, start, actor, veto="nobody of this race is congratulated")
        if actor is None or not actor.name:
            actor = _told_of_before(start, view) or _by_office(start, view)
        if not actor.name:
            return Found(kind, rule.name, start, actor, veto="by nobody named")
        return Found(kind, rule.name, start, actor, target.mark, Strength.FIRM, past)
    if actor.mark == target.mark:
        return Found(kind, rule.name, start, actor, veto="nobody congratulates himself")
    if _is_for_the_fight(start, end, view):
        return Found(kind, rule.name, start, actor, veto="congratulated on a campaign and not on a victory")
    if _calls_a_stranger(view):
        return Found(kind, rule.name, start, actor, veto="somebody of another race is called")
    lost = view.pack["loss_words"].search(view.skeleton)
    strength = Strength.FIRM if lost else Strength.SOFT
    return Found(ClaimKind.CONCESSION, rule.name, start, actor, target.mark, strength, past)


def _is_for_the_fight(start: int, end: int, view: View) -> bool:
    """Whether a rival is praised for how he fought, or only wished well: winners say so to those who lost."""
    pack, skeleton = view.pack, view.skeleton
    first = view.clause(start).start if pack.flag("sov") else end
    about = skeleton[first : end if pack.flag("sov") else end + 90]
    if pack["winning"].search(about):
        return False
    wishes = pack["only_wishes"].match(skeleton, start) and not pack["winning"].search(skeleton)
    return bool(wishes) or pack["well_fought"].search(about) is not None


def _calls_a_stranger(view: View) -> bool:
    """Whether who is phoned bears a name that is none of this race: "① called Hale to congratulate her"."""
    sentence, pack = view.sentence, view.pack
    for called in pack["phones"].finditer(sentence.folded):
        word = _NAME.match(sentence.text, called.end() + 1)
        if word is None or pack["never_names"].fullmatch(fold(word[0])):
            continue
        if pack["titles"].fullmatch(fold(word[0])) or pack["modifiers"].fullmatch(fold(word[0])):
            continue
        near = [m for m in sentence.mentions.values() if word.start() < m.end and m.start < word.end() + 60]
        if not any(is_candidate(m.mark) or m.mark == RIVAL for m in near):
            return True
    return False


def _told_of_before(start: int, view: View) -> Who | None:
    """As in "President ① wrote on Sunday. He congratulated ②": the one who acted in the sentence before."""
    said = view.pack["he_did"].match(view.skeleton)
    name = view.finder.discourse.stranger
    return Who(name=name) if said and name and said.end() >= start - 1 else None


def _by_success(end: int, actor: Who, view: View) -> Who | None:
    """Who is congratulated as what the vote has made of them: "① congratulated the new mayor"."""
    named = view.pack["winner_object"].match(view.skeleton, end + 1)
    if named is None:
        return None
    beside = view.sentence.mentions.get(named.end() + 1)
    if beside is not None and beside.mark == OTHER_PERSON:
        return None  # "congratulated Senator-elect Bill Oakes": of another race
    return Who(view.finder.discourse.opponent(actor.mark or ""), name="the winner")


def _by_office(start: int, view: View) -> Who:
    """Who is named by his office only: "the prime minister congratulated ①"."""
    clause = view.clause(start)
    words = [w.strip('"') for w in view.skeleton[clause.start : start].split()]
    if clause.start in view.sentence.mentions:
        words = words[1:]  # "Ireland's deputy premier"
    while words and view.pack["verbal"].fullmatch(words[-1]):
        words.pop()  # "le préfet a félicité ①"
    is_office = view.pack["titles"].search(" ".join(words)) and all(
        w.replace("-", "").isalpha() for w in words
    )
    return Who(name=" ".join(words)) if is_office and len(words) <= 6 else STRANGER
