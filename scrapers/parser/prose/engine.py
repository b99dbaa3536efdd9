"""The way of a text: passages → sentences → names and numbers → readings and claims."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from scrapers.parser.prose import attribution, figures, quotations, scope, sentences, skeleton, story
from scrapers.parser.prose import claims as claim_rules
from scrapers.parser.prose.actors import Finder
from scrapers.parser.prose.aliens import home_of
from scrapers.parser.prose.attribution import Attribution
from scrapers.parser.prose.discourse import Discourse
from scrapers.parser.prose.fold import clean, fold
from scrapers.parser.prose.found import NOBODY, Found
from scrapers.parser.prose.model import Note, Passage, Prose
from scrapers.parser.prose.names import Names, names
from scrapers.parser.prose.packs import Pack
from scrapers.parser.prose.pronouns import Who
from scrapers.parser.prose.scope import When
from scrapers.parser.prose.view import Figures, View
from tally.claim import Claim, ClaimKind
from tally.evidence import Evidence
from tally.race import Race, Source
from tally.reading import Reading

# An article has some dozens of sentences that matter; a page with thousands is no article, and may
# not hold up the others: a sentence costs by its length, its names and its numbers.
_MOST_WORK = 2600

_SHORTEST = 8  # no sentence names an origin in less; a page of dots has fifty thousand of them
_FAR_END = 7  # so many sentences on, a quotation is looked through for the name of its speaker
_COUNTED_WORDS = ("counted_all", "counted_half")
_MOST_NUMBERS = 30  # more numbers or names in one "sentence" are a table that lost its tags


@dataclass(slots=True)
class Engine:
    """Reads one text about one race in one language."""

    race: Race
    source: Source
    published: datetime
    pack: Pack
    names: Names = field(init=False)
    home: frozenset[str] = field(init=False)
    when: When = field(init=False)
    discourse: Discourse = field(init=False)
    whose: Attribution = field(init=False)
    readings: list[Reading] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unnamed: list[Claim] = field(default_factory=list)
    budget: int = _MOST_WORK
    cut_short: bool = False
    heads: list[Reading] = field(default_factory=list)
    alone: Reading | None = None  # what the sentence before told without saying whose figures they are

    def __post_init__(self) -> None:
        self.names = names(self.race.candidates, self.pack)
        self.home = home_of(self.race.title, [c.name for c in self.race.candidates])
        self.when = When.of(self.race, self.published, self.pack)
        self.discourse = Discourse(self.names, self.race.candidates)
        self.whose = Attribution.of(self.race, self.pack)

    def read(self, passages: Sequence[Passage]) -> Prose:
        """Everything the passages tell."""
        for passage in passages:
            self._passage(passage)
        self._name_them()
        self.readings = attribution.repeated(self.readings, self.heads, self.source.origin)
        kept, dropped = story.settle(self.claims)
        self.notes += [Note(c.evidence.quote, c.evidence.where, f"{c.kind}: {why}") for c, why in dropped]
        return Prose(tuple(self.readings), tuple(kept), tuple(self.notes))

    def _passage(self, passage: Passage) -> None:
        self.discourse.pause()
        self.whose.begin(passage.role)
        self.alone = None
        texts = list(sentences.split(clean(passage.text), self.pack))
        for number, text in enumerate(texts):
            if not self._matters(text):
                self._over(text)
                continue
            if self.budget <= 0:
                self._note_rest(passage)
                return
            self._guarded(text, passage, texts[number + 1 : number + _FAR_END])

    def _over(self, text: str) -> None:
        """A sentence without names and numbers may still tell whose numbers those beside it are."""
        self.discourse.before = None
        if len(text) < _SHORTEST:
            self.alone = self.whose.now = None
            return
        sentence = skeleton.Sentence(text, fold(text))
        self._told_before(self.whose.before(sentence))
        self.alone = None
        self.whose.over(sentence)

    def _matters(self, text: str) -> bool:
        """Whether a sentence could tell anything: a name, or a number, a word of claiming, an open speech."""
        folded = fold(text)
        return (
            self.discourse.speaker is not None
            or _DIGIT.search(folded) is not None
            or folded.count('"') % 2 == 1
            or any(stem in folded for stem in self.pack.stems)
            or any(form in folded for form in self.names.shortest)
        )

    def _guarded(self, text: str, passage: Passage, following: Sequence[str]) -> None:
        """One sentence that breaks a rule of ours must not cost the page that holds it."""
        try:
            self._sentence(text, passage, following)
        except (ValueError, ArithmeticError, LookupError, RecursionError) as wrong:
            self.notes.append(Note(text, passage.where, f"could not be read: {wrong!r}"))

    def _note_rest(self, passage: Passage) -> None:
        if not self.cut_short:
            self.notes.append(Note("", passage.where, "not read from here on: too much text for one page"))
        self.cut_short = True

    def _sentence(self, text: str, passage: Passage, following: Sequence[str]) -> None:
        built = skeleton.build(text, self.names, self.pack)
        self.budget -= 2 + len(text) // 20 + 2 * len(built.numbers) + len(built.mentions)
        if len(built.numbers) > _MOST_NUMBERS or len(built.mentions) > _MOST_NUMBERS:
            self.notes.append(Note(text[:200], passage.where, "a list of names or numbers, no sentence"))
            return
        quotations.go_on(built, self.discourse)
        finder = Finder(built, self.pack, self.discourse)
        quotations.look_ahead(finder, (skeleton.build(t, self.names, self.pack) for t in following))
        past = self.discourse.is_past and not self.pack["now_again"].search(built.skeleton)
        view = View(built, finder, self.pack, self.when, self.race.electorate, self.home, past)
        known = len(self.claims)
        self._claims(view, passage)
        told = self._figures(view, passage)
        now = told is not None or any(not c.history for c in self.claims[known:])
        self.discourse.is_past = not now and (
            past or scope.is_past(built, finder.clauses, self.pack, self.when)
        )
        self._attribute(told, view)
        self._remember(view)

    def _remember(self, view: View) -> None:
        mentions = list(view.sentence.mentions.values())
        head = next((w for c in view.finder.clauses if (w := view.finder.head(c, c.end))), None)
        self.discourse.after(mentions, head.mark if head else None)
        self.discourse.stranger = head.name if head and not head.is_candidate else None
        quotations.remember(view.finder, self.discourse.subject)
        self.discourse.speaker = quotations.speaker_after(view.finder)
        self.discourse.before = view.sentence

    # -- numbers ---------------------------------------------------------------------------------

    def _figures(self, view: View, passage: Passage) -> Reading | None:
        if not view.sentence.numbers and not any(view.pack[w].search(view.skeleton) for w in _COUNTED_WORDS):
            return None
        if view.sentence.is_question:
            return None
        if self.when.is_too_early:
            self._note(view, passage, "numbers before the vote")
            return None
        found = figures.read(view)
        for why in found.left_out:
            self._note(view, passage, why)
        self._remember_leader(found)
        if found.is_empty:
            return None
        self.readings.append(self._reading(found, view, passage))
        if passage.role == "headline":
            self.heads.append(self.readings[-1])
        return self.readings[-1]

    def _attribute(self, told: Reading | None, view: View) -> None:
        """Name the origin of the sentence before where this one tells it, and go on."""
        alone, origin = self.alone, self.whose.before(view.sentence)
        if told is not None and told.origin != self.source.origin and told.counted is None:
            origin = origin or (told.origin if alone and not (alone.results or alone.lead) else None)
        self._told_before(origin)
        self.alone = told if told is not None and told.origin == self.source.origin else None
        self.whose.after(view.finder, told=told is not None)

    def _told_before(self, origin: str | None) -> None:
        if self.alone is not None and origin is not None:
            named = replace(self.alone, origin=origin)
            self.readings = [named if r is self.alone else r for r in self.readings]

    def _remember_leader(self, found: Figures) -> None:
        lines = found.lines.items()
        if found.lead:
            self.discourse.leader = found.lead.candidate
        elif all(line.votes for _, line in lines):
            self.discourse.told("votes", {mark: line.votes or 0 for mark, line in lines})
        elif all(line.share for _, line in lines):
            self.discourse.told("share", {mark: line.share or 0 for mark, line in lines})

    def _reading(self, found: Figures, view: View, passage: Passage) -> Reading:
        origin = self.whose.of_count(view.finder)
        return Reading(
            race=self.race.id,
            origin=origin or self.source.origin,
            as_of=passage.at or self.published,
            evidence=Evidence(view.sentence.text, passage.where, f"prose:{self.pack.code}:count"),
            results=found.results(self._id),
            counted=found.counted,
            lead=replace(found.lead, candidate=self._id(found.lead.candidate)) if found.lead else None,
            stamped=passage.at is not None,
            source=self.source.name,
            url=self.source.url,
            post=passage.post,
        )

    def _id(self, mark: str) -> str:
        return self.names.id_of(mark) or mark

    # -- claims ----------------------------------------------------------------------------------

    def _claims(self, view: View, passage: Passage) -> None:
        told = []
        for found in claim_rules.read(view):
            if found.veto:
                self._note(view, passage, f"no {found.kind}: {found.veto}")
                self._keep_unnamed(found, view, passage)
            else:
                told.append(self._claim(found, view, passage))
        if any(c.history for c in told):  # an annulment told again, and what led to it
            earlier = self._earlier_race()
            told = [c if c.actor in self.names.ids else replace(c, history=True, race=earlier) for c in told]
        self.claims += told

    def _keep_unnamed(self, found: Found, view: View, passage: Passage) -> None:
        """A lead names nobody yet: "an opposition candidate has declared victory"."""
        clause = view.clause(found.start)
        if found.kind is not ClaimKind.VICTORY_CLAIM or found.veto != NOBODY or found.history:
            return
        if view.pack["unnamed"].search(view.skeleton, clause.start, found.start):
            self.unnamed.append(self._claim(replace(found, veto=None), view, passage))

    def _name_them(self) -> None:
        """Whom a story left unnamed at its head: the leader that its numbers tell, if nobody else is."""
        leader = self.discourse.leader
        if leader is None or any(c.kind is ClaimKind.VICTORY_CLAIM for c in self.claims):
            return
        self.claims += [replace(c, actor=self._id(leader)) for c in self.unnamed[:1]]

    def _claim(self, found: Found, view: View, passage: Passage) -> Claim:
        known = self.whose.of_claim(view.sentence, found.kind)
        past = found.history or self._settled_before(found.kind)
        return Claim(
            race=self._earlier_race() if past else self.race.id,
            kind=found.kind,
            origin=known or self.source.origin,
            as_of=passage.at or self.published,
            evidence=Evidence(self._quote(found, view), passage.where, f"prose:{found.rule}"),
            actor=self._actor(found.actor),
            target=self.names.id_of(found.target) if found.target else None,
            strength=found.strength,
            stamped=passage.at is not None,
            history=past,
            source=self.source.name,
            url=self.source.url,
            post=passage.post,
        )

    def _quote(self, found: Found, view: View) -> str:
        """The sentence, and the one before it where both are one speech: it says what is congratulated."""
        before, speaker = self.discourse.before, self.discourse.speaker
        own = found.actor is not None and found.actor.mark is not None and found.actor.mark == speaker
        if before is None or not own or not quotations.is_torn(view.sentence):
            return view.sentence.text
        return f"{before.text} {view.sentence.text}"

    def _actor(self, who: Who | None) -> str | None:
        if who is None:
            return None
        return self.names.id_of(who.mark) if who.mark else self._plain_name(who.name)

    def _plain_name(self, name: str | None) -> str | None:
        if not name:
            return None
        words = name.split()
        while len(words) > 1 and self.pack["titles"].fullmatch(fold(words[0]).strip(".")):
            words = words[1:]
        return " ".join(words)

    def _earlier_race(self) -> str:
        return self.race.follows or self.race.id

    def _settled_before(self, kind: ClaimKind) -> bool:
        """A race that repeats another exists because that one was annulled."""
        again = self.race.follows or self.pack["repeat_title"].search(fold(self.race.title))
        return kind is ClaimKind.ANNULLED and bool(again)

    def _note(self, view: View, passage: Passage, why: str) -> None:
        self.notes.append(Note(view.sentence.text, passage.where, why))


_DIGIT = re.compile(r"\d")
