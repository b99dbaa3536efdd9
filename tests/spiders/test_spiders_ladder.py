"""The ladder: 304, the same body, the same text, and only then the parser. Nothing may be lost on it."""

from dataclasses import replace

import pytest
from aiohttp import web
from spider_site import Site, answering
from spider_watching import RACE, source

from scrapers import parser
from scrapers.spiders import answers
from tally.capture import Outcome
from tally.race import Candidate

SOUND = (Outcome.READ, Outcome.NOTHING)


def html(text: str, script: str = "") -> str:
    return f"<html><head><title>t</title><script>{script}</script></head><body><p>{text}</p></body></html>"


async def test_a_page_is_asked_for_by_its_version_and_costs_no_second_body(site: Site, watching) -> None:
    site.pages["/page"] = "Counting goes on."
    site.headers = {"ETag": '"v1"', "Last-Modified": "Sun, 23 Jun 2019 18:00:00 GMT"}
    at = await watching()
    first = await at.poll(source(site.url()))
    again = await at.poll(source(site.url()))
    assert first.outcome in SOUND and first.capture is not None and first.capture.body == b"Counting goes on."
    assert again.outcome is Outcome.UNCHANGED and again.capture is None and again.page is None
    asked = site.last("/page").headers
    assert asked["If-None-Match"] == '"v1"'
    assert asked["If-Modified-Since"] == "Sun, 23 Jun 2019 18:00:00 GMT"


async def test_a_server_without_versions_is_known_by_its_body(site: Site, watching, monkeypatch) -> None:
    site.pages["/page"] = "Counting goes on."
    at = await watching()
    await at.poll(source(site.url()))
    monkeypatch.setattr(parser, "parse", None)  # it must not be asked again
    assert (await at.poll(source(site.url()))).outcome is Outcome.UNCHANGED


async def test_a_changed_page_is_read_again(site: Site, watching) -> None:
    at = await watching()
    for version in ("one", "two", "three"):
        site.pages["/page"], site.headers = f"Version {version}.", {"ETag": f'"{version}"'}
        polled = await at.poll(source(site.url()))
        assert polled.outcome in SOUND and polled.capture.body == f"Version {version}.".encode()


async def test_the_same_text_in_other_bytes_is_not_read_again(site: Site, watching, monkeypatch) -> None:
    at = await watching()
    site.headers = {"Content-Type": "text/html"}
    site.pages["/page"] = html("Counting goes on.", "token=1")
    await at.poll(source(site.url()))
    site.pages["/page"] = html("Counting goes on.", "token=2")
    assert (await at.poll(source(site.url()))).outcome is Outcome.UNCHANGED


async def test_a_page_whose_news_is_no_text_is_read_in_the_end(site: Site, watching, monkeypatch) -> None:
    """Its version must not be remembered before it was read, or the server says "not modified" for ever."""
    at = await watching()
    site.headers = {"Content-Type": "text/html", "ETag": '"1"'}
    site.pages["/page"] = html("Counting goes on.", "votes=1")
    await at.poll(source(site.url()))
    site.headers = {"Content-Type": "text/html", "ETag": '"2"'}
    site.pages["/page"] = html("Counting goes on.", "votes=2")
    assert (await at.poll(source(site.url()))).outcome is Outcome.UNCHANGED
    monkeypatch.setattr(answers, "_TRUST_TEXT", 0.0)
    read = await at.poll(source(site.url()))
    assert read.outcome in SOUND and b"votes=2" in read.capture.body
    assert (await at.poll(source(site.url()))).outcome is Outcome.UNCHANGED
    assert site.last("/page").headers["If-None-Match"] == '"2"'


async def test_what_was_not_taken_in_is_asked_for_again(site: Site, watching) -> None:
    """A full disk at the moment of the concession must not turn it into "unchanged"."""
    site.pages["/page"], site.headers = "Alder concedes.", {"ETag": '"v1"'}
    at = await watching()
    at.refuse = lambda polled: True
    first = await at.poll(source(site.url()))
    at.refuse = lambda polled: False
    second = await at.poll(source(site.url()))
    third = await at.poll(source(site.url()))
    assert first.outcome in SOUND and second.outcome in SOUND
    assert third.outcome is Outcome.UNCHANGED


async def test_a_wall_stays_a_wall_and_is_never_unchanged(site: Site, watching, monkeypatch) -> None:
    site.pages["/page"], site.headers = "Prove that you are human.", {"ETag": '"wall"'}
    wall = parser.Page(Outcome.CHALLENGE, reason="a bot check")
    monkeypatch.setattr(parser, "parse", lambda *_: wall)
    at = await watching(pace=0.0)
    assert [(await at.poll(source(site.url()))).outcome for _ in range(2)] == [Outcome.CHALLENGE] * 2
    assert "If-None-Match" not in site.last("/page").headers


async def test_a_wall_with_an_error_status_is_no_mere_failure(site: Site, watching, monkeypatch) -> None:
    site.handlers["/page"] = answering(403, "Checking your browser")
    real = parser.parse

    def parse(capture, *rest):
        wall = b"browser" in capture.body
        return parser.Page(Outcome.CHALLENGE, reason="a bot check") if wall else real(capture, *rest)

    monkeypatch.setattr(parser, "parse", parse)
    at = await watching(pace=0.0)
    assert (await at.poll(source(site.url()))).outcome is Outcome.CHALLENGE
    site.handlers["/page"] = answering(403, "Forbidden")
    polled = await at.poll(source(site.url()))
    assert (polled.outcome, polled.reason) == (Outcome.FAILED, "HTTP 403 Forbidden")
    assert polled.page is None, "nothing may be read from an error page"


async def test_a_corrected_race_file_makes_a_page_be_read_again(site: Site, watching) -> None:
    site.pages["/page"], site.headers = "Counting goes on.", {"ETag": '"v1"'}
    at = await watching()
    await at.poll(source(site.url()))
    corrected = replace(RACE, candidates=(*RACE.candidates, Candidate("cedar", "Cy Cedar")))
    assert (await at.poll(source(site.url()), corrected)).outcome in SOUND
    assert (await at.poll(source(site.url(), language="en"), corrected)).outcome in SOUND
    assert (await at.poll(source(site.url(), language="en"), corrected)).outcome is Outcome.UNCHANGED


async def test_a_failing_parser_closes_nothing(site: Site, watching, monkeypatch, caplog) -> None:
    site.pages["/page"] = "Counting goes on."
    monkeypatch.setattr(parser, "parse", lambda *_: 1 / 0)
    at = await watching()
    assert (await at.poll(source(site.url()))).outcome is Outcome.UNREADABLE
    monkeypatch.undo()
    assert (await at.poll(source(site.url()))).outcome in SOUND


async def test_a_large_page_is_read_beside_the_loop(site: Site, watching) -> None:
    site.pages["/page"] = "Counting goes on. " * 20_000
    at = await watching()
    polled = await at.poll(source(site.url()))
    assert polled.outcome in SOUND and len(polled.capture.body) == 360_000


@pytest.mark.parametrize("status", [204, 206, 302, 304, 400, 404, 410, 500])
async def test_any_other_status_is_a_failure_in_words(site: Site, watching, status: int) -> None:
    site.handlers["/page"] = answering(status)
    at = await watching()
    polled = await at.poll(source(site.url()))
    assert polled.outcome is Outcome.FAILED
    assert polled.reason and ("HTTP" in polled.reason or "not modified" in polled.reason)


async def test_who_asks_says_so_and_sends_nothing_else(site: Site, watching) -> None:
    async def page(request: web.Request) -> web.Response:
        return web.Response(text="x", headers={"Set-Cookie": "session=1"})

    site.handlers["/page"] = page
    at = await watching(user_agent="Tallywire/0.1 (+desk@gazette.example)")
    await at.poll(source(site.url()))
    await at.poll(source(site.url()))
    headers = site.last("/page").headers
    assert headers["User-Agent"] == "Tallywire/0.1 (+desk@gazette.example)"
    assert headers["Accept-Encoding"] == "br, zstd, gzip, deflate"
    assert not {"Cookie", "Referer"} & set(headers)
