"""Each fault of a source beside a sound one: what is said of it, and that the sound one goes on meanwhile."""

import asyncio
import resource
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from spider_certificates import Authority
from spider_site import RawSite, Site, answering
from spider_watching import RACE, Watching, source

from scrapers.spiders import handler
from scrapers.spiders.descriptors import raise_limit
from tally.capture import Outcome
from tally.race import Candidate

SOUND = (Outcome.READ, Outcome.NOTHING, Outcome.UNCHANGED)


@pytest.fixture
def beside(site: Site, watching) -> Callable[..., Awaitable[tuple[Outcome, str]]]:
    """Polls a faulty source, and all the while a sound one; what came of the faulty one."""

    async def polled(url: str) -> tuple[Outcome, str]:
        site.pages["/sound"] = "Counting goes on."
        at: Watching = await watching(timeout=1.0)
        sound, bad, said = source(site.url("/sound"), "sound"), source(url, "bad"), None
        assert at.watch.poll(RACE, bad)
        rounds = 0
        async with asyncio.timeout(15):
            while said is None or rounds < 5:
                if at.watch.poll(RACE, sound):
                    rounds += 1
                got = await at.next()
                if got.source.name == "bad":
                    said = got
                else:
                    assert got.outcome in SOUND
        assert rounds >= 5
        return said.outcome, said.reason or ""

    return polled


async def test_a_name_that_can_not_be_resolved(beside) -> None:
    outcome, reason = await beside("http://nobody.invalid/")
    assert outcome is Outcome.FAILED and "its host name could not be resolved" in reason


async def test_a_name_server_that_says_nothing(beside, monkeypatch) -> None:
    real, over = socket.getaddrinfo, threading.Event()

    def silent(host: str, *arguments: object, **more: object) -> object:
        if host == "silent.example":
            over.wait(10)
        return real(host, *arguments, **more)

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    try:
        outcome, reason = await beside("http://silent.example/")
        assert outcome is Outcome.FAILED and "no whole answer in time" in reason
    finally:
        over.set()


@asynccontextmanager
async def secure(folder: Path, monkeypatch, **certificate: object) -> AsyncIterator[Site]:
    """A site with a certificate of an authority that we trust."""
    authority = Authority(folder)
    monkeypatch.setattr(handler, "_tls", authority.trusting)
    async with Site({"/page": "Counting goes on."}, tls=authority.context(**certificate)) as site:
        yield site


async def test_a_certificate_that_is_in_order(beside, tmp_path: Path, monkeypatch) -> None:
    async with secure(tmp_path, monkeypatch) as site:
        assert (await beside(site.url()))[0] in SOUND


async def test_a_certificate_that_has_expired(beside, tmp_path: Path, monkeypatch) -> None:
    async with secure(tmp_path, monkeypatch, ends=timedelta(days=-1)) as site:
        outcome, reason = await beside(site.url())
        assert outcome is Outcome.FAILED and "certificate has expired" in reason
        assert site.asked == []


async def test_a_certificate_of_another_host(beside, tmp_path: Path, monkeypatch) -> None:
    async with secure(tmp_path, monkeypatch, address="127.0.0.9") as site:
        outcome, reason = await beside(site.url())
        assert outcome is Outcome.FAILED and "certificate is not valid" in reason and "mismatch" in reason


async def test_a_certificate_that_a_server_made_for_itself(beside, tmp_path: Path) -> None:
    async with Site(tls=Authority(tmp_path).context()) as site:
        outcome, reason = await beside(site.url())
        assert outcome is Outcome.FAILED and "certificate is not valid" in reason and site.asked == []


async def test_a_port_that_speaks_no_tls(beside, site: Site) -> None:
    outcome, reason = await beside(f"https://127.0.0.1:{site.port}/page")
    assert outcome is Outcome.FAILED and "no secure connection could be made" in reason


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
RAW = {
    "hangs": ([b""], "wait", "no whole answer in time"),
    "hangs after its head": ([HEAD + b"Content-Length: 500\r\n\r\n"], "wait", "no whole answer in time"),
    "says too long a length": ([HEAD + b"Content-Length: 500\r\n\r\nabc"], "close", "ended too early"),
    "says a length below nothing": ([HEAD + b"Content-Length: -5\r\n\r\nabc"], "close", "no proper HTTP"),
    "says two lengths": (
        [HEAD + b"Content-Length: 3\r\nContent-Length: 9\r\n\r\nabc"],
        "close",
        "no proper HTTP",
    ),
    "resets at once": ([b""], "reset", ""),
    "resets amid its page": ([HEAD + b"Content-Length: 500\r\n\r\nabc"], "reset", "ended too early"),
}


@pytest.mark.parametrize("fault", RAW)
async def test_a_server_that(beside, fault: str) -> None:
    pieces, then, words = RAW[fault]
    async with RawSite(pieces, then=then) as raw:
        outcome, reason = await beside(raw.url())
    assert outcome is Outcome.FAILED and reason and words in reason


async def test_a_server_that_drips(beside) -> None:
    drip = [HEAD + b"Content-Length: 500\r\n\r\n"] + [b"x"] * 100
    async with RawSite(drip, pause=0.05) as raw:
        assert await beside(raw.url()) == (Outcome.FAILED, "no whole answer in time")


async def test_redirects_without_end(beside, site: Site) -> None:
    site.handlers |= {
        "/a": answering(302, Location="/b"),
        "/b": answering(302, Location="/a"),
        "/self": answering(301, Location="/self"),
    }
    for path in ("/a", "/self"):
        assert await beside(site.url(path)) == (Outcome.FAILED, "it redirects too often")
    assert site.hits("/a") + site.hits("/b") == 6, "the page, and five redirects"


async def test_a_200_that_says_not_found(beside, site: Site) -> None:
    gone = "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"
    site.handlers["/page"] = answering(200, gone, Content_Type="text/html")
    outcome, reason = await beside(site.url())
    assert outcome is Outcome.ERROR_PAGE and reason


async def test_a_page_whose_charset_changes_tells_the_same(site: Site, watching) -> None:
    rows = "<tr><td>Ekrem İmamoğlu</td><td>4.169</td></tr><tr><td>Binali Yıldırım</td><td>4.156</td></tr>"
    text = f"<html lang='tr'><table><tr><th>Aday</th><th>Oy</th></tr>{rows}</table></html>"
    race = replace(RACE, candidates=(Candidate("i", "Ekrem İmamoğlu"), Candidate("y", "Binali Yıldırım")))
    charset = "utf-8"

    async def page(_: web.Request) -> web.Response:
        return web.Response(
            body=text.encode(charset), headers={"Content-Type": f"text/html; charset={charset}"}
        )

    site.handlers["/page"] = page
    at, told = await watching(), []
    for charset in ("utf-8", "iso-8859-9", "utf-16", "windows-1254", "utf-8"):
        polled = await at.poll(source(site.url(), kind="table", language="tr"), race)
        assert polled.outcome in SOUND, charset
        if polled.outcome is not Outcome.UNCHANGED:
            told.append({result.candidate: result.votes for result in polled.page.readings[0].results})
    assert told and all(one == {"i": 4169, "y": 4156} for one in told)


async def test_a_page_that_lies_about_its_charset_still_comes_to_an_outcome(beside, site: Site) -> None:
    for charset in ("utf-8", "no-such-charset", "utf-7", "ascii"):

        async def page(_: web.Request, charset: str = charset) -> web.Response:
            headers = {"Content-Type": f"text/plain; charset={charset}"}
            return web.Response(body=b"\xff\xfe\x00\xd8 Counting goes on.", headers=headers)

        site.handlers["/page"] = page
        outcome, _ = await beside(site.url())
        assert outcome in (*SOUND, Outcome.UNREADABLE)


async def test_when_no_file_descriptor_is_left_open_connections_go_on(site: Site, watching) -> None:
    site.pages |= {"/sound": "Counting goes on."} | {f"/{n}": "Counting goes on." for n in range(30)}
    at = await watching(pace=0.0)
    sound = source(site.url("/sound"), "sound")
    assert (await at.poll(sound)).outcome in SOUND
    with no_descriptors_left():
        news = [source(site.url(f"/{n}"), str(n)) for n in range(5)]
        at.watch.poll(RACE, sound)
        for one in news:
            assert at.watch.poll(RACE, one)
        got = {p.source.name: p for p in [await at.next() for _ in range(6)]}
        failed = [p for p in got.values() if p.outcome is Outcome.FAILED]
        assert got["sound"].outcome is Outcome.UNCHANGED
        assert failed and all("no file descriptor is left" in (p.reason or "") for p in failed)
    for one in news:
        assert (await at.poll_when_let(one)).outcome in SOUND


class no_descriptors_left:  # noqa: N801 - it reads as what it does
    """Every free descriptor of the process is taken, and given back at the end."""

    def __enter__(self) -> None:
        self._limits = resource.getrlimit(resource.RLIMIT_NOFILE)
        self._taken: list[socket.socket] = []
        free = socket.socket()
        resource.setrlimit(resource.RLIMIT_NOFILE, (free.fileno() + 20, self._limits[1]))
        self._taken.append(free)
        try:
            while True:
                self._taken.append(socket.socket())
        except OSError:
            pass

    def __exit__(self, *_: object) -> None:
        for one in self._taken:
            one.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, self._limits)


def test_the_process_takes_as_many_descriptors_as_the_system_allows() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (200, hard))
        raise_limit(300)
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (300, hard)
        raise_limit(250)
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (300, hard), "it is never lowered"
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_the_context_that_checks_certificates_checks_them() -> None:
    made = handler._tls()
    assert made.verify_mode is ssl.CERT_REQUIRED and made.check_hostname
