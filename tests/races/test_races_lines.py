"""Where things stand in a document, in every way TOML lets them be written."""

import pytest

from races.lines import Lines

TEXT = """\
# a comment
title = "x"
"quoted \\"key\\"" = 1
dotted.key.deep = 2
inline = { a = 1, b.c = 2 }
many = [
  1,
  # between
  { deep = 3 },
]
long = \"\"\"
one = 1
two\"\"\"

[[sources]] # first
name = "a"

[sources.options]
path = "x"

[[sources]]
name = "b"
[sources.options.columns]
votes = 1
[[sources.options.rows]]
n = 1
[[sources.options.rows]]
n = 2
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("title",), 2),
        (('quoted "key"',), 3),
        (("dotted",), 4),
        (("dotted", "key", "deep"), 4),
        (("inline", "b", "c"), 5),
        (("many",), 6),
        (("many", 0), 7),
        (("many", 1), 9),
        (("many", 1, "deep"), 9),
        (("long",), 11),
        (("sources", 0), 15),
        (("sources", 0, "name"), 16),
        (("sources", 0, "options"), 18),
        (("sources", 0, "options", "path"), 19),
        (("sources", 1), 21),
        (("sources", 1, "options", "columns", "votes"), 24),
        (("sources", 1, "options", "rows", 1, "n"), 28),
        (("sources",), 15),
        (("sources", 1, "missing"), 21),
        (("sources", 0, "options", "missing", "deeper"), 18),
        (("nowhere",), 1),
        ((), 1),
    ],
)
def test_every_place_has_its_line(place: tuple[str | int, ...], line: int) -> None:
    assert Lines(TEXT).of(place) == line


def test_a_key_given_twice_knows_its_first_line() -> None:
    assert Lines("a = 1\nb = 2\na = 3\n").repeated == {3: ("a", 1)}


@pytest.mark.parametrize(
    "text", ["", "\n", "=", "[[", "a = {", "a = [1, 2", "[a", '"', "\ud800", "a.b.= 1", "[]"]
)
def test_malformed_text_still_has_lines(text: str) -> None:
    assert Lines(text).of(("a",)) >= 1
