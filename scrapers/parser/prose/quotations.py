"""Quotations that run over several sentences: whose they are, and whom the speaker means in them."""

import re
from collections.abc import Iterable

from scrapers.parser.prose import names as people
from scrapers.parser.prose import scope
from scrapers.parser.prose.actors import Finder
from scrapers.parser.prose.discourse import Discourse
from scrapers.parser.prose.names import is_candidate
from scrapers.parser.prose.pronouns import Who
from scrapers.parser.prose.skeleton import Sentence
from scrapers.parser.prose.view import View

# A name in the locative: "Beylikdüzü'nde".
_PLACE = re.compile(r"(\w+)'n?[dt][ae]\b")


def go_on(sentence: Sentence, discourse: Discourse) -> None:
    """A sentence without a mark of its own, between the first and the last of a quotation, lies in it."""
    means_somebody = any(m.mark == people.HIM for m in sentence.mentions.values())
    if '"' in sentence.skeleton:
        return
    if discourse.is_open or (means_somebody and discourse.speaker is not None):
        sentence.quoted = [(-1, len(sentence.skeleton) + 1)]


def look_ahead(finder: Finder, following: Iterable[Sentence]) -> None:
    """Learn who speaks at a quotation's far end: ``"Thank you. I conceded," ① said``."""
    discourse = finder.discourse
    if not _stays_open(finder) or not _begins_inside(finder) or discourse.is_open:
        return
    for sentence in following:
        if '"' in sentence.skeleton:
            who = Finder(sentence, finder.pack, discourse).speaking(0, 0)
            if who is not None or _names_outside(sentence):
                discourse.said = who.mark if who else None
            return


def remember(finder: Finder, subject: str | None) -> None:
    """Who spoke last, and whether the quotation is still open."""
    discourse, sentence = finder.discourse, finder.sentence
    who = finder.speaking(0, len(sentence.skeleton))
    if who is not None:
        discourse.said = who.mark
    elif _names_outside(sentence):
        discourse.said = subject if subject and is_candidate(subject) else None
    elif not _begins_inside(finder):
        discourse.said = None
    discourse.is_open = _stays_open(finder)


def of_first_person(view: View, start: int, end: int, *, said_so: bool) -> Who | None:
    """Whose "I called her and conceded" is, in a quotation that names nobody itself: who spoke before it.

    Only where the words are of this race beyond doubt, and nothing around them is of another year or in
    another's mouth: "Remember 2014. We lost" and "He told me: we lost" are nobody's.
    """
    discourse, skeleton = view.finder.discourse, view.skeleton
    if discourse.said is None or _names_outside(view.sentence) or not _begins_inside(view.finder):
        return None
    if not said_so and not view.finder.in_first_person(start, end):
        return None
    if view.pack["says"].search(skeleton, 0, start):
        return None
    before = discourse.before
    if not view.pack["speaks_of_it"].search(skeleton) and not _of_the_one_ahead(before, view):
        return None
    if before is not None:
        parts = Finder(before, view.pack, discourse).clauses
        if any(scope.tells_of_before(before, c, view.pack, view.when) for c in parts):
            return None
    return Who(discourse.said)


def _of_the_one_ahead(before: Sentence | None, view: View) -> bool:
    """Whether the sentence before said that the rival leads: "My rival is ahead. I congratulate him"."""
    actor = view.finder.discourse.said
    pronoun = any(m.mark in (people.HE, people.SHE) for m in view.sentence.mentions.values())
    if before is None or actor is None or not pronoun:
        return False
    return _ahead(before, len(before.skeleton), actor, view) is not None


def _names_outside(sentence: Sentence) -> bool:
    return any(not sentence.in_quotes(at) for at in sentence.mentions)


def _begins_inside(finder: Finder) -> bool:
    skeleton = finder.sentence.skeleton
    return finder.discourse.is_open or skeleton.startswith('"') or is_torn(finder.sentence)


def _stays_open(finder: Finder) -> bool:
    return finder.discourse.is_open != (finder.sentence.skeleton.count('"') % 2 == 1)


def speaker(view: View) -> Who | None:
    """Who speaks where a quotation began sentences ago and goes on with "kendisini".

    For congratulations only: "Remember 2014. We lost" and "Our driver won. I congratulate him" would
    be concessions if every first person after the first sentence were read as the speaker's.
    """
    sentence = view.sentence
    named = any(not sentence.in_quotes(at) for at in sentence.mentions)
    him = any(m.mark == people.HIM for m in sentence.mentions.values())
    mark = view.finder.discourse.speaker
    return Who(mark) if mark and him and is_torn(sentence) and not named else None


def is_torn(sentence: Sentence) -> bool:
    """Whether a sentence begins inside a quotation."""
    return bool(sentence.quoted) and sentence.quoted[0][0] < 0


def speaker_after(finder: Finder) -> str | None:
    """The candidate whose quotation is open when a sentence ends, or None."""
    skeleton = finder.sentence.skeleton
    if skeleton.count('"') % 2:
        return None if is_torn(finder.sentence) else _opened_by(finder, skeleton.rindex('"'))
    return finder.discourse.speaker if '"' not in skeleton else None


def _opened_by(finder: Finder, quote: int) -> str | None:
    """The name right before a quotation: ``①: "``, ``①, "``, ``① said on Sunday, "``."""
    before = [(p, m) for p, m in finder.sentence.mentions.items() if p < quote]
    if not before or not is_candidate(before[-1][1].mark):
        return None
    at, mention = before[-1]
    between = finder.sentence.skeleton[finder.end_of(at) : quote].strip()
    if finder.is_oblique(at, 0) or mention.case:
        return None
    beside = between == ":" or (between == "," and finder.pack.flag("sov"))
    return mention.mark if beside or finder.pack["says"].match(between) else None


def him(start: int, actor: Who | None, view: View) -> Who | None:
    """Whom "kendisini" means where one speaks: the rival who was just said to be ahead, or nobody.

    "Rakibim ① önde. Kendisini kutluyorum." A birthday or a team's cup is congratulated in the same
    words, so that nobody counts as meant who is not said to lead or to have won.
    """
    if actor is None or actor.mark is None:
        return None
    here = _names_somebody(view.sentence, start, actor.mark, view)
    before = view.finder.discourse.before
    if here or before is None or view.finder.discourse.speaker != actor.mark:
        return _ahead(view.sentence, start, actor.mark, view)
    return _ahead(before, len(before.skeleton), actor.mark, view)


def _names_somebody(sentence: Sentence, end: int, actor: str, view: View) -> bool:
    named = any(p < end and m.mark < people.HE and m.mark != actor for p, m in sentence.mentions.items())
    return named or view.pack["my_rival"].search(sentence.skeleton, 0, end) is not None


def _ahead(sentence: Sentence, end: int, actor: str, view: View) -> Who | None:
    text = sentence.skeleton[:end]
    named = {m.mark for p, m in sentence.mentions.items() if p < end and m.mark < people.HE} - {actor}
    discourse = view.finder.discourse
    if not named and view.pack["my_rival"].search(text):
        named = {mark for mark in [discourse.opponent(actor)] if mark}
    if len(named) != 1 or not all(is_candidate(mark) for mark in named):
        return None
    if not view.pack["ahead_words"].search(text) or _is_undone(sentence, text, view):
        return None
    return Who(named.pop())


def _is_undone(sentence: Sentence, text: str, view: View) -> bool:
    """Whether the lead is denied, supposed, another's or another time's."""
    finder = Finder(sentence, view.pack, view.finder.discourse)
    against = ("negation", "condition", "denial", "not_contest", "local")
    if sentence.is_question or any(view.pack[name].search(text) for name in against):
        return True
    if any(m[1] not in view.home for m in _PLACE.finditer(sentence.folded)):
        return True  # ahead in a district of the city
    return any(scope.tells_of_before(sentence, c, view.pack, view.when) for c in finder.clauses)
