"""The kinds of values a setting may have, each read from text and told in its own words."""

import re
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, NamedTuple, NoReturn
from urllib.parse import urlsplit

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_BYTES = {"": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}
_LONGEST = timedelta(days=3650)


class Listen(NamedTuple):
    """Where to listen: an address and a port."""

    host: str
    port: int


def _wrong(what: str, right: str) -> NoReturn:
    raise PydanticCustomError("setting", "{what}; {right}", {"what": what, "right": right})


def _duration(text: str) -> timedelta:
    parts = re.fullmatch(r"(?:\d{1,6}\s*[smhd]\s*)+|\d{1,9}", text.strip())
    if parts is None:
        _wrong("this is not a duration", "write seconds as 90, or 30s, 5m, 2h, 30d")
    found = re.findall(r"(\d+)\s*([smhd]?)", text)
    span = timedelta(seconds=sum(int(number) * _SECONDS[unit or "s"] for number, unit in found))
    if not timedelta(seconds=1) <= span <= _LONGEST:
        _wrong("this duration is out of range", "from 1s to 3650d")
    return span


def _size(text: str) -> int:
    found = re.fullmatch(r"(\d{1,12})\s*([kmgt]b)?", text.strip().casefold())
    if found is None:
        _wrong("this is not a size", "write bytes as 5000000, or 500MB, 2GB")
    return int(found[1]) * _BYTES[found[2] or ""]


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,6}", text.strip()) or int(text) < 1:
        _wrong("this is not a number", "write a whole number from 1 on")
    return int(text)


def _listen(text: str) -> Listen:
    host, colon, port = text.strip().rpartition(":")
    if not colon or not host or not port.isdigit() or int(port) > 65535:
        _wrong("this is not an address to listen on", "write it as 127.0.0.1:9464, [::1]:9464")
    return Listen(host.strip("[]"), int(port))


def _web_address(text: str) -> str:
    right = "write a whole address as https://status.example/ping"
    try:
        parts = urlsplit(text.strip())
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        sound = False
    if not sound or re.search(r"\s", text.strip()):
        # Not shown: whoever knows such an address may use it.
        _wrong("this is not a web address", right)
    return text.strip()


def _chat(text: str) -> str:
    if not re.fullmatch(r"-?\d{1,20}|@\w{4,64}", text.strip()):
        _wrong("this is no Telegram chat", "write its id as 12345 or -10012345, or a channel as @results")
    return text.strip()


def _chats(text: str) -> tuple[str, ...]:
    for entry in _words(text):
        if not re.fullmatch(r"-?\d{1,20}", entry):
            _wrong(f'"{entry[:40]}" is no Telegram id', "write ids as 12345, -10012345")
    return _words(text)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _path(text: str) -> Path:
    return Path(text.strip()).expanduser()


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches what listens there."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


Duration = Annotated[timedelta, BeforeValidator(_duration)]
Size = Annotated[int, BeforeValidator(_size)]
Number = Annotated[int, BeforeValidator(_count)]
ListenOn = Annotated[Listen, BeforeValidator(_listen)]
WebAddress = Annotated[str, BeforeValidator(_web_address)]
Chat = Annotated[str, BeforeValidator(_chat)]
Chats = Annotated[tuple[str, ...], BeforeValidator(_chats)]
Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
Folder = Annotated[Path, BeforeValidator(_path)]
