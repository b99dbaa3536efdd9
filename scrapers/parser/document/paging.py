"""Where a live blog goes on with older posts: by rel=next, by JSON-LD, or by what a link says."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from scrapers.parser.document.document import Document
from scrapers.parser.document.linked_data import linked_data, text_in
from scrapers.parser.document.links import joined

_REL = "link[rel~=next][href], a[rel~=next][href]"
# Keys under which vocabularies for lists in pages put it.
_LINKED = ("nextPage", "next", "hydra:next", "as:next")
# What links to older posts say, language by language; compared without case, as a whole text.
_WORDS = (
    r"(?:(?:load|show|see|view) )?(?:older|earlier|previous|more) (?:posts?|updates?|entries|news)",
    r"older|next page",
    r"(?:daha )?eski (?:gönderiler|gelişmeler|haberler)|önceki (?:gönderiler|sayfa)|sonraki sayfa",
    r"(?:ver )?(?:más )?(?:entradas|publicaciones|actualizaciones) (?:anteriores|antiguas)|página siguiente",
    r"(?:ver )?(?:mais )?(?:postagens|publicações|atualizações) (?:anteriores|antigas)|próxima página",
    r"(?:voir )?(?:les )?(?:messages|publications|billets) (?:précédente?s|plus anciens)|page suivante",
    r"(?:ältere|frühere) (?:beiträge|meldungen|einträge)|nächste seite",
    r"(?:post|aggiornamenti) (?:precedenti|meno recenti)|pagina successiva",
)
_SAYS = re.compile(rf"[\W\d_]*(?:{'|'.join(_WORDS)})[\W\d_]*", re.I)
_LONGEST = 60


def older_page(document: Document, address: str) -> str | None:
    """The page that follows, on the same site and another than this; None where the page names none."""
    here = address.partition("#")[0]
    for link in _candidates(document):
        found = joined(here, link)
        if found is not None and found != here and _site(found) == _site(here):
            return found
    return None


def _candidates(document: Document) -> Iterator[str]:
    tree = document.tree
    yield from (_href(node) for node in tree.css(_REL))
    yield from (link for thing in linked_data(document) if (link := text_in(thing, *_LINKED)))
    for node in tree.css("a[href]"):
        text = " ".join((node.text() or node.attributes.get("aria-label") or "").split())
        if text and len(text) <= _LONGEST and _SAYS.fullmatch(text):
            yield _href(node)


def _href(node: LexborNode) -> str:
    return node.attributes.get("href") or ""


def _site(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc.lower()
