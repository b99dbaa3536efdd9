"""What of a page is not its story: navigation, related stories, comments, banners."""

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

DEAD_TAGS = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "form",
        "button",
        "select",
        "option",
        "input",
        "textarea",
        "nav",
        "footer",
        "aside",
        "dialog",
        "canvas",
        "video",
        "audio",
        "object",
        "embed",
        "menu",
        "datalist",
        "math",
        "head",
    ]
)
# Words in the names that pages give to their parts, in the languages they are written in.
_WORDS = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "breadcrumb",
        "breadcrumbs",
        "sidebar",
        "footer",
        "masthead",
        "toolbar",
        "ad",
        "ads",
        "advert",
        "advertisement",
        "advertising",
        "sponsor",
        "sponsored",
        "promo",
        "promotion",
        "teaser",
        "teasers",
        "related",
        "recommended",
        "recommendations",
        "recirculation",
        "outbrain",
        "taboola",
        "trending",
        "popular",
        "mostread",
        "comments",
        "comment",
        "disqus",
        "social",
        "sharing",
        "sharebar",
        "newsletter",
        "subscribe",
        "subscription",
        "signup",
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "paywall",
        "byline",
        "author",
        "authors",
        "credit",
        "copyright",
        "tags",
        "topics",
        "ticker",
        "breaking",
        "weather",
        "toc",
        "skip",
        "pagination",
        "pager",
        "poll-widget",
        "quiz",
        "widget",
        "widgets",
        "readmore",
        "readnext",
        "ilgili",
        "yorum",
        "yorumlar",
        "reklam",
        "etiketler",
        "relacionadas",
        "relacionados",
        "relacionado",
        "comentarios",
        "publicidad",
        "publicidade",
        "publicite",
        "commentaires",
        "werbung",
        "kommentare",
        "correlati",
        "commenti",
        "pubblicita",
        "anzeige",
    ]
)
_PHRASES = re.compile(
    r"most[-_]?(?:read|viewed|popular)|read[-_]?(?:more|next|also)|more[-_](?:stories|on|news)|also[-_]?read"
    r"|see[-_]also|you[-_]may|share[-_]?(?:bar|buttons?|tools|links)|^share$|article[-_]meta|meta[-_]data|screen[-_]reader"
    r"|sr[-_]only|visually[-_]hidden|en[-_]cok[-_]okunan|mas[-_]leid|mais[-_]lid|meistgelesen|plus[-_]lus",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_chrome(node: LexborNode) -> bool:
    """Whether an element and all in it belong to the page's frame, by its tag, its role or its name."""
    if node.tag in DEAD_TAGS:
        return True
    attributes = node.attributes
    if not attributes:
        return False
    if (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or _HIDDEN.search(attributes.get("style") or "")
    ):
        return True
    if attributes.get("role") in ("navigation", "banner", "complementary", "contentinfo", "search", "dialog"):
        return True
    return _named_so(attributes.get("class") or "") or _named_so(attributes.get("id") or "")


@lru_cache(maxsize=4096)
def _named_so(names: str) -> bool:
    """Whether one of an element's names is a word for the frame; a page repeats few of them often."""
    return any(_is_word(name[:80]) for name in names.split())


def _is_word(name: str) -> bool:
    parts = re.split(r"[-_]+|(?<=[a-z])(?=[A-Z])", name)
    return not _WORDS.isdisjoint(part.lower() for part in parts) or bool(_PHRASES.search(name))
