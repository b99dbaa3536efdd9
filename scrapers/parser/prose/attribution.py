"""Whose figures a text is telling, from sentence to sentence: named once, they are its until it ends."""

import re
from dataclasses import dataclass, field, replace

from scrapers.parser.prose import origins
from scrapers.parser.prose.actors import Finder
from scrapers.parser.prose.names import OTHER_PERSON, is_candidate
from scrapers.parser.prose.origins import Known
from scrapers.parser.prose.packs import Pack
from scrapers.parser.prose.skeleton import Sentence
from tally.claim import ClaimKind
from tally.race import Race, Rank
from tally.reading import Reading

# A headline, a caption and a cell stand alone: what is named there is not carried into the text.
_RUNNING = ("paragraph", "post", "quote")
_NOUN = re.compile(r"[^\W\d_]+$")


@dataclass(slots=True)
class Attribution:
    """The origin that holds now, and what "the board" and "the agency" meant last."""

    configured: Known
    pack: Pack
    official: frozenset[str] = frozenset()
    now: str | None = None
    role: str = "paragraph"
    nouns: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, race: Race, pack: Pack) -> "Attribution":
        """Nothing attributed yet, with the origins of a race."""
        official = frozenset(o.id for o in race.origins if o.rank is Rank.OFFICIAL)
        return cls(origins.known(race.origins), pack, official)

    def begin(self, role: str) -> None:
        """A new passage: running text goes on, a headline or a caption does not."""
        if role not in _RUNNING or self.role not in _RUNNING:
            self.now = None
        self.role = role

    def named(self, sentence: Sentence, *, counts: bool = True) -> str | None:
        """The origin that a sentence itself names, by name or as "the board"; ``counts``: for numbers."""
        found = origins.named(sentence, self.configured, self.pack, counts=counts)
        return found or self._by_noun(sentence, counts=counts)

    def of_claim(self, sentence: Sentence, kind: ClaimKind) -> str | None:
        """Whose claim it is where a sentence says so; a board calls no race, whoever cites it may."""
        own = self.named(sentence, counts=False)
        return None if kind is ClaimKind.CALLED and own in self.official else own

    def of_count(self, finder: Finder) -> str | None:
        """Whose the numbers of a sentence are: named in it, or carried on from before."""
        own = self.named(finder.sentence)
        if own is not None or self.now is None or self._is_of_others(finder):
            return own
        return self.now

    def before(self, sentence: Sentence) -> str | None:
        """Whose the numbers told just before are: "The figures are ①'s"."""
        for match in self.configured.pattern.finditer(sentence.folded):
            if self.pack["figures_are"].search(sentence.folded, 0, match.start()):
                return self.configured.ids[match["name"]]
        return None

    def after(self, finder: Finder, *, told: bool) -> None:
        """Go on behind a sentence; ``told``: it gave numbers that count."""
        goes_on = (told and not self._is_of_others(finder)) or self._is_again(finder.sentence.folded)
        self._turn(finder.sentence, told=told, goes_on=goes_on)

    def over(self, sentence: Sentence) -> None:
        """Go on behind a sentence in which nothing else is to be read."""
        self._turn(sentence, told=False, goes_on=self._is_again(sentence.folded))

    def _turn(self, sentence: Sentence, *, told: bool, goes_on: bool) -> None:
        """An origin begins where it gives figures, not where it only rules on an appeal."""
        self._remember_nouns(sentence)
        own = self.named(sentence)
        if own is not None and (told or self.pack["about_figures"].search(sentence.folded)):
            self.now = own
        elif own not in (None, self.now) or not (goes_on or own):
            self.now = None

    def _is_again(self, folded: str) -> bool:
        return self.pack["origin_again"].match(folded.lstrip('" ')) is not None

    def _by_noun(self, sentence: Sentence, *, counts: bool) -> str | None:
        for match in self.pack["origin_nouns"].finditer(sentence.folded):
            noun = _NOUN.search(match[0])
            meant = self._meant(noun[0]) if noun else None
            if meant and origins.attributed(sentence.folded, *match.span(), self.pack, counts=counts):
                return meant
        return None

    def _meant(self, noun: str) -> str | None:
        """The origin last named by a noun, else the only configured one that has it in its name."""
        known = {i for form, i in self.configured.ids.items() if noun in form.split()}
        return self.nouns.get(noun) or (known.pop() if len(known) == 1 else None)

    def _remember_nouns(self, sentence: Sentence) -> None:
        for match in self.configured.pattern.finditer(sentence.folded):
            identity = self.configured.ids[match["name"]]
            for form, of in self.configured.ids.items():
                if of == identity:
                    self.nouns.update(dict.fromkeys(form.split(), identity))

    def _is_of_others(self, finder: Finder) -> bool:
        """Whether somebody else gives a sentence's numbers: a person, a campaign, another source."""
        sentence, pack = finder.sentence, self.pack
        if pack["other_source"].search(sentence.folded):
            return True
        for at, mention in sentence.mentions.items():
            if mention.mark == OTHER_PERSON and finder.is_person(at, mention):
                return True
            rest = finder.end_of(at) + 1
            if is_candidate(mention.mark) and (
                pack["says"].match(sentence.skeleton, rest) or pack["roles"].match(sentence.skeleton, rest)
            ):
                return True
        return pack.flag("sov") and pack["says_last"].search(sentence.skeleton) is not None


def repeated(readings: list[Reading], heads: list[Reading], own: str) -> list[Reading]:
    """A headline names no source: where the text attributes the same numbers, they are that origin's."""
    return [_repeats(r, readings, own) if any(r is h for h in heads) else r for r in readings]


def _repeats(head: Reading, readings: list[Reading], own: str) -> Reading:
    if head.origin != own or not head.results:
        return head
    told = _numbers(head)
    whose = {r.origin for r in readings if r is not head and told <= _numbers(r)}
    return replace(head, origin=whose.pop()) if len(whose) == 1 else head


def _numbers(reading: Reading) -> set[tuple[str, float]]:
    return {(r.candidate, n) for r in reading.results for n in (r.votes, r.share, r.seats) if n is not None}
