"""The hash of a page's text without its chrome: the third rung of the ladder."""

import hashlib

from scrapers.parser.document.document import Document, Media

# What changes on a page while its news does not. A header inside the article holds the
# headline, and "share" is also a column of results: neither may be stripped by name.
_CHROME = ", ".join(
    (
        *(
            "script",
            "style",
            "noscript",
            "template",
            "svg",
            "iframe",
            "nav",
            "footer",
            "body > header",
            "aside",
            "form",
        ),
        *("[role=banner]", "[role=navigation]", "[role=contentinfo]", "[role=complementary]"),
        *(
            ".ad",
            ".ads",
            "[class^='ad-']",
            "[class*=' ad-']",
            "[id^='ad-']",
            "[class*=advert]",
            "[class*=sponsor]",
        ),
        *("[class*=clock]", "[id*=clock]", "[class*=newsletter]", "[class*=cookie]", "[class*=consent]"),
        *("[class*=related]", "[class*=most-read]", "[class*=trending]", "[class*=weather]"),
    )
)


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
    for node in tree.css(_CHROME):
        if not node.css_first("h1, table, [itemprop=articleBody]"):
            node.decompose()
    stamps = [node.attributes.get("datetime") or node.text() for node in tree.css("time")]
    for node in tree.css("time"):
        node.decompose()
    body = tree.body
    text = body.text(separator=" ") if body else ""
    return " ".join(text.split()) + "\n".join(data) + "|".join(stamps)
