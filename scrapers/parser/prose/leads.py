"""Who is ahead where a margin is told: by the verb, by its subject, and by who trails."""

import re
from functools import lru_cache

from scrapers.parser.prose import links
from scrapers.parser.prose.names import HE, is_candidate
from scrapers.parser.prose.packs import Pack
from scrapers.parser.prose.view import Figures, View

_NEAR = 40  # characters from "①'s lead" to the number that is it


def leader(view: View, at: int, found: Figures) -> str | None:
    """The mark of the one who leads by the number at ``at``, or None where the text does not tell."""
    before_him = _behind_named(view, at) or _before_who_trails(view, at)
    if before_him is not None:
        return before_him
    if view.pack["gap_between"].search(view.skeleton[:at]):
        return _ahead(found) or _before_second(view, at) or _known(view)
    near = view.skeleton[max(0, at - 90) : at + 50]
    trails = view.ends("by_words", at) and view.pack["trail_words"].search(near[:90])
    gap = view.pack["gap_words"].search(near) and not trails
    if gap and not view.pack["lead_words"].search(near):
        told = None if view.sentence.mentions else view.finder.discourse.leader
        return _ahead(found) or _over_the_gap(view, at) or told
    own = view.clause(at)
    apart = view.pack["lead_words_only"].search(view.skeleton, at, own.end) is not None
    if apart and not any(own.start <= p < own.end for p in view.sentence.mentions):
        return _ahead(found)  # "① 50.8%, ② 49.2% (3,504 vote margin)"
    mark = _subject(view, at, found)
    if view.pack["gap_noun"].search(near[:90]) and not view.pack["lead_words"].search(near):
        own = view.clause(at)
        named = any(
            is_candidate(m.mark) for p, m in view.sentence.mentions.items() if own.start <= p < own.end
        )
        if not named:  # ", una diferencia de ③ votos", "Der Unterschied beträgt ③ Stimmen."
            return _ahead(found) or (None if view.sentence.mentions else view.finder.discourse.leader)
    if mark is None:
        told_alone = not view.sentence.mentions and not view.pack["lead_verb"].search(near)
        return _ahead(found) or (view.finder.discourse.leader if told_alone else None)
    if _trails(view, at):
        return _ahead_of(view, at, mark)
    return mark


def _behind_named(view: View, at: int) -> str | None:
    """As in "he was 1,587 votes behind ①": it is ①'s lead, whoever he is."""
    match = view.pack["behind_named"].match(view.skeleton, at + 2)
    mention = view.sentence.mentions.get(match.end()) if match else None
    return mention.mark if mention is not None and is_candidate(mention.mark) else None


def _before_who_trails(view: View, at: int) -> str | None:
    """As in "613 oy gerideki ②": who is named right behind it is the one behind."""
    if not view.pack["trailing_next"].match(view.skeleton, at + 2):
        return None
    after = [m.mark for p, m in view.sentence.mentions.items() if p > at and is_candidate(m.mark)]
    return links.other(view, after[0]) if after else None


def _known(view: View) -> str | None:
    """Who leads by what was told before, where he is one of those whom a sentence compares."""
    leader = view.finder.discourse.leader
    return leader if any(m.mark == leader for m in view.sentence.mentions.values()) else None


def _over_the_gap(view: View, at: int) -> str | None:
    """Who is ahead by a gap: who leads now, else the other one where the one behind wants a recount."""
    now = view.pack["leading_now"].search(view.skeleton)
    who = links.subject(view, now.start() + 1) if now else None
    if who is not None:
        return who.mark
    asks = view.pack["asks_recount"].search(view.skeleton)
    who = links.subject(view, asks.start()) if asks else None
    return links.other(view, who.mark) if who is not None and who.mark else None


def _before_second(view: View, at: int) -> str | None:
    """As in "the gap between ① and the runner-up": the one named is first."""
    named = [p for p, m in view.sentence.mentions.items() if p < at and is_candidate(m.mark)]
    if len(named) != 1 or not view.pack["runner_up"].search(view.skeleton, named[0], at):
        return None
    return view.sentence.mentions[named[0]].mark


def _lead_of(view: View, at: int) -> str | None:
    """As in "② cut ①'s lead from 31,000 to 24,281": whoever acts, it is ①'s."""
    told = list(view.pack["lead_of"].finditer(view.skeleton, 0, at))
    return view.sentence.mentions[told[-1].start()].mark if told and at - told[-1].end() < _NEAR else None


def _subject(view: View, at: int, found: Figures) -> str | None:
    if view.pack.flag("sov"):
        named = [m.mark for p, m in view.sentence.mentions.items() if p < at and m.case is None]
        first = next((m for m in named if is_candidate(m)), None)
        if first is not None:
            return first
        after = [m.mark for p, m in view.sentence.mentions.items() if p > at and m.case is None]
        if after and is_candidate(after[0]) and view.pack["won_after"].search(view.skeleton, at):
            return after[0]  # "③ farkla ① kazandı"
        behind = [m.mark for p, m in view.sentence.mentions.items() if p < at and m.case in ("dat", "abl")]
        if behind and is_candidate(behind[-1]):  # "②'a ③ puan fark atan ①"
            return links.other(view, behind[-1])
    beside = _beside_verb(view, at) or _lead_of(view, at)
    if beside is not None:
        return beside
    if view.pack["that_is"].match(view.skeleton) and not any(p < at for p in view.sentence.mentions):
        return view.finder.discourse.leader  # "That's a half-point lead": of who was just said to lead
    head = links.subject(view, at)
    beaten = _over(view, at) or _just_beaten(view, at)
    if beaten is not None:
        return head.mark if head and head.mark != beaten else links.other(view, beaten)
    right = links.right_owner(view, at)
    if right is not None:
        return right
    return head.mark if head else links.owner(view, at, found.owned)


def _just_beaten(view: View, at: int) -> str | None:
    """As in "won after defeating his nearest rival, the Union's ②, by ③": who stands last was beaten."""
    named = [(p, m.mark) for p, m in view.sentence.mentions.items() if p < at]
    if not named or not is_candidate(named[-1][1]):
        return None
    for index in range(len(named) - 1, -1, -1):
        if view.pack["loser_before"].search(view.left(named[index][0], 40)):
            return named[-1][1]
        if index and is_candidate(named[index - 1][1]):
            return None
    return None


def _over(view: View, at: int) -> str | None:
    """Over whom the lead is: "una ventaja de ③ votos sobre ②", "③ Stimmen vor ②"."""
    match = _to_beaten(view.pack).match(view.skeleton, at + 1)
    mention = view.sentence.mentions.get(match.end() - 1) if match else None
    if match is None or mention is None:
        return None
    who = view.finder.resolve(match.end() - 1, mention)
    return who.mark if who else None


@lru_cache(maxsize=64)
def _to_beaten(pack: Pack) -> re.Pattern[str]:
    over = pack.source(pack.words("lead_over") or ["(?!)"])
    modifiers = pack.marked(pack.source(pack.words("modifiers") or ["(?!)"]))
    return re.compile(
        rf"(?:\s[^\s,;:()\ue000-\uf104]+){{0,4}}?\s(?:{over})\s?(?:(?:{modifiers})\s){{0,5}}[\ue000-\uf0ff]"
    )


def _beside_verb(view: View, at: int) -> str | None:
    """As in "with ① trailing ② by 11 points": the name right before the verb, whoever else stands before."""
    distanced = view.pack["distanced"].search(view.skeleton[:at])
    head = links.subject(view, distanced.start() + 1) if distanced else None
    if head is not None:
        return head.mark  # "① stacca il presidente uscente, ②, di ③ punti"
    verbs = list(view.pack["lead_verb"].finditer(view.skeleton, max(0, at - 120), at))
    if not verbs:
        return None
    place = verbs[-1].start() - 2
    adverb = re.search(r"\s(\S+)\s$", view.skeleton[: verbs[-1].start()])
    if adverb and view.pack["adverb_before"].fullmatch(adverb[1]):
        place = adverb.start() - 1  # "① still trailed ②"
    mention = view.sentence.mentions.get(place)
    who = view.finder.resolve(place, mention) if mention else None
    if mention is not None and who is not None and who.mark is None and mention.mark >= HE:
        return _object_of(view, place)
    return who.mark if who else None


def _object_of(view: View, place: int) -> str | None:
    """As in "① gave up after the canvass put her ahead": of the two named, who is no subject."""
    begins = view.skeleton[view.clause(place).start : place].strip() == ""
    head = view.finder.head(view.finder.clauses[0], place)
    named = {m.mark for p, m in view.sentence.mentions.items() if p < place and is_candidate(m.mark)}
    if begins:
        return named.pop() if len(named) == 1 else None  # "②'s friends hoped, but he still trailed"
    others = named - {head.mark if head else None}
    return others.pop() if len(others) == 1 and len(named) == 2 else None


def _trails(view: View, at: int) -> bool:
    """Whether the last word of leading or trailing around the number is one of trailing."""
    if view.pack["lead_words"].search(view.skeleton, at, at + 18):
        return False
    before = view.pack["never_trailed"].sub(" ", view.skeleton[max(0, at - 120) : at])
    trail = max((m.start() for m in view.pack["trail_words"].finditer(before)), default=-1)
    lead = max((m.start() for m in view.pack["lead_words"].finditer(before)), default=-1)
    if trail < 0 and lead < 0:
        return view.pack["trail_words"].search(view.skeleton, at, at + 40) is not None
    after = view.pack["trail_words"].search(view.skeleton, at, at + 16) is not None
    return after or trail > lead


def _ahead_of(view: View, at: int, mark: str) -> str | None:
    """Behind whom: the one named between the verb and the number or after it, else the other one."""
    named = [
        m.mark for p, m in view.sentence.mentions.items() if at - 80 < p < at + 60 and is_candidate(m.mark)
    ]
    others = [m for m in named if m != mark]
    return others[-1] if others else links.other(view, mark)


def _ahead(found: Figures) -> str | None:
    """The first of those whose numbers the sentence tells."""
    counts = {m: (line.votes or 0, line.share or 0.0) for m, line in found.lines.items()}
    return max(counts, key=lambda m: counts[m]) if len(counts) >= 2 else None
