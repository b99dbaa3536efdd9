"""Where a live blog goes on, and which sitemaps of an index are looked at."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from scrapers.parser import parse
from scrapers.parser.document import document_of
from scrapers.parser.document.paging import older_page
from tally.access import Access
from tally.capture import Capture
from tally.race import Candidate, Race, Source

BLOG = "https://gazette.example/live/oak?page=1"
RACE = Race(
    "oak-2031",
    "Oak County",
    date(2031, 5, 4),
    ZoneInfo("UTC"),
    (Candidate("alder", "Ada Alder"), Candidate("birch", "Ben Birch")),
)


def capture(body: str, url: str = BLOG, kind: str = "text/html") -> Capture:
    now = datetime(2031, 5, 4, 20, tzinfo=UTC)
    return Capture(url, url, now, 200, body.encode(), {"content-type": kind})


def older(body: str) -> str | None:
    return older_page(document_of(capture(f"<html><body>{body}</body></html>")), BLOG)


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="next" href="?page=2">',
        '<a rel="nofollow next" href="/live/oak?page=2#top">2</a>',
        '<script type="application/ld+json">{"@type": "LiveBlogPosting", "nextPage": "?page=2"}</script>',
        '<a href="?page=2">Older posts</a>',
        '<a href="?page=2">« Load  earlier updates (20) </a>',
        '<a href="?page=2" aria-label="Next page"><svg></svg></a>',
        '<a href="?page=2">Daha eski gönderiler →</a>',
        '<a href="?page=2">Ver publicaciones anteriores</a>',
        '<a href="?page=2">Ver mais postagens anteriores</a>',
        '<a href="?page=2">Voir les messages précédents</a>',
        '<a href="?page=2">Ältere Beiträge</a>',
        '<a href="?page=2">Aggiornamenti precedenti</a>',
    ],
)
def test_the_older_page_is_found_as_the_page_names_it(link: str) -> None:
    assert older(f"<p>Counting.</p>{link}") == "https://gazette.example/live/oak?page=2"


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/other">Older people vote early, says the board of elections of Oak County today</a>',
        '<a href="/other">More on older candidates</a>',
        '<a rel="next" href="https://elsewhere.example/live?page=2">2</a>',
        '<a rel="next" href="http://gazette.example/live/oak?page=2">2</a>',
        '<a rel="next" href="?page=1#last">1</a>',
        '<a rel="next" href="javascript:more()">more</a>',
        '<a rel="next" href="http://[broken">2</a>',
        '<a rel="prev" href="?page=0">Newer posts</a>',
        "<a>Older posts</a>",
    ],
)
def test_what_is_no_older_page_of_this_blog_is_left_alone(link: str) -> None:
    assert older(link) is None


def test_the_first_that_leads_on_is_it() -> None:
    assert older('<a rel="next" href="?page=1">1</a><a href="?page=3">Older posts</a>') == (
        "https://gazette.example/live/oak?page=3"
    )


def test_a_blog_is_only_followed_as_far_as_it_is_wanted() -> None:
    body = '<a rel="next" href="?page=2">2</a>' + "".join(
        f'<article id="p{n}"><time datetime="2031-05-04T20:0{n}Z"></time><p>Counting goes on.</p></article>'
        for n in range(3)
    )
    for access, links in ((Access(), 0), (Access(pages=3), 1), (Access(pages=3, page=3), 0)):
        source = Source("blog", BLOG, "liveblog", "gazette", access=access)
        assert len(parse(capture(body), RACE, source).links) == links


def index(*entries: tuple[str, str]) -> str:
    rows = (f"<sitemap><loc>https://g.example/{n}</loc><lastmod>{m}</lastmod></sitemap>" for n, m in entries)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><sitemapindex xmlns="{space}">{"".join(rows)}</sitemapindex>'


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        (
            [("old.xml", "2029-01"), ("a.xml", "2031-05-03"), ("b.xml", "2031-05-04"), ("c.xml", "2031-05")],
            ["b.xml", "a.xml", "c.xml"],
        ),
        ([("posts.xml", "2031-05-04"), ("news-sitemap.xml", "2031-05-01")], ["news-sitemap.xml"]),
        ([("one.xml", ""), ("two.xml", "")], ["one.xml", "two.xml"]),
    ],
)
def test_of_an_index_of_sitemaps_those_with_todays_stories_are_looked_at(
    entries: list[tuple[str, str]], found: list[str]
) -> None:
    source = Source("map", "https://g.example/sitemap.xml", "sitemap", "gazette")
    page = parse(capture(index(*entries), source.url, "application/xml"), RACE, source)
    assert list(page.feeds) == [f"https://g.example/{name}" for name in found]
    assert page.links == ()


def test_one_malformed_link_costs_a_feed_none_of_the_others() -> None:
    rows = "".join(
        f"<item><title>Alder {n}</title><link>{link}</link></item>"
        for n, link in enumerate(("http://[broken", "https://g.example/1", "mailto:x@y.example"))
    )
    feed = Source("feed", "https://g.example/feed", "rss", "gazette")
    body = f"<rss><channel>{rows}</channel></rss>"
    page = parse(capture(body, feed.url, "application/rss+xml"), RACE, feed)
    assert page.links == ("https://g.example/1",)
