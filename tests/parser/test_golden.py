"""Every golden page is read as the expectation beside it says."""

from typing import Any

import pytest

from scrapers.parser import parse
from scrapers.parser.document import document_of
from scrapers.parser.document.metadata import hour_of, title_of
from scrapers.parser.kinds import guess_kind, liveblog
from scrapers.parser.kinds.article import passages_in
from scrapers.parser.prose import passages_of
from tally.claim import Claim, ClaimKind
from tally.reading import Reading
from tests.parser.conftest import FETCHED, RACE, Golden, golden_pages

PAGES = golden_pages()
STRUCTURED = [page for page in PAGES if "outcome" in page.expected]


def name_of(page: Golden) -> str:
    return f"{page.kind}/{page.path.name}"


@pytest.mark.parametrize("page", STRUCTURED, ids=name_of)
def test_a_structured_page_gives_its_readings_and_claims(page: Golden) -> None:
    read = parse(page.capture, RACE, page.source)
    assert read.outcome == page.expected["outcome"], read.reason
    assert page.expected.get("reason", "") in (read.reason or "")
    assert len(read.readings) == len(page.expected["readings"])
    for reading, expected in zip(read.readings, page.expected["readings"], strict=True):
        assert {key: _fact(reading, key) for key in expected} == expected
        assert reading.evidence.quote
        assert reading.evidence.rule == page.kind
    assert [
        _claim(claim, expected) for claim, expected in _pairs(read.claims, page.expected)
    ] == page.expected["claims"]
    assert list(read.links) == page.expected.get("links", [])
    assert set(page.expected.get("notes", ())) <= {note.quote for note in read.notes}


@pytest.mark.parametrize("page", STRUCTURED, ids=name_of)
def test_a_page_is_known_by_its_looks(page: Golden) -> None:
    assert guess_kind(page.capture).name == page.expected.get("looks_like", page.kind)


@pytest.mark.parametrize("page", [p for p in PAGES if p.kind == "article"], ids=name_of)
def test_an_article_gives_its_story_and_nothing_of_the_frame(page: Golden) -> None:
    document = document_of(page.capture)
    assert [[p.role, p.text] for p in passages_in(document)] == page.expected["passages"]
    assert title_of(document) == page.expected["title"]
    hour = hour_of(document, RACE, page.source)
    assert hour is not None
    assert hour.isoformat() == page.expected["published"]


@pytest.mark.parametrize("page", [p for p in PAGES if p.kind == "liveblog"], ids=name_of)
def test_a_live_blog_gives_each_post_with_its_own_hour_and_identity(page: Golden) -> None:
    posts = liveblog.posts_in(document_of(page.capture), RACE, page.source, FETCHED)
    expected = page.expected["posts"]
    for post, (identity, at, texts) in zip(posts, expected, strict=True):
        assert post.id == identity or identity is None
        assert post.at is not None
        assert post.at.isoformat() == at
        assert [passage.text for passage in post.passages] == texts
        assert {passage.post for passage in post.passages} == {post.id}
        assert {passage.at for passage in post.passages} == {post.at}


@pytest.mark.parametrize("page", [p for p in PAGES if p.kind == "text"], ids=name_of)
def test_plain_text_is_split_into_paragraphs(page: Golden) -> None:
    assert [p.text for p in passages_of(document_of(page.capture).text)] == page.expected["passages"]


@pytest.mark.parametrize("page", [p for p in PAGES if p.kind in ("article", "liveblog", "text")], ids=name_of)
def test_a_told_page_gives_the_concession_and_the_count_and_nothing_else(page: Golden) -> None:
    read = parse(page.capture, RACE, page.source)
    assert {(claim.kind, claim.actor) for claim in read.claims} == {(ClaimKind.CONCESSION, "kaplan")}
    shares = {(r.candidate, r.share) for reading in read.readings for r in reading.results}
    assert ("demir", 51.8) in shares
    assert shares <= {("demir", 51.8), ("kaplan", 47.9)}


def _fact(reading: Reading, key: str) -> Any:
    match key:
        case "results":
            return {r.candidate: [r.votes, r.share] for r in reading.results}
        case "as_of":
            return reading.as_of.isoformat()
        case "counted":
            return reading.counted.pct if reading.counted else None
        case "where":
            return reading.evidence.where
        case "lead":
            return [reading.lead.candidate, reading.lead.votes] if reading.lead else None
    return getattr(reading, key)


def _pairs(claims: tuple[Claim, ...], expected: Any) -> list[tuple[Claim, dict[str, Any]]]:
    return list(zip(claims, expected["claims"], strict=True))


def _claim(claim: Claim, expected: dict[str, Any]) -> dict[str, Any]:
    return {key: getattr(claim, key) for key in expected}
