"""Which language a text is in, cheaply: by the packs' function words and the letters only they write."""

import re
from collections import Counter
from collections.abc import Mapping

from scrapers.parser.prose.fold import fold
from scrapers.parser.prose.packs import Pack

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 4000


def language_of(text: str, known: Mapping[str, Pack]) -> str | None:
    """The code of the pack whose common words and letters the text uses most, or None where none fits."""
    beginning = text[:_ENOUGH]
    words = Counter(_WORD.findall(fold(beginning)))
    spelt = beginning.lower()
    scores = {
        code: sum(words[w] for w in pack.common) + sum(spelt.count(x) for x in pack.words("letters"))
        for code, pack in known.items()
    }
    if not scores:
        return None
    best = max(scores, key=lambda c: scores[c])
    return best if scores[best] > 0 else None
