"""Whose count it is: the origin that a sentence names ("according to the state-run ① agency")."""

import re
from dataclasses import dataclass
from functools import lru_cache

from scrapers.parser.prose.fold import fold
from scrapers.parser.prose.packs import Pack
from scrapers.parser.prose.skeleton import Sentence
from tally.race import Origin

# A case ending on the name ("ANKA'ya göre").
_ENDING = re.compile(r"^'\w{1,6}")
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Known:
    """The configured origins of a race as one pattern."""

    pattern: re.Pattern[str]
    ids: dict[str, str]


@lru_cache(maxsize=64)
def known(origins: tuple[Origin, ...]) -> Known:
    """Names and aliases of configured origins, compiled once."""
    ids = {fold(n): o.id for o in origins for n in (o.name, *o.aliases) if n.strip()}
    forms = "|".join(re.escape(f) for f in sorted(ids, key=len, reverse=True)) or "(?!)"
    return Known(re.compile(rf"(?<!\w)(?P<name>{forms})(?:'?s|'\w{{1,6}})?(?!\w)"), ids)


def named(sentence: Sentence, configured: Known, pack: Pack, *, counts: bool = False) -> str | None:
    """The origin a sentence attributes its numbers to, or None; ``counts``: "① has" says it too."""
    folded = sentence.folded
    for match in configured.pattern.finditer(folded):
        if len(match["name"]) <= 3 and not sentence.text[match.start()].isupper():
            continue
        if attributed(folded, match.start(), match.end(), pack, counts=counts):
            return configured.ids[match["name"]]
    match_of_none = pack["agencies"].search(folded)
    if match_of_none and attributed(folded, *match_of_none.span(), pack):
        return slug(match_of_none[0])
    return None


def attributed(folded: str, start: int, end: int, pack: Pack, *, counts: bool = False) -> bool:
    """Whether the name at ``start``–``end`` is said to be the source of what its sentence tells."""
    before = folded[max(0, start - 60) : start]
    after = _ENDING.sub("", folded[end : end + 64]).lstrip(" ,")
    if pack["attribution_before"].search(before) or pack["attribution_after"].match(after):
        return True
    if counts and pack["attribution_counts"].match(after):
        return True
    return _reports_last(folded, end, pack)


def _reports_last(folded: str, end: int, pack: Pack) -> bool:
    """As in "① ise sandıkların yüzde 99'unun açıldığını bildirdi": the verb is the last word."""
    rest = folded[end:]
    return bool(pack["attribution_subject"].match(rest) and pack["attribution_end"].search(rest))


def slug(name: str) -> str:
    """A name as an id: "Associated Press" → "associated-press"."""
    return _SLUG.sub("-", fold(name)).strip("-")
