"""How much of the vote is counted, however it is put: 95% reporting, 5% outstanding, all precincts."""

import re

from scrapers.parser.prose.actors import Finder
from scrapers.parser.prose.clauses import clause_at
from scrapers.parser.prose.grammar import grammar
from scrapers.parser.prose.names import CANDIDATES_FROM, is_candidate
from scrapers.parser.prose.numbers import PERCENT, Number, spell
from scrapers.parser.prose.packs import Pack
from scrapers.parser.prose.skeleton import Sentence
from tally.reading import Counted, Qualifier

_HALF = 50.0
_IN_PARENTHESES = re.compile(f"\\s\\({PERCENT}\\)")
_OF = re.compile(r"\s(?:of|d[eiou]|de[lrs]|d[ao]s?|de[gl]li?|dell[aeo]|dei|aller)(?!\w)|\sd'")
_REACH = 80  # characters before a number in which "has won just over" stands
_OPPOSITE = {Qualifier.AT_LEAST: Qualifier.AT_MOST, Qualifier.AT_MOST: Qualifier.AT_LEAST}


def read(sentence: Sentence, finder: Finder, pack: Pack) -> tuple[Counted | None, set[int]]:
    """The counted share of a sentence and the places of all numbers that are spent on it."""
    used: set[int] = set()
    best: Counted | None = None
    stems = pack.count_stems
    if stems and not any(stem in sentence.skeleton for stem in stems):
        return None, used
    for kind in ("uncounted", "counted_of", "counted"):
        for pattern in pack.from_number(kind):
            for match in pattern.finditer(sentence.skeleton) if sentence.numbers else ():
                found = _from_match(kind, match, sentence, finder, pack, used)
                best = best or found
    if best is None and (
        pack["counted_half"].search(sentence.skeleton) or pack["counted_half"].search(sentence.folded)
    ):
        used.update(p for p, n in sentence.numbers.items() if n.fraction and n.value == _HALF)
        return Counted(_HALF, Qualifier.ABOUT), used
    return best or _all_but(sentence, pack, used) or _all(sentence, pack), used


def _all_but(sentence: Sentence, pack: Pack, used: set[int]) -> Counted | None:
    """As in "all but one of the 156 constituencies", "all but 12 of 480 precincts"."""
    match = pack["counted_all_but"].search(sentence.skeleton)
    at = [p for p in sentence.numbers if match and match.start() <= p < match.end()]
    if match is None or not at:
        return None
    whole = sentence.numbers[at[-1]].value
    word = match[0].split()[2]
    missing = sentence.numbers[at[0]].value if len(at) > 1 else spell(word, grammar(pack))
    if missing is None or not 0 < missing < whole:
        return None
    used.update(at)
    return Counted(round(100 - 100 * missing / whole, 2))


def _all(sentence: Sentence, pack: Pack) -> Counted | None:
    if pack["counted_nearly_all"].search(sentence.skeleton):
        return Counted(99.0, Qualifier.ABOUT)
    match = pack["counted_all"].search(sentence.skeleton)
    waits = match and pack["until_counted"].search(
        sentence.skeleton[max(0, match.start() - 40) : match.start()]
    )
    return Counted(100.0) if match and not waits else None


def _from_match(
    kind: str, match: re.Match[str], sentence: Sentence, finder: Finder, pack: Pack, used: set[int]
) -> Counted | None:
    at = [p for p in sentence.numbers if match.start() <= p < match.end() and p not in used]
    if kind == "counted_of":
        if at and pack["won_in_before"].search(sentence.skeleton[max(0, at[0] - 40) : at[0]]):
            return None  # "① won in 13 of the 21 districts" counts nothing
        found = _of(sentence, at, used)
        share = _IN_PARENTHESES.match(sentence.skeleton, match.end())
        used.update([share.end() - 2] if share else [])  # "1,234 of 1,300 precincts (94.9%)"
        is_open = pack["still_open"].match(sentence.skeleton, match.end() + 1)
        return Counted(round(100 - found.pct, 2)) if found and is_open else found
    places = [p for p in at if sentence.numbers[p].unit == PERCENT]
    if not places or _is_share(places[0], sentence, finder, pack):
        return None
    if kind == "counted" and _in_another_clause(places[0], match.end(), finder):
        return None  # "① al ③ quando sono state scrutinate ④ sezioni"
    if pack["not_counted_before"].search(sentence.skeleton[max(0, places[0] - 50) : places[0]]):
        return None
    used.update(places[:1])
    used.update(p for p in at if sentence.skeleton[p - 1 : p + 2] == f"({sentence.skeleton[p]})")
    number = sentence.numbers[places[0]]
    return _complement(number) if kind == "uncounted" else _counted(number)


def _in_another_clause(at: int, end: int, finder: Finder) -> bool:
    opener = finder.clauses[clause_at(finder.clauses, end - 1)]
    return opener.start > at and bool(finder.pack["when_words"].search(opener.opener))


def _of(sentence: Sentence, at: list[int], used: set[int]) -> Counted | None:
    """As in "1,234 of 1,300 precincts"."""
    if len(at) < 2:
        return None
    part, whole = sorted((sentence.numbers[at[0]].value, sentence.numbers[at[1]].value))
    used.update(at[:2])
    if part < 0 or whole == 0:
        return None
    return Counted(round(100 * part / whole, 2))


def _counted(number: Number) -> Counted | None:
    return Counted(number.value, number.qualifier) if 0 <= number.value <= 100 else None


def _complement(number: Number) -> Counted | None:
    if not 0 <= number.value <= 100:
        return None
    qualifier = _OPPOSITE.get(number.qualifier, number.qualifier)
    return Counted(round(100 - number.value, 4), qualifier)


def _is_share(at: int, sentence: Sentence, finder: Finder, pack: Pack) -> bool:
    """Whether "① has won 54% of votes counted" gives a share: a candidate has it."""
    before = sentence.skeleton[:at]
    named = [p for p, m in sentence.mentions.items() if at - 40 < p < at and is_candidate(m.mark)]
    if named and sentence.skeleton[named[-1] + 1 : at] == " ":
        return True  # "gave ② ③ of the votes counted"
    bare = not _OF.match(sentence.skeleton, at + 1)
    bare = bare and not pack["done"].match(sentence.skeleton[at + 1 :].lstrip())
    if named and bare and pack["beside"].fullmatch(before[named[-1] + 1 :].strip(" \uf200")):
        return True  # "② si ferma al ③ a scrutinio ultimato"
    floor = max(0, at - _REACH)
    verb = pack["obtained_before"].search(before, floor)
    if verb is None:
        return False
    who = finder.subject(verb.start(), at)
    return who is not None and who.mark is not None and ord(who.mark) >= CANDIDATES_FROM
