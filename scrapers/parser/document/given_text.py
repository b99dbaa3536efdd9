"""Text that a page gives to machines: with markup in it, with entities, or with line breaks only."""

import html
import re

from selectolax.lexbor import LexborHTMLParser

from scrapers.parser.document.main_text import numbered, passages_under
from scrapers.parser.prose import Passage, passages_of

_MARKUP = re.compile(
    r"</?(?:p|br|div|li|ul|h\d|strong|em|b|i|a|span|blockquote)\b[^<>]{0,300}>", re.IGNORECASE
)


def given_passages(text: str) -> list[Passage]:
    """The paragraphs of a text from JSON-LD, however its writer marked them."""
    if _MARKUP.search(text):
        body = LexborHTMLParser(text).body
        return numbered(passages_under(body)) if body else []
    plain = html.unescape(text)
    return passages_of(plain if "\n\n" in plain else plain.replace("\n", "\n\n"))
