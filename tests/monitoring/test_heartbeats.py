"""The dead man's switch: called while all is well, silent when not, and never at a forbidden address."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from monitoring.heartbeat import ChatHeartbeat, UrlHeartbeat
from monitoring.monitor import Monitor
from scrapers.spiders.connector import guarded_connector
from storage import Store
from tests.monitoring.conftest import Seconds, poll

SECRET = "ping/7d1f3c9a"


class Switch:
    """Whoever waits for the calls."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.status = 200
        self.called = asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        self.calls.append(request.path)
        self.called.set()
        headers = {"Location": "/elsewhere"} if self.status == 302 else {}
        return web.Response(status=self.status, headers=headers)

    async def next(self) -> None:
        self.called.clear()
        await asyncio.wait_for(self.called.wait(), 10)


@pytest.fixture
async def switch() -> AsyncIterator[tuple[Switch, str]]:
    made, app = Switch(), web.Application()
    app.router.add_get("/{any:.*}", made.answer)
    async with TestServer(app) as server:
        yield made, str(server.make_url(f"/{SECRET}"))


def beating(url: str, *, well: bool = True, allow: str = "127.0.0.1") -> asyncio.Task[None]:
    every = timedelta(seconds=0.02)
    beat = UrlHeartbeat(url, every, well=lambda: well, connector=lambda: guarded_connector([allow]))
    return asyncio.create_task(beat.run())


async def until(holds: Callable[[], object]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - what is waited for has no event of its own
            await asyncio.sleep(0.01)


async def end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_it_is_called_again_and_again_while_all_is_well(switch: tuple[Switch, str]) -> None:
    made, url = switch
    task = beating(url)
    for _ in range(3):
        await made.next()
    await end(task)
    assert set(made.calls) == {f"/{SECRET}"}


async def test_it_is_not_called_when_something_is_wrong(switch: tuple[Switch, str]) -> None:
    made, url = switch
    task = beating(url, well=False)
    await asyncio.sleep(0.2)
    await end(task)
    assert made.calls == []


async def test_an_address_of_the_own_network_is_refused_unless_it_is_allowed(
    switch: tuple[Switch, str], caplog: pytest.LogCaptureFixture
) -> None:
    made, url = switch
    task = beating(url, allow="10.0.0.0/8")
    await until(lambda: "can't be called" in caplog.text)
    await end(task)
    assert made.calls == []
    assert "not a public address" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_what_is_no_yes_is_told_once_and_the_calls_go_on(
    switch: tuple[Switch, str], caplog: pytest.LogCaptureFixture, status: int
) -> None:
    made, url = switch
    made.status = status
    task = beating(url)
    for _ in range(3):
        await made.next()
    made.status = 200
    await until(lambda: "can be called again" in caplog.text)
    await end(task)
    assert caplog.text.count("can't be called") == 1
    assert f"it answers {status}" in caplog.text
    assert "/elsewhere" not in made.calls


async def test_nobody_at_the_address_is_told_without_the_address(caplog: pytest.LogCaptureFixture) -> None:
    task = beating(f"http://127.0.0.1:9/{SECRET}")
    await until(lambda: "can't be called" in caplog.text)
    await end(task)
    assert SECRET not in caplog.text


async def test_a_chat_is_told_how_it_does(store: Store, monitor: Monitor, seconds: Seconds) -> None:
    poll(store, monitor)
    said: list[str] = []
    every = timedelta(seconds=0.01)
    task = asyncio.create_task(ChatHeartbeat(every, summary=monitor.summary, say=said.append).run())
    await until(lambda: said)
    seconds.on(minutes=7)
    said.clear()
    await until(lambda: said)
    await end(task)
    assert said[-1] == (
        "Not well: the last good poll was 420 s ago. 2 of 2 sources can be read, 0 messages are waiting."
    )
