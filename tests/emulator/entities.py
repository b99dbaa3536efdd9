"""HTML as Telegram reads it: text, entities in UTF-16 units, and its own error texts.

The order of the checks and the byte offsets follow what the real server
answers, because a bot is debugged by these sentences.
"""

import re
from dataclasses import dataclass

from tests.emulator.errors import Json, bad_request

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
}
_KNOWN = {*_SIMPLE, "a", "span", "blockquote", "tg-emoji", "tg-time"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|([a-zA-Z]+));?")
_ATTRIBUTE = re.compile(r"[^\s=>/\"']*")
_HOW_SHOWN = re.compile(r"r|w?[dD]?[tT]?")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


@dataclass
class _Open:
    tag: str
    argument: str
    at: int  # UTF-16 offset of what it marks
    attributes: dict[str, str]


class _Reader:
    """Goes through the text once; ``i`` is where it stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.i = 0
        self.out: list[str] = []
        self.units = 0
        self.opened: list[_Open] = []
        self.entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        while self.i < len(self.text):
            if self.text[self.i] == "&":
                self._write(self._reference())
            elif self.text[self.i] != "<":
                self._write(self.text[self.i])
                self.i += 1
            elif self.text.startswith("</", self.i):
                self._end_tag()
            else:
                self._start_tag()
        if self.opened:
            raise _unreadable(f'Can\'t find end tag corresponding to start tag "{self.opened[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.out), self.entities

    def _write(self, char: str) -> None:
        self.out.append(char)
        self.units += utf16(char)

    def _reference(self) -> str:
        found = _REFERENCE.match(self.text, self.i)
        char = _character(found) if found else None
        self.i = found.end() if found and char else self.i + 1
        return char or "&"

    def _start_tag(self) -> None:
        begin = self.i
        at = len(self.text[:begin].encode())
        self.i += 1
        while self._here() not in ("", ">") and not self._here().isspace():
            self.i += 1
        if not self._here():
            raise _unreadable(f"Unclosed start tag at byte offset {at}")
        tag = self.text[begin + 1 : self.i].lower()
        if tag not in _KNOWN:
            raise _unreadable(f'Unsupported start tag "{tag}" at byte offset {at}')
        attributes = self._attributes(tag, at)
        self.i += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _unreadable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        self.opened.append(_Open(tag, attributes.get("href", ""), self.units, attributes))

    def _attributes(self, tag: str, at: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._blanks()
            if self._here() == ">":
                return found
            name = self._match(_ATTRIBUTE)
            if not name:
                if not self._here():
                    raise _unreadable(f"Unclosed start tag at byte offset {at}")
                raise _unreadable(f'Empty attribute name in the tag "{tag}" at byte offset {at}')
            self._blanks()
            found[name.lower()] = self._value(at) if self._here() == "=" else ""
            if not self._here():
                raise _unreadable(f"Unclosed start tag at byte offset {at}")

    def _value(self, at: int) -> str:
        self.i += 1
        self._blanks()
        quote = self._here()
        if not quote:
            raise _unreadable(f"Unclosed start tag at byte offset {at}")
        if quote not in "\"'":
            begin = self.i
            value = self._match(_TOKEN).lower()
            if self._here() != ">" and not self._here().isspace():
                where = len(self.text[:begin].encode())
                raise _unreadable(f"Unexpected end of name token at byte offset {where}")
            return value
        self.i += 1
        value = ""
        while self._here() not in ("", quote):
            if self._here() == "&":
                value += self._reference()
            else:
                value += self._here()
                self.i += 1
        self.i += 1
        return value

    def _end_tag(self) -> None:
        begin = self.i
        at = len(self.text[:begin].encode())
        if not self.opened:
            raise _unreadable(f"Unexpected end tag at byte offset {at}")
        self.i += 2
        while self._here() not in ("", ">") and not self._here().isspace():
            self.i += 1
        name = self.text[begin + 2 : self.i].lower()
        self._blanks()
        if self._here() != ">":
            raise _unreadable(f"Unclosed end tag at byte offset {at}")
        self.i += 1
        opened = self.opened.pop()
        if name and name != opened.tag:
            raise _unreadable(
                f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.units > opened.at:
            self._mark(opened)

    def _mark(self, opened: _Open) -> None:
        entity: Json = {"offset": opened.at, "length": self.units - opened.at}
        if opened.tag in _SIMPLE:
            self.entities.append({"type": _SIMPLE[opened.tag], **entity})
        elif opened.tag == "span":
            self.entities.append({"type": "spoiler", **entity})
        elif opened.tag == "blockquote":
            kind = "expandable_blockquote" if "expandable" in opened.attributes else "blockquote"
            self.entities.append({"type": kind, **entity})
        elif opened.tag == "tg-time":
            self.entities.append({**_moment(opened.attributes), **entity})
        elif opened.tag == "a" and (url := _link(opened.argument)):
            self.entities.append({"type": "text_link", "url": url, **entity})

    def _here(self) -> str:
        return self.text[self.i : self.i + 1]

    def _blanks(self) -> None:
        while self._here().isspace():
            self.i += 1

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.i)
        assert found is not None
        self.i = found.end()
        return found[0]


def parse(text: str, mode: str) -> tuple[str, list[Json]]:
    """``text`` without its marks, and the entities; raises ApiError as Telegram would."""
    if mode.lower() == "html":
        return trimmed(*_Reader(cleaned(text)).read())
    if mode:
        raise bad_request("unsupported parse_mode")
    return trimmed(cleaned(text), [])


def cleaned(text: str) -> str:
    """Without what Telegram never lets through: line separators and direction overrides."""
    kept = (char for char in text.replace("\r", "") if not "\u2028" <= char <= "\u202e")
    return "".join(" " if ord(char) < 32 and char != "\n" else char for char in kept)


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without the blanks around it; entities move and shrink with them."""
    begin = utf16(text[: len(text) - len(text.lstrip())])
    stripped = text.strip()
    end = utf16(stripped)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - begin)
        stop = min(end, entity["offset"] + entity["length"] - begin)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return stripped, kept


def utf16(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def commands_in(text: str) -> list[Json]:
    """The bot commands of a person's message, as entities."""
    return [
        {"type": "bot_command", "offset": utf16(text[: found.start()]), "length": utf16(found[0])}
        for found in re.finditer(r"(?<!\S)/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?", text)
    ]


def _character(found: re.Match[str]) -> str | None:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED.get(name) if found[0].endswith(";") or name in _NAMED else None
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000 else None


def _link(href: str) -> str | None:
    if re.match(r"(?:https?|tg|mailto|tel):", href):
        return href
    return f"http://{href}" if "." in href and " " not in href else None


def _moment(attributes: dict[str, str]) -> Json:
    """A date_time entity; how it is to be shown is one of few ways."""
    unix, how = attributes.get("unix", ""), attributes.get("format", "")
    if not unix.isdigit():
        raise _unreadable('Tag "tg-time" must have a valid attribute "unix"')
    if not _HOW_SHOWN.fullmatch(how):
        raise _unreadable('Tag "tg-time" must have a valid attribute "format"')
    return {"type": "date_time", "unix_time": int(unix)} | ({"date_time_format": how} if how else {})


def _unreadable(why: str) -> Exception:
    return bad_request(f"can't parse entities: {why}")
