"""What ``read --explain`` marks in a page's text, and what it says of each mark."""

import pytest

from cli.highlight import explained
from scrapers.parser import parse
from scrapers.parser.told import passages_told
from tests.parser.conftest import RACE, capture_of, source_of

STORY = (
    '<html lang="en"><body><article><h1>Kaplan concedes in Liman</h1>'
    "<p>Leyla Demir has 51.8 percent of the vote and Orhan Kaplan 48.2 percent, with 97 percent counted. "
    "In 2026 Demir won by 1,200 votes.</p><p>Ferries run until midnight.</p></article></body></html>"
)


def shown(body: str, kind: str) -> list[tuple[str, dict[str, str]]]:
    """The lines, each with the quotes marked in it and how."""
    capture, source = capture_of(body), source_of(kind)
    lines = explained(parse(capture, RACE, source), RACE, passages_told(capture, RACE, source))
    return [(t.plain, {t.plain[s.start : s.end]: str(s.style) for s in t.spans}) for t in lines]


def test_what_was_read_and_what_was_left_out_are_marked_where_they_stand() -> None:
    lines = dict(shown(STORY, "article"))
    assert lines["Kaplan concedes in Liman"] == {"Kaplan concedes in Liman": "black on bright_yellow"}
    (story,) = (marks for text, marks in lines.items() if text.startswith("Leyla Demir has"))
    read = "Leyla Demir has 51.8 percent of the vote and Orhan Kaplan 48.2 percent, with 97 percent counted."
    assert story == {
        read: "black on bright_green",
        "In 2026 Demir won by 1,200 votes.": "strike dim",
    }
    assert lines["Ferries run until midnight."] == {}


def test_under_each_mark_stands_what_it_was_read_as_by_which_rule_or_why_it_was_left_out() -> None:
    lines = [text for text, _ in shown(STORY, "article")]
    assert "  ▸ claim · concession (firm): Orhan Kaplan" in lines
    assert "  ▸ reading · Leyla Demir 51.8 %, Orhan Kaplan 48.2 %, 97 % counted, unofficial" in lines
    assert any(line.startswith("  ▸ headline · origin board · read by prose:en:concession") for line in lines)
    assert any(line.startswith("  ▸ left out · ") and "paragraph 1" in line for line in lines)


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        ("Candidate,Votes\nLeyla Demir,10\nNur Aksoy,9\n", "csv", "left out · no candidate of this race"),
        ("not a table", "csv", "unreadable: not the shape of CSV"),
        (STORY, "text", "reading · Leyla Demir 51.8 %"),
    ],
)
def test_pages_without_running_text_are_explained_by_their_lines(body: str, kind: str, said: str) -> None:
    assert any(said in text for text, _ in shown(body, kind))
