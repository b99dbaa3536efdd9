"""Secrets have names in a race file, and values only when a request is made."""

import pytest

from tally.access import Access, filled, is_malformed, names_in
from tally.errors import FetchError


def test_names_are_filled_in_and_the_rest_is_as_written() -> None:
    text = "Bearer ${BOARD_TOKEN}:${b2}$"
    assert list(names_in(text)) == ["BOARD_TOKEN", "b2"]
    assert filled(text, {"BOARD_TOKEN": "s3cret\n", "b2": " x "}) == "Bearer s3cret:x$"
    assert filled("no secret", {}) == "no secret"


@pytest.mark.parametrize("environ", [{}, {"TOKEN": ""}, {"TOKEN": " \n"}])
def test_what_is_not_set_is_named(environ: dict[str, str]) -> None:
    with pytest.raises(FetchError, match=r"^TOKEN is not set in the environment$"):
        filled("Bearer ${TOKEN}", environ)


def test_a_secret_that_would_end_the_header_is_refused_and_not_shown() -> None:
    with pytest.raises(FetchError) as caught:
        filled("${TOKEN}", {"TOKEN": "s3cret\r\nHost: evil.example"})
    assert "what TOKEN holds has a line break" in str(caught.value)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("text", ["$TOKEN", "${TOKEN", "${}", "${TO KEN}", "x${1}"])
def test_what_only_looks_like_a_name_is_malformed(text: str) -> None:
    assert is_malformed(text)


@pytest.mark.parametrize("text", ["", "${TOKEN}", "5 $", "$5", "a${A}b${B}"])
def test_a_dollar_may_stand_by_itself(text: str) -> None:
    assert not is_malformed(text)


def test_all_names_of_a_source_are_known() -> None:
    access = Access((("A", "${ONE}"), ("B", "x")), proxy="http://u:${TWO}@p.example")
    assert access.names == {"ONE", "TWO"}
