"""The hash of a page's text without its chrome: the third rung of the ladder."""

import hashlib

from selectolax.lexbor import LexborHTMLParser

from scrapers.parser.document.document import Document, Media

# What changes on a page while its news does not. A header inside the article holds the
# headline, and "share" is also a column of results: neither may be stripped by name.
_DEAD_TAGS = ["script", "style", "noscript", "template", "svg", "iframe", "nav", "footer", "form"]
_NAMES = (
    "advert",
    "sponsor",
    "clock",
    "newsletter",
    "cookie",
    "consent",
    "related",
    "most-read",
    "trending",
    "weather",
)
_CHROME = ", ".join(
    (
        *(
            "body > header",
            "aside",
            ".ad",
            ".ads",
            "[class^='ad-']",
            "[class*=' ad-']",
            "[id^='ad-']",
            "[id*=clock]",
        ),
        *(f"[role={role}]" for role in ("banner", "navigation", "contentinfo", "complementary")),
        *(f"[class*={name}]" for name in _NAMES),
    )
)
_NEWS = "h1, table, [itemprop=articleBody]"


def fingerprint(document: Document) -> str | None:
    """SHA-256 of the text in hex; of anything but HTML that of the body; None for an empty one."""
    if document.media is Media.EMPTY:
        return None
    if document.media is not Media.HTML:
        return document.capture.body_hash
    return hashlib.sha256(_bare_text(document).encode("utf-8", "replace")).hexdigest()


def _bare_text(document: Document) -> str:
    # A copy, since it is cut down and the shared tree is read by others; a third of parsing again.
    tree = document.tree.clone()
    data = [node.text() for node in tree.css("script[type='application/ld+json']")]
    tree.strip_tags([*_DEAD_TAGS, *_dead_asides(tree)], recursive=True)
    for node in tree.css(_CHROME):
        if not node.css_first(_NEWS):
            node.decompose()
    stamps = []
    for node in tree.css("time"):
        stamps.append(node.attributes.get("datetime") or node.text())
        node.decompose()
    text = tree.body.text(separator=" ") if tree.body else ""
    return " ".join(text.split()) + "\n".join(data) + "|".join(stamps)


def _dead_asides(tree: LexborHTMLParser) -> list[str]:
    """Asides go at once, before the dearer look at names, unless one of them holds results."""
    return [] if tree.css_first("aside table, aside h1") else ["aside"]
