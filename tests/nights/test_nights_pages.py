"""Every version of every bundled page through the real parser: what is told, and nothing from the clutter."""

import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from nights_in_words import in_words

from nights import Change, Night, load_night
from scrapers.parser import parse
from tally.capture import Capture, Outcome
from tally.race import Race, Source

EXPECTED = Path(__file__).parent / "expected"
NIGHT = "istanbul2019"


def shown() -> Iterator[tuple[datetime, Change]]:
    seen = set()
    for step in load_night(NIGHT).steps:
        for change in step.changes:
            if change.version not in seen:
                seen.add(change.version)
                yield step.at, change


VERSIONS = list(shown())


def expected(version: str) -> object:
    outlet, page, name = version.split("/")
    with (EXPECTED / NIGHT / f"{outlet}-{page}.toml").open("rb") as file:
        return tomllib.load(file)[name]


def source_of(change: Change, races: tuple[Race, ...]) -> tuple[Race, Source]:
    return next((race, s) for race in races for s in race.sources if s.url == change.url)


def capture(change: Change, at: datetime) -> Capture:
    answer = change.answer
    return Capture(change.url, change.url, at, answer.status, answer.body, answer.headers)


@pytest.mark.parametrize(("at", "change"), VERSIONS, ids=[change.version for _, change in VERSIONS])
def test_a_version_tells_what_is_expected_and_nothing_else(
    at: datetime, change: Change, istanbul_races: tuple[Race, ...]
) -> None:
    race, source = source_of(change, istanbul_races)
    page = parse(capture(change, at), race, source)
    wanted = expected(change.version)
    if isinstance(wanted, str):
        assert page.outcome == wanted
        return
    name = change.version.rpartition("/")[2]
    post = name.removesuffix("b") if source.kind == "liveblog" else None
    if name == "p05b":  # the rewritten third post
        post = "p03"
    got = in_words(page, post)
    assert got - {line.removeprefix("? ") for line in wanted} == set()
    assert {line for line in wanted if not line.startswith("? ")} - got == set()
    assert page.outcome in (Outcome.READ, Outcome.NOTHING)


def test_every_expectation_belongs_to_a_version() -> None:
    names = {change.version for _, change in VERSIONS}
    for path in EXPECTED.glob(f"{NIGHT}/*.toml"):
        with path.open("rb") as file:
            for version in tomllib.load(file):
                assert f"{path.stem.replace('-', '/', 1)}/{version}" in names


def test_every_file_of_the_night_is_shown(istanbul: Night) -> None:
    names = {change.version for _, change in VERSIONS}
    outlets = Path(__file__).parent.parent.parent / "nights" / NIGHT / "outlets"
    files = {"/".join(p.with_suffix("").parts[-3:]) for p in outlets.glob("*/*/[!_]*.*")}
    assert files == names


def test_every_page_of_the_night_is_a_source_of_a_race(
    istanbul: Night, istanbul_races: tuple[Race, ...]
) -> None:
    sources = {source.url for race in istanbul_races for source in race.sources}
    assert {change.url for _, change in VERSIONS} == sources
