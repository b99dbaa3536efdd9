"""The parameters of one call, however they were sent: query, form, multipart or JSON."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.emulator.errors import Json, bad_request


@dataclass
class Params:
    """The values by name as sent, and the files of a multipart call."""

    values: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """A string."""
        value = self.values.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, default: int | None = None) -> int | None:
        """A whole number."""
        value = self.values.get(name)
        if value in (None, ""):
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        """True or false; "1" is true as well."""
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes"}

    def json(self, name: str) -> Any:
        """An object or a list; None where it was not sent."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None


async def read(request: web.Request) -> Params:
    """The parameters of a request."""
    values: dict[str, Any] = dict(request.query)
    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    kind = request.content_type
    if kind == "application/json":
        values |= _object(await request.text())
    elif kind.startswith("multipart/") or kind == "application/x-www-form-urlencoded":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name], names[name] = value.file.read(), value.filename
            else:
                values[name] = value
    return Params(values, files, names)


def _object(text: str) -> Json:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise bad_request("object expected as Bot API request body")
    return found
