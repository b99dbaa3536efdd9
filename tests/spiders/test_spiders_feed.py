"""A feed leads to its articles, which are polled with it, even when the feed itself did not change."""

import asyncio

from spider_site import Site
from spider_watching import RACE, Watching, source

from scrapers.spiders.leads import article_sources
from scrapers.spiders.polled import Polled
from tally.capture import Outcome
from tally.race import Rank

SOUND = (Outcome.READ, Outcome.NOTHING)


def feed(site: Site, *paths: str) -> str:
    entries = "".join(f"<item><title>Alder {p}</title><link>{site.url(p)}</link></item>" for p in paths)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{entries}</channel></rss>'


async def turn(at: Watching, site: Site, polls: int) -> dict[str, Polled]:
    """One turn of the feed: what came of it and of its articles, by path."""
    assert at.watch.poll(RACE, source(site.url("/feed"), "news", "rss"))
    got = [await at.next() for _ in range(polls)]
    assert at.watch.in_flight == 0
    return {p.source.url.removeprefix(site.url("")): p for p in got}


async def test_the_articles_of_a_feed_are_polled_as_articles_of_its_race(site: Site, watching) -> None:
    site.pages |= {"/a": "Alder is ahead.", "/b": "Birch is ahead.", "/feed": feed(site, "/a", "/b")}
    at = await watching()
    got = await turn(at, site, 3)
    assert set(got) == {"/feed", "/a", "/b"}
    article = got["/a"]
    assert article.race is RACE and article.outcome in SOUND and article.capture.body == b"Alder is ahead."
    assert (article.source.kind, article.source.origin) == ("article", "gazette")
    assert len({p.source.name for p in got.values()}) == 3


async def test_an_article_that_changes_is_read_though_its_feed_did_not_change(site: Site, watching) -> None:
    site.pages |= {"/a": "Alder is ahead.", "/feed": feed(site, "/a")}
    at = await watching()
    await turn(at, site, 2)
    unchanged = await turn(at, site, 2)
    assert {p.outcome for p in unchanged.values()} == {Outcome.UNCHANGED}
    site.pages["/a"] = "Birch concedes."
    got = await turn(at, site, 2)
    assert got["/feed"].outcome is Outcome.UNCHANGED and got["/a"].outcome in SOUND


async def test_what_a_feed_no_longer_lists_is_left_and_forgotten(site: Site, watching) -> None:
    site.pages |= {"/a": "One.", "/b": "Two.", "/feed": feed(site, "/a")}
    at = await watching()
    await turn(at, site, 2)
    site.pages["/feed"] = feed(site, "/b")
    assert set(await turn(at, site, 2)) == {"/feed", "/b"}
    assert len(at.watch._memories) == 2


async def test_a_feed_moves_when_its_articles_do_or_when_it_lists_others(site: Site, watching) -> None:
    site.pages |= {"/a": "Counting goes on in Oak County.", "/b": "Two.", "/feed": feed(site, "/a")}
    at = await watching()
    news = source(site.url("/feed"), "news", "rss")
    for _ in range(2):
        await turn(at, site, 2)
        assert at.watch.facts(RACE, news).moved is None
    site.pages["/a"] = "Ada Alder conceded defeat to Ben Birch on Sunday night."
    await turn(at, site, 2)
    first = at.watch.facts(RACE, news).moved
    assert first is not None
    await asyncio.sleep(0.05)
    site.pages["/feed"] = feed(site, "/b")
    await turn(at, site, 2)
    again = at.watch.facts(RACE, news).moved
    assert again is not None and again < first + 0.05


async def test_a_feed_that_is_down_takes_no_article_with_it(site: Site, watching) -> None:
    site.pages |= {"/a": "One.", "/feed": feed(site, "/a")}
    at = await watching()
    await turn(at, site, 2)
    del site.pages["/feed"]
    site.pages["/a"] = "Alder concedes."
    got = await turn(at, site, 2)
    assert got["/feed"].outcome is Outcome.FAILED and got["/a"].outcome in SOUND


def test_articles_are_few_without_doubles_and_of_the_web() -> None:
    links = ["/1", "/1#comments", "mailto:x@y.example", "javascript:void(0)", "https://o.example/2"]
    links += [f"/more/{n}" for n in range(50)]
    news = source("https://n.example/feed.xml", "news", "rss", rank=Rank.AGENCY, language="tr", cadence=5.0)
    found = article_sources(news, "https://n.example/feed.xml", links)
    assert len(found) == 10
    assert [s.url for s in found[:3]] == [
        "https://n.example/1",
        "https://o.example/2",
        "https://n.example/more/0",
    ]
    assert all((s.rank, s.language, s.cadence) == (Rank.AGENCY, "tr", 5.0) for s in found)
    assert found == article_sources(news, "https://n.example/feed.xml", links), (
        "a name is the same every time"
    )


async def test_an_article_that_hangs_does_not_hold_up_its_feed(site: Site, watching) -> None:
    from spider_site import hanging

    site.handlers["/a"] = hanging
    site.pages |= {"/b": "Two.", "/feed": feed(site, "/a", "/b")}
    at = await watching()
    for _ in range(2):
        assert at.watch.poll(RACE, source(site.url("/feed"), "news", "rss"))
        async with asyncio.timeout(5):
            assert {(await at.next()).source.url for _ in range(2)} == {site.url("/feed"), site.url("/b")}
