"""robots.txt is obeyed, expires, and is never a yes because it could not be had."""

import asyncio
from itertools import pairwise

import pytest
from aiohttp import web
from spider_site import Site, answering, hanging
from spider_watching import RACE, source

from scrapers.spiders.robots import RobotsBook, site_of
from tally.capture import Outcome

SOUND = (Outcome.READ, Outcome.NOTHING)


async def test_a_forbidden_page_is_not_fetched_and_an_allowed_one_is(site: Site, watching) -> None:
    site.pages |= {
        "/robots.txt": "User-agent: *\nDisallow: /live",
        "/live": "x",
        "/page": "Counting goes on.",
    }
    at = await watching()
    polled = await at.poll(source(site.url("/live"), "live"))
    assert (polled.outcome, polled.reason) == (Outcome.FAILED, "the site's robots.txt forbids this page")
    assert site.hits("/live") == 0
    assert (await at.poll(source(site.url()))).outcome in SOUND
    assert site.hits("/robots.txt") == 1


async def test_rules_for_us_by_name_go_before_those_for_all(site: Site, watching) -> None:
    site.pages |= {
        "/robots.txt": "User-agent: *\nDisallow: /\n\nUser-agent: Tallywire\nAllow: /",
        "/page": "x",
    }
    at = await watching()
    assert (await at.poll(source(site.url()))).outcome is not Outcome.FAILED


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_no_file_forbids_nothing(site: Site, watching, status: int) -> None:
    site.handlers["/robots.txt"] = answering(status)
    site.pages["/page"] = "Counting goes on."
    at = await watching()
    assert (await at.poll(source(site.url()))).outcome in SOUND


@pytest.mark.parametrize("trouble", [answering(503), answering(429), hanging], ids=["503", "429", "hanging"])
async def test_a_file_that_can_not_be_had_is_no_permission_and_is_tried_again_soon(
    site, watching, trouble
) -> None:
    site.handlers["/robots.txt"] = trouble
    site.pages["/page"] = "Counting goes on."
    at = await watching(robots=RobotsBook(try_again=0.0), timeout=0.3)
    polled = await at.poll(source(site.url()))
    assert polled.outcome is Outcome.FAILED and "robots.txt" in polled.reason
    assert site.hits("/page") == 0
    site.handlers["/robots.txt"] = answering(200, "User-agent: *\nDisallow:")
    assert (await at.poll(source(site.url()))).outcome in SOUND


async def test_rules_expire_and_new_ones_are_obeyed(site: Site, watching) -> None:
    site.pages |= {"/robots.txt": "User-agent: *\nDisallow:", "/page": "Counting goes on."}
    at = await watching(robots=RobotsBook(good_for=0.0))
    assert (await at.poll(source(site.url()))).outcome in SOUND
    site.pages["/robots.txt"] = "User-agent: *\nDisallow: /"
    assert (await at.poll(source(site.url()))).outcome is Outcome.FAILED


async def test_known_rules_outlast_a_server_in_trouble(site: Site, watching) -> None:
    site.pages |= {
        "/robots.txt": "User-agent: *\nDisallow: /live",
        "/live": "x",
        "/page": "Counting goes on.",
    }
    at = await watching(robots=RobotsBook(good_for=0.0))
    assert (await at.poll(source(site.url()))).outcome in SOUND
    site.handlers["/robots.txt"] = answering(500)
    site.pages["/page"] = "The count is going on."
    assert (await at.poll(source(site.url()))).outcome in SOUND
    assert (await at.poll(source(site.url("/live"), "live"))).outcome is Outcome.FAILED
    assert site.hits("/live") == 0


async def test_many_sources_of_a_site_ask_for_its_rules_once(site: Site, watching) -> None:
    async def slowly(_: web.Request) -> web.Response:
        await asyncio.sleep(0.1)
        return web.Response(status=404)

    site.handlers["/robots.txt"] = slowly
    site.pages |= {f"/{n}": "Counting goes on." for n in range(20)}
    at = await watching()
    for n in range(20):
        assert at.watch.poll(RACE, source(site.url(f"/{n}"), str(n)))
    assert {(await at.next()).outcome for _ in range(20)} <= set(SOUND)
    assert site.hits("/robots.txt") == 1


async def test_the_rules_of_a_redirects_target_are_obeyed(site: Site, watching) -> None:
    async with Site({"/robots.txt": "User-agent: *\nDisallow: /", "/page": "x"}) as other:
        site.handlers["/page"] = answering(302, Location=other.url())
        at = await watching()
        polled = await at.poll(source(site.url()))
        assert polled.outcome is Outcome.FAILED and "forbids" in polled.reason
        assert other.hits("/page") == 0


async def test_a_crawl_delay_is_kept_between_all_sources_of_a_site(site: Site, watching) -> None:
    times: list[float] = []

    async def page(_: web.Request) -> web.Response:
        times.append(asyncio.get_running_loop().time())
        return web.Response(text="Counting goes on.")

    site.pages["/robots.txt"] = "User-agent: *\nCrawl-delay: 0.2"
    site.handlers |= {f"/{n}": page for n in range(3)}
    at = await watching()
    for n in range(3):
        assert at.watch.poll(RACE, source(site.url(f"/{n}"), str(n)))
    for _ in range(3):
        assert (await at.next()).outcome in SOUND
    assert min(b - a for a, b in pairwise(times)) > 0.15


async def test_whoever_waits_for_its_turn_does_not_hold_up_the_end(site: Site, watching) -> None:
    site.pages |= {"/robots.txt": "User-agent: *\nCrawl-delay: 1000", "/page": "x", "/other": "x"}
    at = await watching()
    at.watch.poll(RACE, source(site.url()))
    at.watch.poll(RACE, source(site.url("/other"), "other"))
    await at.next()
    async with asyncio.timeout(5):
        await at.watch.stop()
    assert len(at.got) == 1, "a poll that was cut off by the end is nobody's failure"


def test_a_site_is_its_scheme_host_and_port_without_anybodys_password() -> None:
    assert site_of("https://me:secret@News.Example:8443/a?b") == "https://news.example:8443"
