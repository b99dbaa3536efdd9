"""Nobody's page may make the watch reach into the operator's own network."""

import ipaddress
import socket

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from spider_site import Site, answering
from spider_watching import source

from scrapers.spiders.guard import AddressGuard
from tally.capture import Outcome

SOUND = (Outcome.READ, Outcome.NOTHING)

PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.1.1",
    "169.254.169.254",
    "0.0.0.0",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "168.63.129.16",
    "198.18.0.1",
    "203.0.113.5",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.88.99.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2001:db8::1",
    "2001:0:7f00:1::1",
    "100::1",
]
PUBLIC = [
    "93.184.216.34",
    "8.8.8.8",
    "172.32.0.1",
    "100.128.0.1",
    "2606:2800:220:1::1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert "not a public address" in (AddressGuard().refusal(address, 80) or "")


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address: str) -> None:
    assert AddressGuard().refusal(address, 443) is None


@given(st.ip_addresses(v=4))
def test_no_way_of_writing_an_address_in_ipv6_gets_past(address: ipaddress.IPv4Address) -> None:
    guard, number = AddressGuard(), int(address)
    plain = guard.refusal(str(address), 80) is None
    for prefix in ("::ffff:0:0", "64:ff9b::"):
        wrapped = ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | number)
        assert (guard.refusal(str(wrapped), 80) is None) == plain


@pytest.mark.parametrize(
    ("entry", "address", "port", "allowed"),
    [
        ("127.0.0.1", "127.0.0.1", 8000, True),
        ("127.0.0.1:8000", "127.0.0.1", 8000, True),
        ("127.0.0.1:8000", "127.0.0.1", 8001, False),
        ("127.0.0.1:8000", "::ffff:127.0.0.1", 8000, True),
        ("127.0.0.1:8000", "127.0.0.2", 8000, False),
        ("10.0.0.0/8", "10.9.8.7", 80, True),
        ("10.0.0.0/8", "192.168.0.1", 80, False),
        ("[::1]:8000", "::1", 8000, True),
        ("[::1]:8000", "::1", 80, False),
        ("::1", "::1", 80, True),
        ("newsroom", "172.18.0.2", 80, False),  # a name says nothing until it was resolved
    ],
)
def test_what_the_operator_allows_is_allowed_and_no_more(
    entry: str, address: str, port: int, allowed: bool
) -> None:
    assert (AddressGuard([entry]).refusal(address, port) is None) == allowed


def test_an_allowed_name_allows_what_it_resolves_to() -> None:
    guard = AddressGuard(["newsroom:8000"])
    guard.learn("newsroom", 8000, ["172.18.0.2"])
    guard.learn("elsewhere", 8000, ["172.18.0.3"])
    guard.learn("newsroom", 22, ["172.18.0.4"])
    assert guard.refusal("172.18.0.2", 8000) is None
    assert guard.refusal("172.18.0.2", 22)
    assert guard.refusal("172.18.0.3", 8000)
    assert guard.refusal("172.18.0.4", 22)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "127.1", "0x7f.1", "[::ffff:127.0.0.1]", "[::1]", "0"]
)
async def test_no_way_of_writing_loopback_is_connected_to(site: Site, watching, host: str) -> None:
    site.pages["/page"] = "secret"
    at = await watching(allow_hosts=[])
    polled = await at.poll(source(site.url(host=host)))
    assert polled.outcome is Outcome.FAILED and polled.capture is None
    assert site.asked == []


async def test_a_redirect_into_the_network_is_not_followed(site: Site, watching) -> None:
    async with Site({"/admin": "secret"}) as inner:
        site.handlers["/page"] = answering(302, Location=inner.url("/admin"))
        at = await watching(allow_hosts=[f"127.0.0.1:{site.port}"])
        polled = await at.poll(source(site.url()))
        assert polled.outcome is Outcome.FAILED and "127.0.0.1 is not a public address" in polled.reason
        assert inner.asked == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/plain,x", "//"])
async def test_a_redirect_to_something_else_than_the_web_is_not_followed(site, watching, target: str) -> None:
    site.handlers["/page"] = answering(302, Location=target)
    at = await watching()
    polled = await at.poll(source(site.url()))
    assert polled.outcome is Outcome.FAILED and polled.page is None


async def test_redirects_are_followed_to_the_page_but_not_for_ever(site: Site, watching) -> None:
    async def again(request: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": f"/loop?{len(site.asked)}"})

    site.handlers |= {"/page": answering(307, Location="/final"), "/loop": again}
    site.pages["/final"] = "Counting goes on."
    at = await watching()
    polled = await at.poll(source(site.url()))
    assert polled.outcome in SOUND
    assert (polled.capture.url, polled.capture.final_url) == (site.url(), site.url("/final"))
    polled = await at.poll(source(site.url("/loop"), "loop"))
    assert (polled.outcome, polled.reason) == (Outcome.FAILED, "it redirects too often")
    assert site.hits("/loop") == 6


async def test_a_name_that_changes_its_mind_gets_nowhere(site: Site, watching, monkeypatch) -> None:
    """DNS rebinding: public when it is looked at, private when it is connected to."""
    site.pages["/page"] = "secret"
    at = await watching(allow_hosts=["news.example"])
    real = socket.getaddrinfo
    answers = iter(["127.0.0.1", "127.0.0.1"])

    def getaddrinfo(host, port, *rest, **more):
        return real(next(answers) if host in ("news.example", "evil.example") else host, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert (await at.poll(source(site.url(host="news.example")))).outcome in SOUND
    asked = len(site.asked)
    other = site.url(host="evil.example").replace(str(site.port), str(site.port + 1))
    polled = await at.poll(source(other, "evil"))
    assert polled.outcome is Outcome.FAILED and "not a public address" in polled.reason
    assert len(site.asked) == asked


async def test_a_host_with_a_private_and_a_public_address_is_reached_by_the_public_one_only(
    site: Site, watching, monkeypatch
) -> None:
    site.pages["/page"] = "Counting goes on."
    at = await watching(allow_hosts=["127.0.0.1"])
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *rest, **more):
        if host != "both.example":
            return real(host, port, *rest, **more)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in ("127.0.0.2", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    polled = await at.poll(source(site.url(host="both.example")))
    assert polled.outcome in SOUND
