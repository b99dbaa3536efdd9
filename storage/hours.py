"""Hours as text: UTC, fixed width, so that SQL can order and compare them."""

from datetime import UTC, datetime


def to_text(hour: datetime) -> str:
    """``2019-06-23T18:40:00.000000Z``. ``hour`` is aware."""
    return hour.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_text(text: str) -> datetime:
    """The aware hour, in UTC."""
    return datetime.fromisoformat(text)
