"""The keys of a race file, table by table: the one place where they are named and explained.

The loader, the editor's schema and the table in docs/races.md are made from
these models.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from races.fields import (
    Cadence,
    Colour,
    Fastest,
    HttpUrl,
    RaceSlug,
    Slowest,
    Slug,
    SourceName,
    Text,
    TimezoneName,
)

MethodName = Literal["plurality", "majority", "referendum", "top_n", "ranked"]
RankName = Literal["official", "agency", "outlet"]
# The key is called date as well, and would hide the type.
Day = date
Pronoun = Literal["he", "she", "they"]
# TOML has hours with and without an offset; JSON Schema's own "date-time" knows only the former.
_HOUR = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})?$",
}
Hour = Annotated[datetime, WithJsonSchema(_HOUR)]
Percent = Annotated[float, Field(gt=0, le=100)]
# More people than any country has voters.
Voters = Annotated[int, Field(gt=0, le=2_000_000_000)]
PageCount = Annotated[int, Field(ge=1, le=20)]
# Seats or electors that one race is worth, or that decide together.
Weight = Annotated[int, Field(ge=1, le=100_000)]
SeatCount = Annotated[int, Field(ge=1, le=1000)]


class _Table(BaseModel):
    """What all tables have in common: no guessing at types, no unknown keys, no NaN."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class CandidateTable(_Table):
    """One answer on the ballot: a person, a list, or yes and no."""

    id: Slug = Field(description="short name used in the database and in --json", examples=["doe"])
    name: Text = Field(description="the name as alerts show it", examples=["Jane Doe"])
    aliases: list[Text] = Field(
        default=[],
        description="other spellings under which pages name this candidate, party labels included",
        examples=[["J. Doe"]],
    )
    descriptions: list[Text] = Field(
        default=[],
        description="phrases that mean this candidate in this race",
        examples=[["the mayor of Fairview"]],
    )
    surname: Text | None = Field(
        default=None, description="the part of the name that stands alone in stories", examples=["Doe"]
    )
    pronoun: Pronoun | None = Field(default=None, description="helps to read prose", examples=["she"])
    party: Text | None = Field(default=None, description="shown after the name", examples=["Lake Party"])
    colour: Colour | None = Field(default=None, description="in charts, #rrggbb", examples=["#1f77b4"])


class OriginTable(_Table):
    """Whose count or word it is: an election board, an agency, an outlet's own desk."""

    id: Slug = Field(description="short name that sources refer to", examples=["board"])
    name: Text = Field(description="the name as alerts show it", examples=["Fairview Election Board"])
    rank: RankName = Field(
        default="outlet",
        description="what its word weighs: official over agency over outlet",
        examples=["official"],
    )
    aliases: list[Text] = Field(
        default=[], description="other names under which pages quote it", examples=[["the board"]]
    )


class SourceTable(_Table):
    """One page that is watched."""

    name: SourceName = Field(description="short, unique in the race", examples=["board"])
    url: HttpUrl = Field(
        description="http or https, without any secret", examples=["https://board.example/fairview.json"]
    )
    kind: Text = Field(description="the page kind that reads it", examples=["article"])
    origin: Text | None = Field(
        default=None,
        description="whose count the page carries where it names nobody else: an origin's id; "
        "by default the source's own name",
        examples=["board"],
    )
    rank: RankName = Field(
        default="outlet",
        description="as an origin's; counts where the origin has no table",
        examples=["official"],
    )
    language: Text | None = Field(default=None, description="the page's language, as a code", examples=["en"])
    cadence: Cadence = Field(
        default=30.0,
        description='time between two polls while votes are counted: seconds, or "30s", "2m", "1h"',
        examples=["20s"],
    )
    fastest: Fastest | None = Field(
        default=None,
        description="never more often than that; by default half the cadence, but 15 seconds at least",
        examples=["5s"],
    )
    slowest: Slowest | None = Field(
        default=None,
        description="never less often than that; by default 4 cadences while counting, else 15 minutes",
        examples=["10m"],
    )
    headers: dict[str, str] = Field(
        default={},
        description="sent to this source's own host; secrets as ${NAME}, from the environment",
        examples=[{"Authorization": "Bearer ${BOARD_TOKEN}"}],
    )
    cookies: bool = Field(
        default=False, description="whether cookies that the site sets are kept", examples=[True]
    )
    proxy: Text | None = Field(
        default=None,
        description="go through this proxy; secrets as ${NAME}",
        examples=["http://proxy.example:3128"],
    )
    browser: bool = Field(
        default=False,
        description="have a browser make the page, where it is made by scripts (needs `tallywire[browser]`)",
        examples=[True],
    )
    pages: PageCount = Field(
        default=1, description="of a live blog: read so many pages, the newest first", examples=[3]
    )
    timezone: TimezoneName | None = Field(
        default=None,
        description="of hours on the page that name none; by default the race's",
        examples=["Europe/London"],
    )
    options: dict[str, object] = Field(
        default={},
        description="[sources.options]: belong to the page kind",
        examples=[{"results": "candidates"}],
    )


class RaceTable(_Table):
    """The race itself: the keys above the first [[table]]."""

    id: RaceSlug = Field(
        description="unique among all races; best the file's name", examples=["fairview-2031"]
    )
    title: Text = Field(description="the first line of every alert", examples=["Fairview — Mayor"])
    date: Day = Field(description="the day of the vote", examples=[Day(2031, 5, 4)])
    timezone: TimezoneName = Field(
        description="IANA name, for all hours without an offset", examples=["Europe/London"]
    )
    polls_close: Hour | None = Field(
        default=None,
        description="no alert about numbers before; with an offset, or in the race's timezone",
        examples=[datetime(2031, 5, 4, 20, 0)],  # noqa: DTZ001 - a local hour, as a file gives it
    )
    embargo: Hour | None = Field(
        default=None,
        description="no alert about numbers before this hour either",
        examples=[datetime(2031, 5, 4, 21, 0)],  # noqa: DTZ001
    )
    watch_until: Hour | None = Field(
        default=None,
        description="end of the polling; by default 60 days after polls_close, or after the date",
        examples=[datetime(2031, 5, 20, 12, 0)],  # noqa: DTZ001
    )
    method: MethodName = Field(default="plurality", description="how the votes decide", examples=["majority"])
    threshold: Percent | None = Field(
        default=None,
        description="per cent of the votes to be passed, for a majority or a referendum; by default 50",
        examples=[50],
    )
    seats: SeatCount | None = Field(
        default=None, description="how many win, for top_n (required) and ranked; by default 1", examples=[2]
    )
    quorum: Percent | None = Field(
        default=None, description="turnout in per cent without which the vote is void", examples=[40]
    )
    electorate: Voters | None = Field(default=None, description="registered voters", examples=[48213])
    follows: Text | None = Field(
        default=None,
        description="id of the race that this one repeats or decides",
        examples=["fairview-2031-first"],
    )
    adds_up: dict[str, Weight] = Field(
        default={},
        description="for a race that is the sum of others: the seats or electors of each, by race id",
        examples=[{"vale-2031": 16}],
    )
    majority: Weight | None = Field(
        default=None, description="so many of them decide; needed with adds_up", examples=[270]
    )


class RaceFile(RaceTable):
    """A race for Tallywire: who stands, by which rules it is decided, and which pages report it."""

    candidates: list[CandidateTable] = Field(min_length=2, description="[[candidates]]: who stands")
    origins: list[OriginTable] = Field(default=[], description="[[origins]]: whose counts are quoted")
    sources: list[SourceTable] = Field(default=[], description="[[sources]]: the pages that are watched")
    rules: dict[str, dict[str, object]] = Field(
        default={}, description="[rules.NAME]: options of the alert rules"
    )


TABLES: dict[str, type[_Table]] = {
    "candidates": CandidateTable,
    "origins": OriginTable,
    "sources": SourceTable,
}
