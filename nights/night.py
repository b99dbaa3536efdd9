"""A night: what every watched page answered, hour by hour.

A bundled folder and a recording become the same thing, so that whoever serves
or replays a night need not know where it comes from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says: ``headers`` have lower-case names; ``body`` is not compressed."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """From now on ``url`` gives ``answer``; ``version`` is its name for a person."""

    url: str
    answer: Answer
    version: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One moment of the night. Without changes it lets time pass (a feed that stays silent).

    ``at`` is the recorded hour, aware; ``weight`` is its part of a showing's time, relative
    to the other steps; ``note`` says what happened, in a few words.
    """

    at: datetime
    changes: tuple[Change, ...] = ()
    weight: float = 1.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Night:
    """A recorded night. ``steps`` are in order of time; the first brings the pages as they were found.

    ``races`` are ids; ``seconds`` is how long a showing takes at speed 1;
    ``robots`` holds the robots.txt of each host.
    """

    name: str
    title: str
    races: tuple[str, ...]
    steps: tuple[Step, ...]
    seconds: float = 55.0
    robots: Mapping[str, str] = field(default_factory=dict)

    def until(self, index: int) -> datetime:
        """The hour at which the step after ``index`` begins; an hour after the last one."""
        following = self.steps[index + 1 : index + 2]
        return following[0].at if following else self.steps[index].at + timedelta(hours=1)
