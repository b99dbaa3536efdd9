"""A contest as it stands in a feed, before anybody asks which race it is."""

from dataclasses import dataclass
from enum import StrEnum

from tally.reading import Counted, Lead, Qualifier, Status


class Call(StrEnum):
    """What a feed's mark on a choice means. Only the first three are a win."""

    CALLED = "called"  # a desk's or a projection's winner
    DECLARED = "declared"  # the authority names the winner
    CERTIFIED = "certified"
    RUNOFF = "runoff"  # goes on to another round, which is no win


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with how exactly it was given (">98%")."""

    value: float
    qualifier: Qualifier = Qualifier.EXACT


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a contest: a candidate, a list, an answer.

    ``votes`` are a whole number, ``share`` is 0–100. ``call`` is the feed's
    mark as understood, ``mark`` as written. ``quote`` is the line as it stands.
    """

    name: str
    id: str | None = None
    party: str | None = None
    votes: int | None = None
    share: float | None = None
    qualifier: Qualifier = Qualifier.EXACT
    call: Call | None = None
    mark: str = ""
    quote: str = ""
    where: str = ""

    @property
    def told(self) -> bool:
        """Whether it has a number."""
        return self.votes is not None or self.share is not None


@dataclass(frozen=True, slots=True)
class Contest:
    """One contest of a feed.

    ``stamp`` is the feed's hour as written (text, or epoch seconds or
    milliseconds): without a race its timezone may be unknown. ``unit`` is the
    reporting unit where the numbers are only a part of the contest's (a
    county), None for the whole. ``caller`` is who makes the calls, where the
    feed names somebody. ``lead`` names a choice, not yet a candidate.
    """

    title: str
    choices: tuple[Choice, ...]
    id: str | None = None
    where: str = ""
    unit: str | None = None
    counted: Counted | None = None
    status: Status = Status.UNOFFICIAL
    status_word: str | None = None
    stamp: str | int | float | None = None
    turnout: float | None = None
    votes_cast: int | None = None
    electorate: int | None = None
    votes_left: int | None = None
    round: int | None = None
    lead: Lead | None = None
    caller: str | None = None
    quote: str = ""

    @property
    def label(self) -> str:
        """The contest for a person: its title, its id, its unit."""
        parts = [self.title, f"[{self.id}]" if self.id else "", f"({self.unit})" if self.unit else ""]
        return " ".join(part for part in parts if part) or "a contest without a title"
