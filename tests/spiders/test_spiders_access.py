"""What a source asks for: headers with secrets, cookies, a proxy; each for that source alone."""

import logging
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from spider_certificates import Authority
from spider_proxy import Proxy
from spider_site import Site, answering
from spider_watching import source

from scrapers.spiders import handler
from scrapers.spiders.leads import article_sources
from tally.access import Access
from tally.capture import Outcome

SOUND = (Outcome.READ, Outcome.NOTHING)
TOKEN = Access((("X-Api-Key", "${BOARD_TOKEN}"), ("Authorization", "Bearer ${BOARD_TOKEN}")))
ENVIRON = {"BOARD_TOKEN": "s3cret-value"}


async def test_a_secret_is_sent_and_stands_nowhere_else(site: Site, watching, caplog) -> None:
    site.pages |= {"/page": "Counting goes on.", "/other": "Counting goes on."}
    at = await watching(environ=ENVIRON)
    with caplog.at_level(logging.DEBUG):
        polled = await at.poll(source(site.url(), access=TOKEN))
        await at.poll(source(site.url("/other"), "other"))
    assert polled.outcome in SOUND
    assert site.last("/page").headers["Authorization"] == "Bearer s3cret-value"
    assert site.last("/page").headers["X-Api-Key"] == "s3cret-value"
    assert "X-Api-Key" not in site.last("/other").headers
    assert "X-Api-Key" not in site.last("/robots.txt").headers
    assert "s3cret" not in repr(polled) and "s3cret" not in caplog.text


async def test_a_secret_that_is_not_set_fails_that_source_in_words(site: Site, watching) -> None:
    site.pages["/page"] = "Counting goes on."
    at = await watching(environ={})
    polled = await at.poll(source(site.url(), access=TOKEN))
    assert (polled.outcome, polled.reason) == (Outcome.FAILED, "BOARD_TOKEN is not set in the environment")
    assert site.asked == []
    assert (await at.poll(source(site.url(), "other"))).outcome in SOUND


@pytest.mark.parametrize("elsewhere", [True, False])
async def test_a_redirect_to_another_host_gets_no_secret(site: Site, watching, elsewhere: bool) -> None:
    async with Site({"/page": "Counting goes on."}) as other:
        target = other if elsewhere else site
        site.pages["/page"] = "Counting goes on."
        site.handlers["/moved"] = answering(302, Location=target.url())
        at = await watching(environ=ENVIRON)
        assert (await at.poll(source(site.url("/moved"), access=TOKEN))).outcome in SOUND
        assert ("X-Api-Key" in target.last("/page").headers) is not elsewhere
        assert ("Authorization" in target.last("/page").headers) is not elsewhere


def test_articles_of_another_host_get_no_secret_of_the_feeds() -> None:
    feed = source("https://wire.example/feed", "wire", "rss", access=TOKEN)
    links = ["https://wire.example/1", "https://other.example/2", "http://wire.example/3"]
    found = article_sources(feed, feed.url, links)
    assert [bool(article.access.headers) for article in found] == [True, False, False]


def consenting(given: list[str]) -> Any:
    async def handler(request: web.Request) -> web.Response:
        given.append(request.headers.get("Cookie", ""))
        answer = web.Response(text=f"Page {len(given)}.")
        answer.set_cookie("consent", "yes")
        return answer

    return handler


async def test_cookies_are_kept_for_the_source_that_wants_them_and_no_other(site: Site, watching) -> None:
    wanted, plain = [], []
    site.handlers |= {"/wanted": consenting(wanted), "/plain": consenting(plain)}
    at = await watching()
    for _ in range(2):
        await at.poll(source(site.url("/wanted"), "wanted", access=Access(cookies=True)))
        await at.poll(source(site.url("/plain"), "plain"))
    await at.poll(source(site.url("/wanted"), "another", access=Access(cookies=True)))
    assert wanted == ["", "consent=yes", ""]
    assert plain == ["", ""]


async def test_a_consent_that_is_given_by_way_of_a_redirect_is_kept(site: Site, watching) -> None:
    async def page(request: web.Request) -> web.Response:
        if "consent" in request.cookies:
            return web.Response(text="Counting goes on.")
        return web.Response(status=302, headers={"Location": "/consent"})

    async def consent(_: web.Request) -> web.Response:
        answer = web.Response(status=302, headers={"Location": "/page"})
        answer.set_cookie("consent", "yes")
        return answer

    site.handlers |= {"/page": page, "/consent": consent}
    at = await watching()
    assert (await at.poll(source(site.url(), access=Access(cookies=True)))).outcome in SOUND
    assert (await at.poll(source(site.url(), "plain"))).reason == "it redirects too often"


async def test_a_site_may_set_only_so_many_cookies(site: Site, watching) -> None:
    given = []

    async def hoarding(request: web.Request) -> web.Response:
        given.append(request.headers.get("Cookie", ""))
        answer = web.Response(text=f"Page {len(given)}.")
        for number in range(80):
            answer.set_cookie(f"c{len(given)}-{number}", "x")
        return answer

    site.handlers["/page"] = hoarding
    at = await watching()
    for _ in range(4):
        await at.poll(source(site.url(), access=Access(cookies=True)))
    assert max(len(cookies) for cookies in given) < 2000


async def test_a_source_goes_through_its_proxy_with_its_password(site: Site, watching, caplog) -> None:
    site.pages["/page"] = "Counting goes on."
    async with Proxy("me:s3cret-value") as proxy:
        at = await watching(environ=ENVIRON)
        through = Access(proxy=f"http://me:${{BOARD_TOKEN}}@127.0.0.1:{proxy.port}")
        assert (await at.poll(source(site.url(), access=through))).outcome in SOUND
        assert proxy.asked == [site.url("/robots.txt"), site.url()]
        assert (await at.poll(source(site.url(), "plain"))).outcome in SOUND
        assert len(proxy.asked) == 2, "the others go their own way"
        wrong = Access(proxy=f"http://me:wrong@127.0.0.1:{proxy.port}")
        refused = await at.poll(source(site.url(), "wrong", access=wrong))
        assert refused.outcome is Outcome.FAILED and "407" in (refused.reason or "")
    gone = await at.poll(source(site.url(), "gone", access=through))
    assert gone.outcome is Outcome.FAILED and gone.reason == "its proxy could not be reached"
    assert "s3cret" not in caplog.text


async def test_a_secure_page_goes_through_a_tunnel_and_its_certificate_is_still_checked(
    watching, tmp_path: Path, monkeypatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setattr(handler, "_tls", authority.trusting)
    good, bad = authority.context(), authority.context(address="127.0.0.9")
    async with (
        Proxy() as proxy,
        Site({"/page": "Counting goes on."}, tls=good) as site,
        Site(tls=bad) as other,
    ):
        through = Access(proxy=f"http://127.0.0.1:{proxy.port}", headers=(("X-Key", "k"),))
        at = await watching()
        assert (await at.poll(source(site.url(), access=through))).outcome in SOUND
        assert set(proxy.asked) == {f"127.0.0.1:{site.port}"}, "it sees the host and nothing else"
        polled = await at.poll(source(other.url(), "other", access=through))
        assert polled.outcome is Outcome.FAILED and "certificate is not valid" in (polled.reason or "")
        private = await at.poll(source("https://10.0.0.7/page", "private", access=through))
        assert "not a public address" in (private.reason or "")
        assert not any("10.0.0.7" in asked for asked in proxy.asked)


PRIVATE = [
    "http://10.0.0.7/page",
    "http://169.254.169.254/latest",
    "http://[::ffff:10.0.0.7]/",
    "http://localhost:1/",
]


@pytest.mark.parametrize("url", PRIVATE)
async def test_no_proxy_is_asked_for_an_address_that_is_not_public(watching, url: str) -> None:
    async with Proxy() as proxy:
        at = await watching(allow_hosts=[f"127.0.0.1:{proxy.port}"])
        polled = await at.poll(source(url, access=Access(proxy=f"http://127.0.0.1:{proxy.port}")))
        assert polled.outcome is Outcome.FAILED and "not a public address" in (polled.reason or "")
        assert proxy.asked == []


async def test_a_name_that_only_the_proxys_network_knows_needs_the_operators_word(watching) -> None:
    async with Proxy() as proxy:
        through = Access(proxy=f"http://127.0.0.1:{proxy.port}")
        at = await watching(allow_hosts=[f"127.0.0.1:{proxy.port}", "intranet.invalid"])
        polled = await at.poll(source("http://nobody.invalid/page", access=through))
        assert "could not be resolved" in (polled.reason or "") and proxy.asked == []
        await at.poll(source("http://intranet.invalid/page", "allowed", access=through))
        assert set(proxy.asked) == {"http://intranet.invalid/robots.txt"}


async def test_a_redirect_behind_a_proxy_reaches_no_private_address(site: Site, watching) -> None:
    site.handlers["/moved"] = answering(302, Location="http://10.0.0.7/secret")
    async with Proxy() as proxy:
        at = await watching()
        through = Access(proxy=f"http://127.0.0.1:{proxy.port}")
        polled = await at.poll(source(site.url("/moved"), access=through))
        assert polled.outcome is Outcome.FAILED and "not a public address" in (polled.reason or "")
        assert not any("10.0.0.7" in url for url in proxy.asked)


async def test_a_proxy_at_a_private_address_is_not_reached_unless_it_is_allowed(site: Site, watching) -> None:
    async with Proxy() as proxy:
        at = await watching(allow_hosts=[f"127.0.0.1:{site.port}"])
        through = Access(proxy=f"http://127.0.0.1:{proxy.port}")
        polled = await at.poll(source(site.url(), access=through))
        assert polled.outcome is Outcome.FAILED and proxy.asked == []
