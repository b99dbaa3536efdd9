"""Bytes → text, in the charset the page is really written in."""

import codecs
import re

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_IN_BODY = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_IN_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_LANGUAGE = re.compile(rb"<html[^>]{0,300}?\blang\s*=\s*[\"']?([a-zA-Z]{2})", re.IGNORECASE)
_HEAD = 2048
# Servers announce Latin-1 for pages in anything; the language tells which code page was meant.
_LATIN = {"tr": "cp1254", "az": "cp1254", "pl": "cp1250", "cs": "cp1250"}
_LATIN |= {"hu": "cp1250", "ro": "cp1250", "hr": "cp1250", "sk": "cp1250"}


def decoded(body: bytes, content_type: str = "") -> str:
    """The text of a body; never raises, a byte that fits nowhere becomes U+FFFD."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, "replace").removeprefix("\ufeff")
    # Whatever is announced: bytes that are sound UTF-8 are UTF-8.
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(body, content_type)


def _legacy(body: bytes, content_type: str) -> str:
    declared = _declared(body, content_type)
    if declared in (None, "utf-8"):
        broken = body.decode("utf-8", "replace")
        # A single byte cut in the middle spoils a page of UTF-8 no more than itself.
        if _mostly_utf8(broken):
            return broken
        declared = _guessed(body)
    if declared in (None, "utf-8", "cp1252"):
        language = _LANGUAGE.search(body[:_HEAD])
        declared = _LATIN.get(language[1].decode().lower() if language else "", "cp1252")
    return body.decode(declared, "replace")


# Letters of Turkish code pages that are Icelandic ones in Western Europe's, and what only Icelandic has.
_TURKISH, _ICELANDIC = frozenset(b"\xfd\xfe\xf0\xdd\xde\xd0"), frozenset(b"\xe1\xe6\xc6\xc1")
# A few letters of Spanish or German are guessed to be Baltic, Celtic or South-East European.
_RARE = frozenset(("cp1257", "mac-roman", *(f"iso8859-{n}" for n in (4, 10, 13, 14, 16))))


def _guessed(body: bytes) -> str | None:
    """The code page by the letters: a short list of names has too few of them for a guess to be sure."""
    found = _known(detect_encoding(body, from_html_meta=False) or "")
    if found not in _RARE | {"cp1252"}:
        return found
    letters = set(body)
    return "cp1254" if letters & _TURKISH and not letters & _ICELANDIC else "cp1252"


def _declared(body: bytes, content_type: str) -> str | None:
    """The first charset that header, XML declaration or meta name and that exists."""
    head = body[:_HEAD]
    in_header = _IN_HEADER.search(content_type)
    names = [in_header[1]] if in_header else []
    names += [found[1].decode("ascii", "replace") for p in (_IN_XML, _IN_BODY) if (found := p.search(head))]
    known = [name for name in (_known(name) for name in names) if name]
    # A header's "utf-8" that is not true counts less than what the page itself says.
    return next((name for name in known if name != "utf-8"), known[0] if known else None)


def _known(name: str) -> str | None:
    """The codec that browsers use under that name, or None for a name they don't know."""
    mapped = map_encoding_to_html5(name.lower(), fallback_utf8=False)
    return codecs.lookup(mapped).name if mapped else None


def _mostly_utf8(text: str) -> bool:
    sound = sum(1 for character in text if character > "\x7f" and character != "\ufffd")
    return sound >= 4 * text.count("\ufffd")
