"""Apprise, the real one, against a real server of ours."""

import importlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from night_facts import RACE, event, headline

from bot.channels import apprise as apprise_channel
from bot.channels.apprise import URLS, address_of, channel
from bot.outcome import Gone, NotSent, Sent
from storage import Chat
from tally.errors import ConfigError
from tally.event import Level

Came = list[dict[str, Any]]


@pytest_asyncio.fixture
async def server() -> AsyncIterator[tuple[str, Came, Callable[[int], None]]]:
    came: Came = []
    status = [200]

    async def take(request: web.Request) -> web.Response:
        came.append(await request.json())
        return web.Response(status=status[0])

    app = web.Application()
    app.router.add_post("/alerts", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"json://127.0.0.1:{runner.addresses[0][1]}/alerts", came, lambda code: status.__setitem__(0, code)
    await runner.cleanup()


async def test_an_alert_arrives_with_its_headline_as_the_title(server: Any) -> None:
    pytest.importorskip("apprise")
    url, came, _ = server
    way = channel({URLS: url})
    assert way is not None
    news = event("lead", headline=headline(0.2, 51.0), level=Level.URGENT)
    assert await way.send(Chat(1, "apprise", address_of(url)), news, RACE) == Sent("lead")
    assert "Harbour Town, mayor" in came[0]["title"]
    assert "501" in came[0]["message"]
    assert came[0]["type"] == "warning"
    json.dumps(came)


async def test_what_fails_is_tried_again_and_what_was_told_is_not_edited(server: Any) -> None:
    pytest.importorskip("apprise")
    url, came, answer = server
    way = channel({URLS: url})
    assert way is not None
    answer(500)
    chat = Chat(1, "apprise", address_of(url))
    assert isinstance(await way.send(chat, event("lead"), RACE), NotSent)
    assert len(came) == 1
    assert await way.send(chat, event("lead"), RACE, edit_of="lead") == Sent("lead")
    assert len(came) == 1
    assert isinstance(await way.send(Chat(2, "apprise", "nobody"), event("lead"), RACE), Gone)


def test_an_address_that_apprise_does_not_know_is_told_without_its_password() -> None:
    pytest.importorskip("apprise")
    with pytest.raises(ConfigError, match=r"address 2 \(nonsense: …\)") as error:
        channel({URLS: "json://localhost/ nonsense://user:s3cret@host/"})
    assert "s3cret" not in str(error.value)


def test_where_it_is_not_installed_the_operator_hears_how_to(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(ConfigError, match=r"pip install 'tallywire\[apprise\]'"):
        apprise_channel.channel({URLS: "json://localhost/"})
    assert apprise_channel.channel({}) is None
