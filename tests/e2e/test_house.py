"""The service as its settings build it: what looks after it is at work."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer

from cli.house import House
from storage import Backups
from tests.emulator import Emulator


async def until(holds: Callable[[], object]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(90):
        while not holds():  # noqa: ASYNC110 - what is waited for has no event of its own
            await asyncio.sleep(0.02)


async def test_heartbeats_and_backups_go_on_as_they_are_set(tmp_path: Path) -> None:
    called: list[str] = []

    async def switch(request: web.Request) -> web.Response:
        called.append(request.path)
        return web.Response(text="OK")

    app = web.Application()
    app.router.add_get("/{any:.*}", switch)
    async with Emulator() as telegram, TestServer(app) as server:
        room = telegram.person("Anna", started=True)
        settings = {
            "TELEGRAM_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "TALLYWIRE_ALLOW_HOSTS": "127.0.0.1",
            "TALLYWIRE_HEARTBEAT_URL": str(server.make_url("/ping/7d1f")),
            "TALLYWIRE_HEARTBEAT_EVERY": "1s",
            "TALLYWIRE_HEARTBEAT_CHAT": str(room.chat.id),
            "TALLYWIRE_HEARTBEAT_CHAT_EVERY": "1s",
            "TALLYWIRE_BACKUP_EVERY": "1s",
        }
        with House([], tmp_path, settings) as house:
            service = house.monitored()
            await service.start()
            await until(lambda: "/ping/7d1f" in called)
            await until(lambda: any("All well. 0 of 0 sources" in seen.text for seen in room.chat.told))
            await until(Backups(tmp_path / "backups", 24).all)
            await service.stop()
        assert "Tallywire, of itself" in room.chat.told[-1].text
