"""Hours and data as text in the database."""

import json
from datetime import UTC, datetime


def to_text(hour: datetime) -> str:
    """``2019-06-23T18:40:00.000000Z``: UTC, fixed width, so that SQL can order it. ``hour`` is aware."""
    return hour.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_text(text: str) -> datetime:
    """The aware hour, in UTC."""
    return datetime.fromisoformat(text)


def as_json(data: object) -> str:
    """Compact JSON that a person can read in any language."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def storable(text: str) -> str:
    """Text without what UTF-8 can't say: half of a surrogate pair, out of the JSON of a hostile page."""
    return text.encode("utf-8", "replace").decode("utf-8")
