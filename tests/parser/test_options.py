"""A source's options are checked before the night, in plain words."""

import pytest

from scrapers.parser.kinds import kind_named
from tests.parser.conftest import RACE, golden_pages


@pytest.mark.parametrize(
    ("kind", "options", "says"),
    [
        ("json", {"reslts": "a"}, "did you mean 'results'?"),
        ("json", {"results": "a[?"}, "option results: 'a[?' is no JMESPath"),
        ("json", {"share_scale": 0}, "option share_scale: a number above 0"),
        ("json", {"statuses": {"FINAL": "done"}}, "done is none of test, unofficial"),
        (
            "csv",
            {"candidates": {"7": "demirr"}},
            "demirr is no candidate of this race; there are: demir, kaplan",
        ),
        ("csv", {"votes": []}, "option votes: a text or a list of texts"),
        ("table", {"selector": "div["}, "is no CSS selector"),
        ("eml", {"lines": "people"}, "one of lists, candidates was expected"),
        ("ap", {"add_lines": "yes"}, "true or false was expected"),
        ("rss", {"match": ""}, "option match"),
        ("text", {"selector": "p"}, "there are: none"),
    ],
)
def test_a_wrong_option_is_named(kind: str, options: dict[str, object], says: str) -> None:
    (error,) = kind_named(kind).check_options(options, RACE)
    assert says in error


@pytest.mark.parametrize(
    "page", [p for p in golden_pages() if p.expected.get("options")], ids=lambda p: p.path.name
)
def test_options_in_use_are_right(page: object) -> None:
    from tests.parser.conftest import Golden

    assert isinstance(page, Golden)
    assert kind_named(page.kind).check_options(page.source.options, RACE) == []
