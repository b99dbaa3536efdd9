"""Pages that scripts make are made by a browser, which itself reaches nothing."""

import asyncio

import pytest
from aiohttp import web
from spider_site import Site, answering, hanging
from spider_watching import RACE, source

from scrapers.spiders import chromium
from scrapers.spiders.browser import Browser
from tally.access import Access
from tally.capture import Outcome
from tally.race import Source

SOUND = (Outcome.READ, Outcome.NOTHING)
WITH_BROWSER = Access(browser=True)
there = pytest.mark.skipif(chromium.missing() is not None, reason=str(chromium.missing()))


def made(script: str) -> web.Response:
    text = f"<html><body><p id='count'>Loading</p><script>{script}</script></body></html>"
    return web.Response(text=text, content_type="text/html")


def shell(script: str):
    async def handler(_: web.Request) -> web.Response:
        return made(script)

    return handler


FETCHED = """
fetch('/data.json').then(r => r.json()).then(d => { document.getElementById('count').textContent = d.said })
  .catch(e => { document.getElementById('count').textContent = 'blocked' })
"""


def page(site: Site, path: str = "/page", **more: object) -> Source:
    return source(site.url(path), path.strip("/"), access=Access(browser=True, **more))


async def test_without_a_browser_the_source_fails_and_says_what_to_install(
    site, watching, monkeypatch
) -> None:
    monkeypatch.setattr(chromium, "find_spec", lambda name: None)
    site.handlers["/page"] = shell("")
    site.pages["/other"] = "Counting goes on."
    at = await watching()
    polled = await at.poll(page(site))
    assert polled.outcome is Outcome.FAILED
    assert "needs a browser: install the extra: pip install 'tallywire[browser]'" in (polled.reason or "")
    assert (await at.poll(source(site.url("/other"), "other"))).outcome in SOUND


def test_a_chromium_that_is_not_there_is_said_so(monkeypatch) -> None:
    monkeypatch.setattr(chromium, "find_spec", lambda name: object())
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    assert "install Chromium" in (chromium.missing() or "")


async def test_a_browser_that_was_never_started_closes() -> None:
    await Browser().close()


@there
async def test_figures_that_a_script_fetches_are_read_and_their_change_is_seen(site: Site, watching) -> None:
    async def versioned(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"shell"':
            return web.Response(status=304)
        answer = made(FETCHED)
        answer.headers["ETag"] = '"shell"'
        return answer

    site.handlers["/page"] = versioned
    site.pages["/data.json"] = '{"said": "Ada Alder leads by 300 votes."}'
    at = await watching()
    first = await at.poll(page(site))
    assert first.outcome in SOUND and b"Ada Alder leads by 300 votes." in first.capture.body
    assert (await at.poll(page(site))).outcome is Outcome.UNCHANGED
    site.pages["/data.json"] = '{"said": "Ben Birch leads by 20 votes."}'
    changed = await at.poll(page(site))
    assert changed.outcome in SOUND and b"Ben Birch leads" in changed.capture.body
    assert site.last("/data.json").headers["User-Agent"].startswith("Tallywire")


@there
async def test_no_script_reaches_a_private_address_or_what_robots_forbids(site: Site, watching) -> None:
    async with Site({"/data.json": '{"said": "private"}', "/socket": "x"}) as private:
        other = f"http://127.0.0.1:{private.port}"
        tries = [
            f"fetch('{other}/data.json', {{mode: 'no-cors'}})",
            f"fetch('http://[::1]:{private.port}/data.json', {{mode: 'no-cors'}})",
            f"new Image().src = '{other}/data.json'",
            f"new WebSocket('ws://127.0.0.1:{private.port}/socket')",
            f"navigator.sendBeacon('{other}/data.json', 'x')",
            f"let f = document.createElement('iframe'); f.src = '{other}/data.json'; document.body.append(f)",
            f"new Worker(URL.createObjectURL(new Blob([`fetch('{other}/data.json')`])))",
            f"window.open('{other}/data.json')",
            "fetch('/forbidden.json')",
        ]
        script = ";".join(f"try {{ {one} }} catch (e) {{}}" for one in tries)
        site.handlers["/page"] = shell(script + ";document.getElementById('count').textContent = 'done'")
        site.pages["/robots.txt"] = "User-agent: *\nDisallow: /forbidden"
        at = await watching(allow_hosts=[f"127.0.0.1:{site.port}"])
        polled = await at.poll(page(site))
        assert b"done" in polled.capture.body
        assert private.asked == [] and site.hits("/forbidden.json") == 0


@there
async def test_a_script_gets_the_sources_headers_for_its_own_site_alone(site: Site, watching) -> None:
    async with Site({"/data.json": "{}"}, headers={"Access-Control-Allow-Origin": "*"}) as other:
        site.handlers["/page"] = shell(f"fetch('/data.json'); fetch('{other.url('/data.json')}')")
        site.pages["/data.json"] = "{}"
        at = await watching(environ={"KEY": "s3cret"})
        await at.poll(page(site, headers=(("X-Api-Key", "${KEY}"),)))
        assert site.last("/data.json").headers["X-Api-Key"] == "s3cret"
        assert "X-Api-Key" not in other.last("/data.json").headers


@there
async def test_scripts_without_an_end_cost_the_others_nothing(site: Site, watching) -> None:
    site.handlers |= {
        "/loop": shell("while (true) {}"),
        "/grow": shell("for (;;) document.body.append('x'.repeat(100000))"),
        "/hang": shell("fetch('/never')"),
        "/never": hanging,
        "/good": shell("document.getElementById('count').textContent = 'Ada Alder leads.'"),
    }
    site.pages["/plain"] = "Counting goes on."
    at = await watching(timeout=10)
    for path in ("/loop", "/grow", "/hang"):
        assert at.watch.poll(RACE, page(site, path))
    plain = await at.poll(source(site.url("/plain"), "plain"))
    assert plain.outcome in SOUND and plain.took < 3
    got = {}
    async with asyncio.timeout(40):
        while len(got) < 3:
            polled = await at.next(30)
            got[polled.source.name] = polled
    assert got["loop"].outcome is Outcome.FAILED and "no end in time" in (got["loop"].reason or "")
    assert got["hang"].outcome in SOUND, "what was there was read"
    good = await at.poll(page(site, "/good"))
    assert good.outcome in SOUND and b"Ada Alder leads." in good.capture.body


@there
async def test_a_page_that_is_none_is_not_made(site: Site, watching) -> None:
    site.handlers |= {
        "/gone": answering(404, "<p>gone</p>"),
        "/data": answering(200, "{}", Content_Type="application/json"),
    }
    at = await watching()
    assert (await at.poll(page(site, "/gone"))).reason == "HTTP 404 Not Found"
