"""One suite over every page kind that is found: whatever comes in, an outcome comes out."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrapers.parser import Page, fingerprint_of, parse
from scrapers.parser.kinds import Kind, all_kinds, guess_kind, kind_named
from tally.capture import Capture, Outcome
from tally.claim import Claim
from tally.errors import ConfigError
from tally.reading import Reading
from tests.parser.conftest import RACE, Golden, capture_of, golden_pages, source_of

KINDS = all_kinds()
PAGES = golden_pages()
SPIDERS = {"article", "liveblog", "results_page", "results_feed", "feed"}
NOT_READ = set(Outcome) - {Outcome.READ}


def read(capture: Capture, kind: Kind) -> Page:
    """The page, held to what every page must be."""
    page = parse(capture, RACE, source_of(kind.name))
    assert page.outcome in Outcome
    assert (page.outcome is Outcome.READ) == bool(page.readings or page.claims)
    assert page.reason is None or not page.reason.startswith("the reader failed"), page.reason
    assert page.outcome is Outcome.READ or page.reason
    everything: list[Reading | Claim] = [*page.readings, *page.claims]
    for told in everything:
        assert told.evidence.quote
        assert told.as_of.tzinfo is not None
    # The kind by itself keeps the promise too; spiders and tests call it directly.
    kind.read(capture, RACE, source_of(kind.name))
    return page


def each_kind(kind: Kind) -> str:
    return kind.name


def test_kinds_are_found_without_a_list() -> None:
    named = {
        "article",
        "text",
        "liveblog",
        "table",
        "json",
        "csv",
        "nist",
        "eml",
        "clarity",
        "ap",
        "rss",
        "sitemap",
    }
    assert named <= {kind.name for kind in KINDS}
    with pytest.raises(ConfigError, match=r"there are: .*table"):
        kind_named("tabel")


@pytest.mark.parametrize("kind", KINDS, ids=each_kind)
class TestEveryKind:
    def test_says_what_it_is(self, kind: Kind) -> None:
        assert kind.fetched_by in SPIDERS
        assert kind.module.__doc__
        assert all(option.meaning for option in kind.options.values())

    def test_has_a_golden_page_that_tells_something(self, kind: Kind) -> None:
        assert any(page.kind == kind.name for page in PAGES)

    def test_finds_an_option_that_it_does_not_have(self, kind: Kind) -> None:
        assert kind.check_options({}, RACE) == []
        (error,) = kind.check_options({"no such option": 1}, RACE)
        assert "no such option" in error

    def test_finds_a_wrong_value_of_each_option(self, kind: Kind) -> None:
        for name in kind.options:
            (error,) = kind.check_options({name: object()}, RACE)
            assert name in error

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b" \r\n\t",
            b"\x00" * 100,
            bytes(range(256)) * 20,
            b"\x1f\x8b\x08\x00" + bytes(200),
            b"<html>",
            b"<html><body>" + b"<div>" * 3000,
            b"<table>" * 3000,
            b"<table><tr><td colspan=999999 rowspan=-3>x<td rowspan=99999>1" * 50,
            b"<?xml version='1.0'?><a>",
            b"<?xml version='1.0'?>" + b"<a>" * 2000,
            b"[" * 100_000,
            b'{"a":' * 5000,
            b'{"races": {"candidates": [null, 1, "x", [], {}]}}',
            b'[{"CH": 1, "V": {}, "PCT": "x"}]',
            b'{"races": [{"reportingUnits": [{"candidates": [{"voteCount": NaN}]}]}]}',
            b"1e999," * 10 + b"\n" + b"1e999," * 10,
            b'"' + b"a;b;c\n" * 50,
            b"\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00",
            b"\xef\xbb\xbf\xef\xbb\xbf{}",
            ("%" * 50_000).encode(),
            ("1 " * 50_000).encode(),
            ("<p>" + "(" * 50_000).encode(),
        ],
        ids=range(23),
    )
    def test_makes_an_outcome_of_anything(self, kind: Kind, body: bytes) -> None:
        assert read(capture_of(body), kind).outcome in NOT_READ

    @pytest.mark.parametrize("golden", PAGES, ids=lambda page: f"{page.kind}-{page.path.name}")
    def test_survives_every_golden_page_whole_and_broken_off(self, kind: Kind, golden: Golden) -> None:
        body = golden.path.read_bytes()
        ends = (
            (len(body), len(body) // 2, len(body) - 9) if golden.kind == kind.name else (len(body) * 2 // 3,)
        )
        for end in ends:
            read(capture_of(body[:end]), kind)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_survives_damage(self, kind: Kind, data: st.DataObject) -> None:
        body = bytearray(data.draw(st.sampled_from(PAGES)).path.read_bytes())
        for _ in range(data.draw(st.integers(1, 6))):
            start = data.draw(st.integers(0, len(body)))
            cut = data.draw(st.integers(0, 40))
            body[start : start + cut] = data.draw(st.binary(max_size=20))
        read(capture_of(bytes(body)), kind)

    @settings(max_examples=25, deadline=None)
    @given(
        body=st.one_of(
            st.binary(max_size=400), st.text(max_size=400).map(lambda t: t.encode("utf-8", "replace"))
        )
    )
    def test_survives_noise(self, kind: Kind, body: bytes) -> None:
        read(capture_of(body), kind)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["races", "candidates", "votes", "name", "CH", "V", "Election", "x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(value=json_values)
def test_json_of_any_shape_is_read_by_every_json_kind(value: object) -> None:
    import json

    capture = capture_of(json.dumps(value))
    for name in ("json", "ap", "clarity", "nist"):
        read(capture, kind_named(name))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.lists(st.text("0123456789.,% –abç", max_size=9), min_size=1, max_size=5), min_size=1, max_size=8
    )
)
def test_tables_of_any_cells_are_read(rows: list[list[str]]) -> None:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    read(capture_of(f"<html><table>{cells}</table></html>"), kind_named("table"))


@pytest.mark.parametrize("golden", PAGES, ids=lambda page: f"{page.kind}-{page.path.name}")
def test_no_page_is_a_wall_or_an_error_by_mistake(golden: Golden) -> None:
    page = parse(golden.capture, RACE, golden.source)
    assert page.outcome not in (Outcome.CHALLENGE, Outcome.ERROR_PAGE)
    assert fingerprint_of(golden.capture)


def test_an_unknown_kind_is_guessed_and_a_capture_in_another_zone_is_fine() -> None:
    body = next(page for page in PAGES if page.path.name == "board_tr.html").path.read_bytes()
    page = parse(capture_of(body, fetched_at=datetime(2031, 5, 5, tzinfo=UTC)), RACE, source_of("unheard-of"))
    assert page.outcome is Outcome.READ
    assert guess_kind(capture_of(b"just words")).name == "text"


def test_no_regular_expression_of_the_parser_is_unbounded_twice() -> None:
    """A star around a star is how a pattern comes to take for ever."""
    from pathlib import Path

    import scrapers.parser

    root = Path(scrapers.parser.__file__).parent
    sources = [
        *root.glob("*.py"),
        *(p for room in ("document", "contests", "kinds") for p in (root / room).glob("*.py")),
    ]
    for path in sources:
        assert not re.search(r"\([^()]*[+*]\)[+*]", path.read_text("utf-8")), path.name
