"""The spiders stay open whatever happens, and close quickly when they are told to."""

import asyncio
import logging
import threading
import time

from spider_site import Site, hanging
from spider_watching import RACE, Watching, source

from scrapers import parser
from scrapers.parser.kinds import all_kinds
from scrapers.spiders.crew import SPIDERS
from tally.capture import Outcome

SOUND = (Outcome.READ, Outcome.NOTHING)


def test_every_page_kind_has_a_spider_that_gets_it() -> None:
    assert {kind.fetched_by for kind in all_kinds()} <= {spider.name for spider in SPIDERS}


async def test_a_hand_over_that_fails_closes_nothing(site: Site, watching, caplog) -> None:
    site.pages |= {f"/{n}": "Counting goes on." for n in range(5)}
    at = await watching()
    at.refuse = lambda polled: True
    for n in range(5):
        assert (await at.poll(source(site.url(f"/{n}"), str(n)))).outcome in SOUND
    at.refuse = lambda polled: False
    assert (await at.poll(source(site.url("/0"), "0"))).outcome in SOUND
    assert "was not taken in" in caplog.text


async def test_stopping_is_quick_when_idle_and_leaves_nothing_behind(site: Site) -> None:
    before = asyncio.all_tasks()
    at = Watching()
    await at.watch.start()
    site.pages["/page"] = "Counting goes on."
    await at.poll(source(site.url()))
    began = time.monotonic()
    await at.watch.stop()
    assert time.monotonic() - began < 0.9, "it waited for polls that were not there"
    assert asyncio.all_tasks() == before
    assert not at.watch.poll(RACE, source(site.url()))


async def test_stopping_waits_for_no_hung_server(site: Site) -> None:
    before = asyncio.all_tasks()
    site.handlers |= {f"/{n}": hanging for n in range(20)}
    at = Watching(timeout=600)
    await at.watch.start()
    for n in range(20):
        at.watch.poll(RACE, source(site.url(f"/{n}"), str(n)))
    async with asyncio.timeout(10):
        while site.hits("/19") == 0:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await at.watch.stop()
    assert at.got == [], "polls that were cut off say nothing of their sources"
    server_side = {task for task in asyncio.all_tasks() - before if "web_protocol" in repr(task)}
    assert asyncio.all_tasks() - server_side == before


async def test_a_page_that_is_being_read_when_the_end_comes_is_still_taken_in(
    site: Site, monkeypatch
) -> None:
    reading = threading.Event()

    def parse(*_: object) -> parser.Page:
        reading.set()
        time.sleep(1.2)  # longer than polls have to end
        return parser.Page(Outcome.NOTHING)

    monkeypatch.setattr(parser, "parse", parse)
    site.pages["/page"] = "x" * 300_000
    at = Watching()
    await at.watch.start()
    assert at.watch.poll(RACE, source(site.url()))
    await asyncio.to_thread(reading.wait, 5)
    await at.watch.stop()
    assert [p.outcome for p in at.got] == [Outcome.NOTHING]


async def test_stopping_while_the_spiders_are_only_opening_ends(site: Site) -> None:
    at = Watching()
    await at.watch.start()
    async with asyncio.timeout(5):
        await at.watch.stop()


async def test_a_watch_that_was_never_started_stops() -> None:
    async with asyncio.timeout(5):
        await Watching().watch.stop()


async def test_a_spider_that_closed_by_itself_is_opened_again_and_its_polls_have_failed(
    site: Site, watching, caplog, monkeypatch
) -> None:
    monkeypatch.setattr("scrapers.spiders.crew._REOPEN", 0.01)
    site.handlers["/hung"] = hanging
    site.pages["/page"] = "Counting goes on."
    at = await watching(timeout=0.5)
    assert at.watch.poll(RACE, source(site.url("/hung"), "hung"))
    async with asyncio.timeout(5):
        while site.hits("/hung") == 0:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    crew = at.watch._crew
    crawler = next(c for c in crew._runner.crawlers if c.spidercls.name == "article")
    with caplog.at_level(logging.CRITICAL):
        await crawler.stop_async()
    assert (await at.next()).outcome is Outcome.FAILED
    assert (await at.poll(source(site.url()))).outcome in SOUND
    assert "opened again" in caplog.text


async def test_a_poll_that_never_came_back_is_given_up_in_the_end(site: Site, watching, monkeypatch) -> None:
    monkeypatch.setattr("scrapers.spiders.watch._LOST", 0.0)
    site.handlers["/page"] = hanging
    at = await watching(pace=0.0)
    assert at.watch.poll(RACE, source(site.url()))
    assert at.watch.poll(RACE, source(site.url()))
    lost = await at.next()
    assert (lost.outcome, lost.reason) == (Outcome.FAILED, "the poll never came back")
    assert at.watch.in_flight == 1


async def test_polls_of_many_sources_all_come_back_once(site: Site, watching) -> None:
    sources = [source(site.url(f"/{n}"), str(n)) for n in range(60)]
    site.pages |= {f"/{n}": f"Page {n}." for n in range(60)}
    at = await watching()
    for turn in range(3):
        for wanted in sources:
            assert at.watch.poll(RACE, wanted)
        got = [await at.next() for _ in sources]
        assert sorted(p.source.name for p in got) == sorted(s.name for s in sources)
        assert all((p.outcome is Outcome.UNCHANGED) == (turn > 0) for p in got)
    assert len(at.got) == 180 and at.watch.in_flight == 0
