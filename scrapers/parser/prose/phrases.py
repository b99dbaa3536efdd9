"""Patterns of a pack's words around names: who says, and what only says who the next one is."""

import re
from functools import lru_cache

from scrapers.parser.prose.packs import CASE, Pack


@lru_cache(maxsize=64)
def said_by(pack: Pack) -> re.Pattern[str]:
    """A verb of saying, and what may stand between it and who says it: "dijo el ministro de Economía ①"."""
    says = pack.source(pack.words("says") or ["(?!)"])
    breaks = pack.marked(pack.source(pack.words("clause_break") or ["(?!)"]))
    modifiers = pack.marked(pack.source(pack.words("modifiers") or ["(?!)"]))
    word = rf"(?!(?:{breaks})(?!\w))[^\s,;:!?()\"\ue000-\uf0ff]+"
    return re.compile(rf"(?<!\w)(?:{says})(?!\w)(?:\s{word}){{0,7}}(?:,(?:\s(?:{modifiers})){{0,5}})?\s$")


@lru_cache(maxsize=64)
def to_next_person(pack: Pack) -> re.Pattern[str]:
    """A few words and a stranger, with no clause beginning between."""
    breaks = pack.marked(pack.source(pack.words("clause_break") or ["(?!)"]))
    return re.compile(rf"(?:\s(?!(?:{breaks})(?!\w))[^\W\d_]+){{1,3}}\s\uf000(?!{CASE})")


@lru_cache(maxsize=64)
def to_next_name(pack: Pack) -> re.Pattern[str]:
    """Titles and other names up to a candidate: "Ohio's Republican nominee ①"."""
    modifiers = pack.marked(pack.source([*pack.words("modifiers"), *pack.words("stands_for")] or ["(?!)"]))
    return re.compile(rf"(?:'?\s?(?:{modifiers}|\uf000\uf200?)(?!\w)){{0,8}}\s?[\ue000-\uefff](?!{CASE})")
