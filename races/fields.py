"""The kinds of values in a race file, each checked by itself and told in its own words."""

import re
from collections.abc import Callable
from functools import cache
from ipaddress import ip_address
from typing import Annotated, Any, NoReturn
from urllib.parse import SplitResult, urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from races.names import is_control, slug_of
from races.problem import closest, quoted

_SLUG = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"
_RACE_SLUG = r"^[a-z0-9][a-z0-9_-]*$"
# A race's id travels in a Telegram start link (64 characters) and in a button's data (64 bytes).
MAX_ID = 40
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0}
_MIN_CADENCE, _MAX_CADENCE = 1.0, 86_400.0
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")


def _wrong(what: str, right: str) -> NoReturn:
    raise PydanticCustomError("race_file", "{what}", {"what": what, "right": right})


def _slug(value: str) -> str:
    if len(value) > MAX_ID or not re.match(_SLUG, value):
        _wrong(f"id {quoted(value)} is not usable", _slug_advice(value))
    return value


def _race_slug(value: str) -> str:
    if len(value) > MAX_ID or not re.match(_RACE_SLUG, value):
        _wrong(f"id {quoted(value)} is not usable", _slug_advice(value))
    return value


def _slug_advice(value: str) -> str:
    meant = slug_of(value)[:MAX_ID].strip("-")
    rule = f"at most {MAX_ID} of a–z, 0–9, - and _, the first a letter or digit"
    return f'{rule} – did you mean "{meant}"?' if meant else rule


def _plain_text(value: str) -> str:
    if not value.strip():
        _wrong("the text is empty", "write it out, or leave the key away")
    if any(is_control(c) for c in value):
        _wrong(f"{quoted(value)} holds a line break or a control character", "keep it to one line of text")
    return value.strip()


def _source_name(value: str) -> str:
    if "/" in value:
        _wrong(
            f"source name {quoted(value)} has a slash", "a source is called RACE/NAME elsewhere: leave it out"
        )
    return value


def _timezone(value: str) -> str:
    if value not in _timezones():
        meant = _near_timezone(value)
        right = "write an IANA name as Europe/Istanbul" + (f' – did you mean "{meant}"?' if meant else "")
        _wrong(f"unknown timezone {quoted(value)}", right)
    return value


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())


def _near_timezone(value: str) -> str | None:
    wanted = value.replace(" ", "_").casefold()
    cities = {name.rsplit("/", 1)[-1].casefold(): name for name in sorted(_timezones())}
    return cities.get(wanted) or closest(wanted, sorted(_timezones()))


def split_url(value: str) -> SplitResult | None:
    """The parts of a URL, or None where it is too malformed to have any."""
    try:
        parts = urlsplit(value)
        _ = parts.port, parts.hostname
    except ValueError:
        return None
    return parts


def _url(value: str) -> str:
    right = "write a whole address as https://results.example/live"
    if any(c.isspace() or not c.isprintable() for c in value):
        _wrong(f"URL {quoted(value)} holds a blank or a control character", "write it as %20 or leave it out")
    parts = split_url(value)
    if parts is None:
        _wrong(f"URL {quoted(value)} is malformed", right)
    if parts.scheme not in ("http", "https"):
        meant = closest(parts.scheme, ("http", "https")) if parts.scheme and parts.netloc else None
        _wrong(
            f"URL {quoted(value)} is not an http or https address",
            right + (f' – did you mean "{meant}://{parts.netloc}"?' if meant else ""),
        )
    if parts.username is not None or parts.password is not None:
        _wrong("the URL holds a user name or password", "secrets never stand in a race file: leave them out")
    if not _host_is_sound(parts.hostname or ""):
        _wrong(f"URL {quoted(value)} has no usable host", right)
    return value


def _host_is_sound(host: str) -> bool:
    if ":" in host:  # an IPv6 address: urlsplit has checked it
        return True
    labels = host.removesuffix(".").split(".")
    if labels[-1][:1].isdigit():  # "127.1" and the like are addresses in disguise
        return _is_address(host)
    return len(host) <= 253 and all(_LABEL.fullmatch(label) for label in labels)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _duration(name: str) -> Callable[[Any], float]:
    """The check of a span of time called ``name``."""

    def check(value: Any) -> float:
        found = seconds(value)
        if found is None:
            _wrong(f"{name} {quoted(value)} is not a duration", 'write seconds as 30, or "30s", "2m", "1h"')
        if not _MIN_CADENCE <= found <= _MAX_CADENCE:
            _wrong(
                f"{name} {quoted(value)} is out of range", "from 1 second to one day; 30 is usual on a night"
            )
        return found

    return check


def seconds(value: Any) -> float | None:
    """A span of time as files give it (30, "30s", "1m 30s") in seconds; None if it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e12 else float("inf")
    parts = re.findall(r"(\d{1,9}(?:\.\d+)?)\s*([smh])", value) if isinstance(value, str) else []
    if not parts or re.sub(r"[\s\d.smh]", "", value) or not re.fullmatch(r"(\s*[\d.]+\s*[smh])+\s*", value):
        return None
    return sum(float(number) * _UNITS[unit] for number, unit in parts)


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        _wrong(
            f"colour {quoted(value)} is not understood", 'write red, green and blue as "#rrggbb": "#c8102e"'
        )
    return value.lower()


Text = Annotated[str, StringConstraints(max_length=300), AfterValidator(_plain_text)]
RaceSlug = Annotated[
    str, AfterValidator(_race_slug), WithJsonSchema({"type": "string", "pattern": _RACE_SLUG})
]
Slug = Annotated[str, AfterValidator(_slug), WithJsonSchema({"type": "string", "pattern": _SLUG})]
SourceName = Annotated[Text, AfterValidator(_source_name)]
TimezoneName = Annotated[str, AfterValidator(_timezone)]
HttpUrl = Annotated[
    str,
    StringConstraints(max_length=2000),
    AfterValidator(_url),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://"}),
]
_DURATION_SCHEMA = WithJsonSchema(
    {
        "anyOf": [
            {"type": "number", "minimum": _MIN_CADENCE, "maximum": _MAX_CADENCE},
            {"type": "string", "pattern": r"^(\s*\d+(\.\d+)?\s*[smh])+\s*$"},
        ]
    }
)
Cadence = Annotated[float, BeforeValidator(_duration("cadence")), _DURATION_SCHEMA]
Fastest = Annotated[float, BeforeValidator(_duration("fastest")), _DURATION_SCHEMA]
Slowest = Annotated[float, BeforeValidator(_duration("slowest")), _DURATION_SCHEMA]
Colour = Annotated[
    str,
    AfterValidator(_colour),
    WithJsonSchema({"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}),
]
