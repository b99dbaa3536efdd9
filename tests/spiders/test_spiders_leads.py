"""Live blogs of several pages and indexes of sitemaps: followed as far as wanted, on their own site."""

from dataclasses import replace

from spider_site import Site
from spider_watching import Watching, source

from scrapers.spiders.polled import Polled
from tally.access import Access
from tally.capture import Outcome
from tally.race import Source


def blog_page(number: int, *posts: str, last: bool = False) -> str:
    made = "".join(
        f'<article id="{number}-{n}"><time datetime="2031-05-04T20:0{n}:00Z"></time><p>{post}</p></article>'
        for n, post in enumerate((*posts, "Counting goes on."))
    )
    more = "" if last else f'<a rel="next" href="/live?page={number + 1}">Older posts</a>'
    return f"<html><body>{made}{more}</body></html>"


class Blog:
    """A live blog of four pages."""

    def __init__(self, site: Site) -> None:
        from aiohttp import web

        self.asked: list[int] = []
        self.pages = {n: blog_page(n, last=n == 4) for n in range(1, 5)}

        async def answer(request: web.Request) -> web.Response:
            number = int(request.query.get("page", 1))
            self.asked.append(number)
            return web.Response(text=self.pages[number], content_type="text/html")

        site.handlers["/live"] = answer
        self.source = source(site.url("/live"), "blog", "liveblog", access=Access(pages=3))


async def turn(at: Watching, wanted: Source, polls: int) -> list[Polled]:
    first = await at.poll(wanted)
    return [first, *[await at.next() for _ in range(polls - 1)]]


async def test_a_live_blog_is_read_over_as_many_pages_as_are_wanted(site: Site, watching) -> None:
    blog = Blog(site)
    at = await watching()
    got = await turn(at, blog.source, 3)
    assert [p.source.name for p in got] == ["blog", "blog/page 2", "blog/page 3"]
    assert blog.asked == [1, 2, 3]
    assert {(p.source.origin, p.source.rank) for p in got} == {("gazette", blog.source.rank)}


async def test_older_pages_are_asked_for_when_the_first_has_changed(site: Site, watching) -> None:
    blog = Blog(site)
    at = await watching()
    await turn(at, blog.source, 3)
    assert (await at.poll(blog.source)).outcome is Outcome.UNCHANGED
    assert at.watch.in_flight == 0 and blog.asked == [1, 2, 3, 1]
    blog.pages[1] = blog_page(1, "Ada Alder is ahead of Ben Birch.")
    again = await turn(at, blog.source, 2)
    assert again[1].outcome is Outcome.UNCHANGED and blog.asked[4:] == [1, 2]


async def test_an_older_page_without_news_is_no_loss(site: Site, watching) -> None:
    blog = Blog(site)
    at = await watching()
    got = await turn(at, blog.source, 3)
    assert [p.outcome for p in got] == [Outcome.NOTHING, Outcome.UNCHANGED, Outcome.UNCHANGED]


async def test_a_blog_that_leads_round_in_a_circle_has_an_end(site: Site, watching) -> None:
    blog = Blog(site)
    blog.pages[2] = blog_page(0)
    at = await watching()
    got = await turn(at, replace(blog.source, access=Access(pages=20)), 20)
    assert len(got) == 20 and at.watch.in_flight == 0


async def test_an_index_of_sitemaps_leads_to_articles(site: Site, watching) -> None:
    def xml(root: str, entry: str, *paths: str) -> str:
        rows = "".join(f"<{entry}><loc>{site.url(path)}</loc></{entry}>" for path in paths)
        return f'<?xml version="1.0"?><{root}>{rows}</{root}>'

    site.headers["Content-Type"] = "application/xml"
    site.pages |= {
        "/sitemap.xml": xml("sitemapindex", "sitemap", "/today.xml", "/nested.xml"),
        "/today.xml": xml("urlset", "url", "/ada-alder-ahead", "/weather"),
        "/nested.xml": xml("sitemapindex", "sitemap", "/sitemap.xml"),
        "/ada-alder-ahead": "<html><body><p>Ada Alder is ahead.</p></body></html>",
    }
    at = await watching(pace=0.001)
    got = await turn(at, source(site.url("/sitemap.xml"), "map", "sitemap"), 4)
    assert sorted(p.source.url.removeprefix(site.url("")) for p in got) == [
        "/ada-alder-ahead",
        "/nested.xml",
        "/sitemap.xml",
        "/today.xml",
    ]
    assert at.watch.in_flight == 0 and site.hits("/weather") == 0
