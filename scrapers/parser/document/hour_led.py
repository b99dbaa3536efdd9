"""Live blogs written as one text: every post begins with its hour ("21:40 –", "+++ 19.05 Uhr:")."""

import re
from collections.abc import Iterable, Iterator

from scrapers.parser.prose import Passage

_HOUR = re.compile(
    r"[+\s]{0,6}(?P<hour>[01]?\d[:.h][0-5]\d|2[0-3][:.h][0-5]\d)(?:\s*(?P<half>[ap]\.?m\.?))?(?:\s*(?:uhr|hs?\b))?"
    r"(?:\s*(?:[A-Z]{2,4}\b))?\s*(?:[:–—|-]+\s*|$|\s(?=\S))",
    re.IGNORECASE,
)


def hour_of_post(text: str) -> tuple[str, str] | None:
    """The hour that a passage begins with and the rest of it; None where it begins with none."""
    found = _HOUR.match(text)
    if found is None:
        return None
    hour = found["hour"].replace(".", ":").replace("h", ":").replace("H", ":")
    half = (found["half"] or "").replace(".", "").lower()
    return f"{hour} {half}".strip(), text[found.end() :].strip(" +")


def led_by_hours(passages: Iterable[Passage]) -> Iterator[tuple[str, list[Passage]]]:
    """The posts of such a text, each with its hour as written; what stands before the first is no post."""
    hour, post = "", list[Passage]()
    for passage in passages:
        led = hour_of_post(passage.text)
        if led is not None:
            if post:
                yield hour, post
            hour, post = led[0], []
        if hour:
            post.append(passage)
    if post:
        yield hour, post
