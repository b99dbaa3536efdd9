"""The names in one sentence: candidates in every form, and the strangers beside them."""

import re
from dataclasses import replace

from scrapers.parser.prose import names as people
from scrapers.parser.prose import strangers
from scrapers.parser.prose.fold import fold
from scrapers.parser.prose.names import AMBIGUOUS, GIVEN_NAMES, OTHER_PERSON, SHORT_FOR, Mention, Names
from scrapers.parser.prose.packs import Pack

_WORD = re.compile(r"[^\W\d_]{3,}")
_JOINED = re.compile(r"-[^\W\d_]{2}")


def find(text: str, folded: str, found_by: Names, pack: Pack) -> list[Mention]:
    """Candidates and other people named in a sentence, in order, not overlapping."""
    shouting = _shouts(text)
    known = [
        m for x in found_by.known.finditer(folded) if (m := _known(x, text, folded, found_by, pack, shouting))
    ]
    known = _without_appositions(known, folded, found_by)
    others = strangers.find(text, folded, known, pack, shouting=shouting)
    others = [_by_handle(_by_given_name(m, folded, found_by), text, folded, found_by) for m in others]
    return sorted([*known, *others], key=lambda m: m.start)


def _shouts(text: str) -> bool:
    """Whether capitals say nothing here: a headline in capitals or in title case, or no capitals at all."""
    words: list[str] = _WORD.findall(text)[:40]
    small = sum(w[0].islower() for w in words)
    headline = not text.rstrip("\"'”’").endswith(".")
    return small == 0 or (headline and small * 3 <= len(words)) or small == len(words)


def _known(
    match: re.Match[str], text: str, folded: str, found_by: Names, pack: Pack, shouting: bool
) -> Mention | None:
    form = match["name"]
    start = match.start("name")
    is_description = form in found_by.descriptions
    first, _, rest = form.partition(" ")
    if rest and first in people.ARTICLES and text[start].islower():
        start += len(first) + 1  # "die Grünen": the article of a name is written small
    if not is_description and not shouting and not text[start].isupper() and text[start] != folded[start]:
        return None
    if not is_description and text[start].islower() and not text.islower():
        return None
    if form in found_by.words_only and not _stands_for_a_side(match, folded, pack):
        return None
    if _is_part_of_a_word(folded, start, match.end()):
        return None
    case = _case(match, pack)
    owners = found_by.owners[form]
    text_of = text[match.start() : match.end("name")]
    mark = found_by.mark(owners[0]) if len(owners) == 1 else AMBIGUOUS
    if form not in found_by.full and not is_description and not match["title"]:
        other = _other_given_name(text, folded, match, owners, found_by, pack, shouting)
        if other is not None:
            mark = found_by.mark(other) if other >= 0 else OTHER_PERSON
    if pack["not_after_name"].match(folded, match.end() + 1):
        return None
    return Mention(match.start(), match.end(), mark, case, form in found_by.full, text_of)


def _is_part_of_a_word(folded: str, start: int, end: int) -> bool:
    """Whether a name is only joined to others: "the ①-backed senator", "①-Generalsekretär", "anti-①"."""
    before = folded[max(0, start - 2) : start]
    return (len(before) == 2 and before[1] == "-" and before[0].isalpha()) or _JOINED.match(
        folded, end
    ) is not None


def _case(match: re.Match[str], pack: Pack) -> str | None:
    if match["suffix"]:
        return pack.suffixes[match["suffix"]]
    return "gen" if match["bare"] and "" in pack.suffixes else None


def _stands_for_a_side(match: re.Match[str], folded: str, pack: Pack) -> bool:
    around = folded[max(match.start() - 24, 0) : match.start()], folded[match.end() : match.end() + 16]
    return bool(
        pack["side_before"].search(around[0].strip())
        or re.match(r"'?\s?(?:side|vote|camp|\(?\d|%)", around[1].strip())
        or pack["side_after"].match(around[1].strip())
    )


def _by_given_name(mention: Mention, folded: str, found_by: Names) -> Mention:
    """As in "I called Joanna": in a quotation the given name of one candidate means that candidate."""
    name = folded[mention.start : mention.end].removesuffix("'s")
    owners = [n for n, given in enumerate(found_by.given) if name in given]
    marks = folded.count('"', 0, mention.start)
    torn = marks == 0 and folded.count('"') % 2 == 1  # the quotation began a sentence ago
    if mention.full or len(owners) != 1 or (marks % 2 == 0 and not torn):
        return mention
    return replace(mention, mark=found_by.mark(owners[0]))


def _by_handle(mention: Mention, text: str, folded: str, found_by: Names) -> Mention:
    """As in "@EllenMarshGov": a handle that holds the name of just one candidate."""
    if mention.start == 0 or text[mention.start - 1] != "@":
        return mention
    handle = folded[mention.start : mention.end]
    held = {o for form, owners in found_by.owners.items() if len(form) > 3 and form in handle for o in owners}
    return replace(mention, mark=found_by.mark(held.pop())) if len(held) == 1 else mention


_WORD_BEFORE = re.compile(r"([\w.'’-]+)\s$")


def _other_given_name(
    text: str,
    folded: str,
    match: re.Match[str],
    owners: tuple[int, ...],
    found_by: Names,
    pack: Pack,
    shouting: bool,
) -> int | None:
    """None: the surname stands alone. A number: whose it is by the given name before it; -1: a stranger's."""
    before = _WORD_BEFORE.search(text, max(match.start() - 24, 0), match.start())
    if not any(found_by.given[o] for o in owners):
        return None  # "the Nationalist Jobbik party": a party has no given name
    if before is None or not before[1][:1].isupper() or pack.flag("nouns_capital"):
        return None
    given = fold(before[1]).strip(".'")
    mine = [o for o in owners if _is_given(given, found_by.given[o])]
    if len(mine) == 1:
        return mine[0]
    further = _further_given(text, before.start())
    mine = [o for o in owners if found_by.given[o] & further]
    if len(mine) == 1:
        return mine[0]
    if shouting or before[1].endswith((".", "'s", "’s")) or len(given) < 3 or before[1].isupper():
        return None
    if given.endswith("-elect") or pack["titles"].fullmatch(given):
        return None
    if pack["before_name"].fullmatch(given) or given in pack.common:
        return None
    sentence_start = (
        before.start() == 0
        or text[before.start() - 1] in "\"“'«(:"
        or text[: before.start()].rstrip()[-1:] in ".!?:;-–—"
    )
    listed = folded[match.end() : match.end() + 2].strip()[:1] == ":"  # "Issa Sall : 178 533 voix" of a list
    return None if sentence_start and not listed and given not in GIVEN_NAMES else -1


def _further_given(text: str, at: int) -> set[str]:
    """The words of one name before its last given name: "Bola Ahmed", not "Luis Ferrer's brother, Carlos"."""
    found: set[str] = set()
    for word in reversed(text[max(at - 40, 0) : at].split()[-4:]):
        if not word[0].isupper() or word.endswith((",", ";", ":", "'s", "’s")):
            break
        found.add(fold(word).strip(".'"))
    return found


def _is_given(name: str, given: frozenset[str]) -> bool:
    """Whether a given name is one of a candidate's, in full or for short: "Joe" for Joseph, "Bob"."""
    if name in given:
        return True
    return (
        len(name) > 2 and any(g.startswith(name) or (name.startswith(g) and len(g) > 2) for g in given)
    ) or bool(SHORT_FOR.get(name, frozenset()) & given)


def _without_appositions(mentions: list[Mention], folded: str, found_by: Names) -> list[Mention]:
    """As in "Former prime minister Binali Yıldırım" is one mention, not two."""
    kept: list[Mention] = []
    for mention in mentions:
        before = kept[-1] if kept else None
        if before and _is_apposition(before, mention, folded, found_by):
            kept[-1] = replace(mention, start=before.start)
        else:
            kept.append(mention)
    return kept


def _is_apposition(a: Mention, b: Mention, folded: str, found_by: Names) -> bool:
    described = fold(a.text).strip() in found_by.descriptions
    return a.mark == b.mark and described and folded[a.end : b.start] in (" ", ", ")
