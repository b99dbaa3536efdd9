"""An Atom feed of events, for those without Telegram: each event an entry, under an id that never changes."""

import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml import etree

from bot.wording import alert
from tally.event import Event
from tally.race import Race
from tally.wire_words import stamp

TITLE = "Tallywire"
LONGEST = 200  # entries
_SPACE = "http://www.w3.org/2005/Atom"
_ATOM = f"{{{_SPACE}}}"
# Names for what has none of its own on the web; the same event has the same one on every machine.
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:tallywire")
# What XML can't hold: most control characters, and halves of surrogate pairs.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Feed:
    """Entries by their ids, the oldest first."""

    def __init__(self, language: str = "en") -> None:
        self._language = language
        self._entries: dict[str, etree._Element] = {}

    @classmethod
    def read(cls, content: bytes, language: str = "en") -> "Feed":
        """The feed of :meth:`written`. ValueError where it is none."""
        made = cls(language)
        try:
            root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            raise ValueError(f"no XML: {error}") from error
        for entry in reversed(root.findall(f"{_ATOM}entry")):
            made._entries[entry.findtext(f"{_ATOM}id") or ""] = entry
        return made

    def add(self, event: Event, race: Race) -> None:
        """One event more. One that confirms an entry's event takes its place and makes none of its own."""
        first = _urn(event.updates) if event.updates else ""
        name = first if first in self._entries else _urn(event.key)
        known = self._entries.get(name)
        published = None if known is None else known.findtext(f"{_ATOM}published")
        self._entries[name] = _entry(name, event, race, self._language, published)
        while len(self._entries) > LONGEST:
            del self._entries[next(iter(self._entries))]

    def written(self) -> bytes:
        """The whole feed, the newest first."""
        hours = [entry.findtext(f"{_ATOM}updated") or "" for entry in self._entries.values()]
        root = etree.Element(f"{_ATOM}feed", nsmap={None: _SPACE})  # type: ignore[dict-item]
        _put(root, "id", _urn("feed"))
        _put(root, "title", TITLE)
        _put(root, "updated", max(hours, default=stamp(datetime.fromtimestamp(0, UTC))))
        _put(etree.SubElement(root, f"{_ATOM}author"), "name", TITLE)
        root.extend(list(self._entries.values())[::-1])
        etree.indent(root)
        return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def feed(events: Iterable[Event], races: Mapping[str, Race], language: str = "en") -> bytes:
    """The last of these events as Atom; those of races that are not known are left out."""
    made = Feed(language)
    for event in events:
        if (race := races.get(event.race)) is not None:
            made.add(event, race)
    return made.written()


def write(path: Path, content: bytes) -> None:
    """Put a file there whole: whoever reads it meanwhile finds the old one or the new one. Raises OSError."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_bytes(content)
    partial.replace(path)


def _entry(name: str, event: Event, race: Race, language: str, published: str | None) -> etree._Element:
    title, _, text = alert(event, race, language, ZoneInfo("UTC")).plain.partition("\n")
    entry = etree.Element(f"{_ATOM}entry")
    _put(entry, "id", name)
    _put(entry, "title", title)
    _put(entry, "updated", stamp(event.at))
    _put(entry, "published", published or stamp(event.at))
    for term in (event.kind.value, event.race):
        etree.SubElement(entry, f"{_ATOM}category", term=_sound(term))
    url = next((proof.url for proof in event.proofs if proof.url), None)
    if url is not None and urlsplit(url).scheme in ("http", "https"):
        etree.SubElement(entry, f"{_ATOM}link", rel="related", href=_sound(url))
    _put(entry, "content", text or title).set("type", "text")
    return entry


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_OURS, name)}"


def _put(parent: etree._Element, name: str, text: str) -> etree._Element:
    child = etree.SubElement(parent, f"{_ATOM}{name}")
    child.text = _sound(text)
    return child


def _sound(text: str) -> str:
    return _NO_XML.sub("�", text)
