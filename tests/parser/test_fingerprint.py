"""A page whose frame changed is unchanged; a page whose news changed is not."""

import pytest

from scrapers.parser import fingerprint_of, parse
from tests.parser.conftest import GOLDEN, RACE, capture_of, source_of

PAGE = (GOLDEN / "article" / "harbour_gazette.html").read_text("utf-8")
TABLE = (GOLDEN / "table" / "board_tr.html").read_text("utf-8")


def changed(page: str, old: str, new: str) -> bool:
    assert old in page
    return fingerprint_of(capture_of(page)) != fingerprint_of(capture_of(page.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("70 percent off garden chairs", "80 percent off bicycles"),
        ("Weather 18°", "Weather 17°"),
        ("window.dataLayer=[]", "window.dataLayer=[1,2,3]"),
        ("Five years ago: Kaplan won with 55 percent", "Ferries stop at midnight"),
        ("Registered with 3 percent tax", "Registered with 4 percent tax"),
        ("812 partners", "813 partners"),
        ("Goalkeeper concedes five", "Goalkeeper concedes six"),
        ("<body ", '<body data-rendered="22:51:07" '),
        ("4 May 2031, 20:10</time>", "two hours ago</time>"),
        ("<h1>", '<div class="site-clock">22:51:07</div><h1>'),
    ],
)
def test_the_frame_may_change(old: str, new: str) -> None:
    assert not changed(PAGE, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h1>Kaplan concedes", "<h1>Kaplan takes back his concession"),
        ("51.8 percent", "51.9 percent"),
        ("supporters filled the quay", "supporters left the quay"),
        ("to certify the count", "to annul the count"),
        ('"dateModified":"2031-05-04T21:32', '"dateModified":"2031-05-04T21:40'),
    ],
)
def test_the_news_may_not(old: str, new: str) -> None:
    assert changed(PAGE, old, new)


@pytest.mark.parametrize(("old", "new"), [("4.106.155", "4.106.156"), ("%98,8", "%98,9"), ("23:20", "23:25")])
def test_numbers_of_a_table_are_news(old: str, new: str) -> None:
    assert changed(TABLE, old, new)


def test_a_table_beside_the_story_is_news_too() -> None:
    page = "<html><body><aside><table><tr><td>Demir</td><td>5</td></tr></table></aside><p>x</p></body></html>"
    assert changed(page, "<td>5", "<td>6")


def test_it_is_the_same_by_itself_and_on_the_page() -> None:
    capture = capture_of(PAGE)
    assert parse(capture, RACE, source_of("article")).fingerprint == fingerprint_of(capture)
    assert fingerprint_of(capture_of('{"a": 1}')) != fingerprint_of(capture_of('{"a": 2}'))
    assert fingerprint_of(capture_of("")) is None
    assert fingerprint_of(capture_of(b"\x1f\x8b\x08")) is not None
