"""Whatever a server does, that poll fails in plain words and nothing else is touched."""

import asyncio
import gzip
import zlib

import brotli
import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st
from spider_site import RawSite, Site, hanging
from spider_watching import RACE, source

from scrapers.spiders.unpacking import unpacker, zstd
from tally.capture import Outcome
from tally.race import Race, Source

SOUND = (Outcome.READ, Outcome.NOTHING)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PAGE = b"<p>Counting goes on.</p>" * 200


def response(body: bytes, *headers: str, length: int | None = None) -> bytes:
    lines = "".join(f"{header}\r\n" for header in headers)
    return HEAD + f"{lines}Content-Length: {length or len(body)}\r\n\r\n".encode() + body


# A gigabyte of zeros in each.
BOMBS = {
    "gzip": gzip.compress(bytes(20_000_000)) * 50,
    "br": brotli.compress(bytes(1_000_000_000), quality=1),
    "zstd": zstd.compress(bytes(20_000_000)) * 50,
}


async def polled_once(at, raw: RawSite):
    async with raw:
        return await at.poll(source(raw.url()))


PACKED, BR, ZSTD = gzip.compress(PAGE), brotli.compress(PAGE), zstd.compress(PAGE)
NOTHING = gzip.compress(b"")
_wide = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
WIDE = _wide.compress(PAGE) + _wide.flush()
ODD = {
    "a body shorter than announced": (response(PAGE, length=len(PAGE) + 100), "ended too early"),
    "a body cut in a chunk": (
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nfff\r\nabc",
        "ended too early",
    ),
    "broken gzip": (response(PACKED[:20] + b"\0" * 40 + PACKED[60:], "Content-Encoding: gzip"), "is broken"),
    "gzip that is none": (response(PAGE, "Content-Encoding: gzip"), "is broken"),
    "gzip that ends too early": (response(PACKED[:-20], "Content-Encoding: gzip"), "ends too early"),
    "broken br": (response(b"\xff" * 60, "Content-Encoding: br"), "is broken"),
    "br that ends too early": (response(BR[:-4], "Content-Encoding: br"), "ends too early"),
    "broken zstd": (response(PACKED, "Content-Encoding: zstd"), "is broken"),
    "zstd that ends too early": (response(ZSTD[:-4], "Content-Encoding: zstd"), "ends too early"),
    "zstd with a second half frame": (response(ZSTD + ZSTD[:9], "Content-Encoding: zstd"), "ends too early"),
    "zstd that wants a gigabyte of window": (response(WIDE, "Content-Encoding: zstd"), "is broken"),
    "gzip of nothing, again and again": (
        response(NOTHING * 2000, "Content-Encoding: gzip"),
        "too many parts",
    ),
    "zstd of nothing, again and again": (
        response(zstd.compress(b"") * 2000, "Content-Encoding: zstd"),
        "too many parts",
    ),
    "an encoding nobody asked for": (response(PAGE, "Content-Encoding: compress"), "compressed as compress"),
    "one encoding on another": (response(PACKED, "Content-Encoding: gzip, br"), "compressed as gzip, br"),
    "a length that is too large": (response(PAGE, length=50_000_000), "larger than what is taken"),
    "no answer at all": (b"", "without an answer"),
    "something that is no http": (b"SSH-2.0-OpenSSH_9.2\r\n", "no proper HTTP"),
    "an endless header": (b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 300_000, ""),
}


@pytest.mark.parametrize("case", ODD)
async def test_an_odd_answer_fails_in_words_and_the_next_page_is_read(site, watching, case: str) -> None:
    data, words = ODD[case]
    site.pages["/page"] = "Counting goes on."
    at = await watching(timeout=5)
    polled = await polled_once(at, RawSite([data]))
    assert polled.outcome in (Outcome.FAILED, Outcome.UNREADABLE)
    assert polled.capture is None and polled.reason and words in polled.reason
    assert "127.0.0.1" not in polled.reason, "an address may hold a secret"
    assert (await at.poll(source(site.url(), "other"))).outcome in SOUND


async def test_a_reset_connection_fails(watching) -> None:
    at = await watching()
    polled = await polled_once(at, RawSite([HEAD + b"Content-Length: 5000\r\n\r\nabc"], then="reset"))
    assert polled.outcome is Outcome.FAILED


@pytest.mark.parametrize(
    "encoding",
    ["gzip", "deflate", "raw deflate", "several members", "identity", "br", "zstd", "several frames"],
)
async def test_every_way_of_packing_that_was_asked_for_is_unpacked(watching, encoding: str) -> None:
    raw = zlib.compressobj(wbits=-15)
    bodies = {
        "gzip": ("gzip", PACKED),
        "deflate": ("deflate", zlib.compress(PAGE)),
        "raw deflate": ("deflate", raw.compress(PAGE) + raw.flush()),
        "several members": ("gzip", gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:])),
        "identity": ("identity", PAGE),
        "br": ("br", BR),
        "zstd": ("zstd", ZSTD),
        "several frames": ("zstd", zstd.compress(PAGE[:100]) + zstd.compress(PAGE[100:])),
    }
    name, body = bodies[encoding]
    at = await watching()
    polled = await polled_once(at, RawSite([response(body, f"Content-Encoding: {name}")]))
    assert polled.outcome in SOUND and polled.capture.body == PAGE


@pytest.mark.parametrize("encoding", BOMBS)
async def test_a_bomb_is_stopped_while_it_unpacks(watching, encoding: str) -> None:
    at = await watching()
    polled = await polled_once(at, RawSite([response(BOMBS[encoding], f"Content-Encoding: {encoding}")]))
    assert polled.outcome is Outcome.UNREADABLE and "larger than what is taken" in polled.reason


@pytest.mark.parametrize("encoding", BOMBS)
def test_a_bomb_is_unpacked_piece_by_piece_and_only_as_asked(encoding: str) -> None:
    assert len(BOMBS[encoding]) < 1_100_000
    pieces = unpacker(encoding).feed(BOMBS[encoding])
    assert max(len(next(pieces)) for _ in range(10)) <= 512 * 1024


@settings(max_examples=40)
@given(
    st.lists(st.binary(max_size=300), max_size=8),
    st.sampled_from(["gzip", "deflate", "br", "zstd"]),
    st.data(),
)
def test_a_body_is_the_same_however_it_is_cut(parts: list[bytes], encoding: str, data: st.DataObject) -> None:
    body = b"".join(parts)
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}
    rest, unpack, got = packed[encoding](body), unpacker(encoding), b""
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        got += b"".join(unpack.feed(rest[:size]))
        rest = rest[size:]
    unpack.finish()
    assert got == body


async def test_a_body_without_an_end_is_stopped_at_the_limit(site: Site, watching) -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        stream = web.StreamResponse()
        await stream.prepare(request)
        for _ in range(50):
            await stream.write(b"x" * 1_000_000)
            sent += 1
        return stream

    site.handlers["/page"] = endless
    at = await watching(max_body=2_000_000)
    polled = await at.poll(source(site.url()))
    assert polled.outcome is Outcome.UNREADABLE and "larger" in polled.reason
    assert sent < 50, "the rest was not even sent"


async def test_a_slow_drip_ends_with_the_time_of_the_whole_poll(watching) -> None:
    at = await watching(timeout=0.5)
    drip = [HEAD + b"Content-Length: 500\r\n\r\n"] + [b"x"] * 500
    polled = await polled_once(at, RawSite(drip, pause=0.05))
    assert polled.outcome is Outcome.FAILED and polled.reason == "no whole answer in time"
    assert polled.took < 3


async def test_redirects_share_the_time_of_the_whole_poll(site: Site, watching) -> None:
    async def slowly(request: web.Request) -> web.Response:
        await asyncio.sleep(0.25)
        number = int(request.path[2:])
        return web.Response(status=302, headers={"Location": f"/r{number + 1}"})

    site.handlers |= {f"/r{number}": slowly for number in range(6)}
    at = await watching(timeout=0.6)
    polled = await at.poll(source(site.url("/r0")))
    assert polled.outcome is Outcome.FAILED and polled.reason == "no whole answer in time"
    assert site.hits("/r3") == 0


async def test_nobody_there_is_said_so(watching) -> None:
    async with RawSite([]) as closed:
        url = closed.url()
    at = await watching()
    polled = await at.poll(source(url))
    # The server is gone before robots.txt could be had; either way it was refused.
    assert polled.outcome is Outcome.FAILED and "refused" in polled.reason


async def test_a_name_that_there_is_not_fails(watching) -> None:
    at = await watching()
    polled = await at.poll(source("http://nobody.invalid/page"))
    assert polled.outcome is Outcome.FAILED and "could not be resolved" in polled.reason


ODD_ADDRESSES = ["no address", "ftp://127.0.0.1/x", "file:///etc/passwd", "http://", "data:,x", "http://[::1"]


async def test_an_address_that_is_none_fails_and_closes_nothing(site: Site, watching) -> None:
    site.pages["/page"] = "Counting goes on."
    at = await watching()
    for number, url in enumerate(ODD_ADDRESSES):
        polled = await at.poll(source(url, f"odd {number}"))
        assert polled.outcome is Outcome.FAILED and polled.reason, url
    assert (await at.poll(source(site.url()))).outcome in SOUND


async def test_forty_hung_sources_delay_nobody(site: Site, watching) -> None:
    site.handlers |= {f"/hung{number}": hanging for number in range(40)}
    site.pages |= {f"/good{number}": "Counting goes on." for number in range(10)}
    at = await watching(timeout=30)
    for number in range(40):
        assert at.watch.poll(*_of(source(site.url(f"/hung{number}"), f"hung {number}")))
    for _ in range(3):
        for number in range(10):
            assert at.watch.poll(*_of(source(site.url(f"/good{number}"), f"good {number}")))
        polled = [await at.next() for _ in range(10)]
        assert {p.source.name for p in polled} == {f"good {number}" for number in range(10)}
        assert max(p.took for p in polled) < 2
    assert at.watch.in_flight == 40


async def test_a_source_has_one_poll_under_way_and_each_poll_one_outcome(site: Site, watching) -> None:
    site.handlers["/hung"] = hanging
    at = await watching(timeout=0.4)
    assert at.watch.poll(*_of(source(site.url("/hung"))))
    assert not at.watch.poll(*_of(source(site.url("/hung"))))
    assert (await at.next()).outcome is Outcome.FAILED
    assert len(at.got) == 1 and at.watch.in_flight == 0


def _of(wanted: Source) -> tuple[Race, Source]:
    return RACE, wanted
