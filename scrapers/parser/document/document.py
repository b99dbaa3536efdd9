"""One captured page, decoded and parsed at most once however many look at it."""

import json
import re
from enum import StrEnum
from functools import cached_property

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from scrapers.parser.document.decode import decoded
from scrapers.parser.document.unpack import unpacked
from scrapers.parser.page import Unreadable
from tally.capture import Capture

MOST_BYTES = 20_000_000  # a detail file of a large state has 10 MB; beyond that it is no results page


class Media(StrEnum):
    """What a body is, by its own looks: servers send JSON as text/html and worse."""

    EMPTY = "empty"
    HTML = "an HTML page"
    JSON = "JSON"
    XML = "XML"
    TEXT = "text"
    BINARY = "binary data"


class Document:
    """A capture with its text, tree and data, each made when first asked for."""

    def __init__(self, capture: Capture) -> None:
        self.capture = capture
        # What readers of this page worked out and others ask for again, by the reader's name.
        self.known: dict[str, object] = {}

    @cached_property
    def body(self) -> bytes:
        """The captured bytes, unpacked where they came as a packed file."""
        return unpacked(self.capture.body, MOST_BYTES)

    @cached_property
    def media(self) -> Media:
        """What the body is."""
        return _media_of(self.body)

    def check(self) -> None:
        """Raises Unreadable for a body that is no text, or more of it than is read."""
        if len(self.body) > MOST_BYTES:
            size = f"{len(self.capture.body):,} bytes" if self.body is self.capture.body else "packed"
            raise Unreadable(f"too large: {size}, {MOST_BYTES:,} bytes are read at most")
        if self.media is Media.BINARY:
            raise Unreadable(f"wrong type: {_binary_name(self.capture)}")

    @cached_property
    def text(self) -> str:
        """The body, decoded."""
        self.check()
        return decoded(self.body, self.capture.headers.get("content-type", ""))

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The HTML tree; nobody may change it, since all readers share it."""
        return LexborHTMLParser(self.text)

    @cached_property
    def json(self) -> object:
        """The body as JSON; also out of a callback or a JavaScript assignment."""
        return json_of(self.text)

    @cached_property
    def xml(self) -> etree._Element:
        """The root of the body as XML: no entities, no network, no huge trees."""
        return _xml_of(self.text)


# The last page asked for: a poll asks for its fingerprint and then for its readings. It is
# only a memory, found by identity, and holds one page.
_last: Document | None = None


def document_of(capture: Capture) -> Document:
    """The document of a capture; the same one again for the capture asked for last."""
    global _last  # noqa: PLW0603 – one slot, replaced as a whole, so that threads can't see half of it
    last = _last
    if last is None or last.capture is not capture:
        last = _last = Document(capture)
    return last


_HTML_START = re.compile(
    rb"<(?:!doctype html|html|head|body|title|meta|div|p|h1|h2|table|article|main|section|script|link)\b",
    re.IGNORECASE,
)
_BINARY_STARTS = {
    b"\x1f\x8b": "gzip that was not unpacked",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x28\xb5\x2f\xfd": "zstandard that was not unpacked",
}


def _media_of(body: bytes) -> Media:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16: its tags are known when it is decoded
        body = decoded(body[:8192]).encode("utf-8", "replace")
    start = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return Media.EMPTY if not body.strip() else Media.TEXT
    if _looks_binary(start):
        return Media.BINARY
    start = _without_comments(start)
    if _HTML_START.match(start):
        return Media.HTML
    if start[:1] == b"<":
        return (
            Media.XML
            if start.startswith((b"<?xml", b"<EML", b"<rss", b"<feed", b"<Election"))
            else _tagged(start)
        )
    if start[:1] in (b"{", b"[") or _WRAPPED.match(start):
        return Media.JSON
    return Media.TEXT


def _without_comments(start: bytes) -> bytes:
    """The start of a page without what some programs note before its first tag."""
    while start.startswith(b"<!--"):
        _, found, rest = start.partition(b"-->")
        if not found:
            break
        start = rest.lstrip()
    return start


def _tagged(start: bytes) -> Media:
    """An unknown first tag: XML where it has a namespace or another case than HTML's, else HTML."""
    return Media.XML if b"xmlns" in start[:500] or re.match(rb"<(\w+:)?[A-Z]\w+", start) else Media.HTML


_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\x0b\x0c\r\x1b")


def _looks_binary(start: bytes) -> bool:
    known = any(start.startswith(magic) for magic in _BINARY_STARTS)
    odd = len(start) - len(start.translate(None, _CONTROL))
    return known or odd * 20 > len(start)


def _binary_name(capture: Capture) -> str:
    for magic, name in _BINARY_STARTS.items():
        if capture.body.startswith(magic):
            return name
    return capture.headers.get("content-type") or "binary data"


_WRAPPED = re.compile(
    rb"(?:\)\]\}',?\s*|/\*\*/\s*)?(?:(?:var|let|const)\s+)?[\w$.\[\]\"']{1,80}\s*(?:\(|=)\s*[{\[]"
    rb"|\)\]\}'"
)
_OPENING = re.compile(r"[{\[]")


def json_of(text: str) -> object:
    """JSON, also wrapped in a callback or an assignment; raises Unreadable where it breaks off."""
    body = text.lstrip("\ufeff \t\r\n")
    body = re.sub(r"^\)\]\}',?\s*", "", body)
    if body[:1] not in "{[":
        start = _OPENING.search(body)
        body = body[start.start() :] if start else body
    try:
        found, end = _DECODER.raw_decode(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"broken JSON: {error}") from error
    if len(body) - end > 200:
        raise Unreadable("broken JSON: more text after its end")
    return found


def _no_number(word: str) -> None:
    """NaN and Infinity are no results."""


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def _xml_of(text: str) -> etree._Element:
    if "<!ENTITY" in text[:20_000]:
        raise Unreadable("XML that declares entities is not read")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    # The text is decoded already; a declaration of another charset would be wrong now.
    bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1)
    try:
        root = etree.fromstring(bare.strip().encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"broken XML: {str(error)[:200]}") from error
    if root is None:
        raise Unreadable("broken XML: no element in it")
    return root
