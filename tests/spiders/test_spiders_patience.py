"""Backoff, breaker and Retry-After: who is in trouble is left alone, and asked again in time."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response
from spider_site import Site, answering
from spider_watching import RACE, source

from scrapers.spiders.cadence import Facts
from scrapers.spiders.memory import Breaker
from scrapers.spiders.retry_after import seconds_to_wait
from tally.capture import Outcome

SOUND = (Outcome.READ, Outcome.NOTHING)
NOW = datetime(2031, 5, 4, 20, tzinfo=UTC)


def test_one_failure_waits_for_its_next_turn_and_no_longer() -> None:
    breaker = Breaker()
    breaker.bad(1000.0, 30.0)
    assert not breaker.holds(1000.0)


def test_each_further_failure_waits_twice_as_long_up_to_a_cap() -> None:
    breaker, waits = Breaker(), []
    now = 1000.0
    for _ in range(7):
        breaker.bad(now, 30.0)
        waits.append(max(breaker.until - now, 0.0))
        now = max(now, breaker.until)
    assert waits == [0.0, 60.0, 120.0, 240.0, 300.0, 300.0, 300.0]


def test_after_the_wait_one_poll_tries_and_its_failure_waits_again() -> None:
    breaker = Breaker()
    for _ in range(3):
        breaker.bad(1000.0, 5.0)
    assert breaker.holds(1019.9) and not breaker.holds(1020.0)
    breaker.bad(1020.0, 5.0)
    assert breaker.holds(1059.9) and not breaker.holds(1060.0)
    breaker.good()
    breaker.bad(1060.0, 5.0)
    assert not breaker.holds(1060.0), "after a good answer it begins anew"


@given(st.lists(st.booleans(), max_size=40), st.floats(0.1, 3600))
def test_no_source_is_ever_left_alone_for_more_than_five_minutes(answers: list[bool], turn: float) -> None:
    breaker, now = Breaker(), 0.0
    for good in answers:
        now += 1.0
        breaker.good() if good else breaker.bad(now, turn)
        assert breaker.until - now <= 300.0


async def test_a_server_that_breaks_down_is_asked_less_and_is_back_at_once(site: Site, watching) -> None:
    site.handlers["/page"] = answering(503)
    wanted = source(site.url(), cadence=0.02)
    at = await watching()
    for _ in range(5):
        assert (await at.poll_when_let(wanted)).outcome is Outcome.FAILED
    assert not at.watch.poll(RACE, wanted), "it is left alone now"
    del site.handlers["/page"]
    site.pages["/page"] = "Counting goes on."
    assert (await at.poll_when_let(wanted)).outcome in SOUND
    assert (await at.poll(wanted)).outcome is Outcome.UNCHANGED


@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_is_kept_by_that_source_alone(site: Site, watching, status: int) -> None:
    site.handlers["/page"] = answering(status, Retry_After="600")
    site.pages["/other"] = "Counting goes on."
    at = await watching(pace=0.0)
    polled = await at.poll(source(site.url()))
    assert polled.outcome is Outcome.FAILED and str(status) in polled.reason
    assert not at.watch.poll(RACE, source(site.url()))
    assert (await at.poll(source(site.url("/other"), "other"))).outcome in SOUND
    assert site.hits("/page") == 1


async def test_what_a_server_says_of_its_page_is_known_for_the_next_turn(site: Site, watching) -> None:
    site.pages["/page"] = "Counting goes on."
    site.headers |= {"Cache-Control": "public, max-age=120", "Age": "20", "ETag": '"1"'}
    wanted = source(site.url())
    at = await watching()
    assert at.watch.facts(RACE, wanted) == Facts()
    for outcomes in (SOUND, (Outcome.UNCHANGED,)):
        assert (await at.poll(wanted)).outcome in outcomes
        # A "not modified" that says nothing of it holds as long as the page did.
        assert 95 < at.watch.facts(RACE, wanted).fresh <= 100
    site.handlers["/page"] = answering(429, Retry_After="600", Cache_Control="max-age=9999")
    await at.poll(wanted)
    facts = at.watch.facts(RACE, wanted)
    assert 595 < facts.held <= 600 and facts.fresh <= 100, "a refusal is not to be kept"


async def test_retry_after_ends(site: Site, watching) -> None:
    site.handlers["/page"] = answering(429, Retry_After="1")
    at = await watching()
    await at.poll(source(site.url()))
    del site.handlers["/page"]
    site.pages["/page"] = "Counting goes on."
    assert (await at.poll_when_let(source(site.url()))).outcome in SOUND


def answer(**headers: str) -> Response:
    return Response("http://x.example/", headers={k.replace("_", "-"): v for k, v in headers.items()})


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry_After": "120"}, 120.0),
        ({"Retry_After": " 5 "}, 5.0),
        ({"Retry_After": "0"}, 0.0),
        ({"Retry_After": "99999999999999999999"}, 3600.0),
        ({"Retry_After": "soon"}, None),
        ({"Retry_After": "-5"}, None),
        ({"Retry_After": "Sun, 04 May 2031 20:02:00 GMT"}, 120.0),
        ({"Retry_After": "Sun, 04 May 2031 19:00:00 GMT"}, 0.0),
        # The server's clock is ten years off; what counts is the distance.
        ({"Retry_After": "Mon, 04 May 2020 10:01:00 GMT", "Date": "Mon, 04 May 2020 10:00:00 GMT"}, 60.0),
    ],
)
def test_retry_after_is_read_in_seconds(headers: dict[str, str], seconds: float | None) -> None:
    assert seconds_to_wait(answer(**headers), NOW) == seconds
