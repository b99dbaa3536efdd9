"""A sentence as the rules see it: every name and number is one character.

"Mr Roe has won 53.6% with nearly 95% of ballots counted" becomes "① has won ② with nearly ③ of
ballots counted", so that a rule's distances are words, however long a name is, and no rule has to
know how numbers are written.
"""

import re
from dataclasses import dataclass, field

from scrapers.parser.prose import mentions as found_names
from scrapers.parser.prose import names as people
from scrapers.parser.prose import numbers
from scrapers.parser.prose.fold import fold
from scrapers.parser.prose.names import Mention, Names
from scrapers.parser.prose.numbers import Number
from scrapers.parser.prose.packs import Pack


@dataclass(slots=True)
class Sentence:
    """One sentence: what was written, and its skeleton with the tokens that stand in it."""

    text: str
    folded: str
    skeleton: str = ""
    mentions: dict[int, Mention] = field(default_factory=dict)
    numbers: dict[int, Number] = field(default_factory=dict)
    quoted: list[tuple[int, int]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def in_quotes(self, at: int) -> bool:
        """Whether a place of the skeleton lies inside quotation marks."""
        return any(a < at < b for a, b in self.quoted)

    @property
    def is_question(self) -> bool:
        """Whether the sentence asks."""
        return self.text.rstrip("\"”’'» )").endswith("?")


def build(text: str, found_by: Names, pack: Pack) -> Sentence:
    """Name and number the parts of a sentence."""
    folded = fold(text)
    sentence = Sentence(text, folded)
    mentions = found_names.find(text, folded, found_by, pack)
    spans: list[Mention | Number] = [*mentions]
    taken = [(m.start, m.end) for m in mentions]
    spans += [n for n in numbers.find(folded, pack) if not any(a < n.end and n.start < b for a, b in taken)]
    spans += [
        p for p in _pronouns(folded, pack) if not any(s.start < p.end and p.start < s.end for s in spans)
    ]
    _assemble(sentence, sorted(spans, key=lambda s: s.start))
    sentence.quoted = _quotes(sentence.skeleton)
    return sentence


_PRONOUNS = (("rival_phrases", people.RIVAL), ("he", people.HE), ("she", people.SHE), ("they", people.THEY))


def _pronouns(folded: str, pack: Pack) -> list[Mention]:
    found = [
        Mention(m.start(), m.end(), people.RIVAL, "acc", False, m[0])
        for m in pack["rival_objects"].finditer(folded)
    ]
    found += [
        Mention(m.start(), m.end(), people.HIM, "acc", False, m[0])
        for m in pack["him_objects"].finditer(folded)
    ]
    for name, mark in _PRONOUNS:
        for m in pack[name].finditer(folded):
            if not any(f.start < m.end() and m.start() < f.end for f in found):
                found.append(Mention(m.start(), m.end(), mark, None, False, m[0]))
    return found


def _assemble(sentence: Sentence, spans: list[Mention | Number]) -> None:
    pieces: list[str] = []
    length = at = 0
    for span in spans:
        gap = sentence.folded[at : span.start]
        pieces.append(gap)
        length += len(gap)
        if isinstance(span, Mention):
            sentence.mentions[length] = span
            mark = span.mark + (people.CASES.get(span.case, "") if span.case else "")
        else:
            sentence.numbers[length] = span
            mark = span.unit
        pieces.append(mark)
        length += len(mark)
        at = span.end
    pieces.append(sentence.folded[at:])
    sentence.skeleton = "".join(pieces)


_QUOTE = re.compile(r'"[^"]*(?:"|$)|(?<!\w)\'[^\']{3,}\'(?!\w)')


# The end of a quotation that began sentences ago: We came up short," ① said.
_CLOSING = re.compile(r'[^"]*[\w.,!?]"(?=[\s,.]|$)')


def _quotes(skeleton: str) -> list[tuple[int, int]]:
    closing = _CLOSING.match(skeleton) if skeleton.count('"') % 2 else None
    if closing is None:
        return [m.span() for m in _QUOTE.finditer(skeleton)]
    return [(-1, closing.end()), *(m.span() for m in _QUOTE.finditer(skeleton, closing.end()))]
