"""The emulator by itself: it says where it is, who is there, and ends when it is told to."""

import asyncio
import re

import aiohttp

from tests.emulator.standalone import serve


async def test_people_a_group_and_a_channel_are_there_from_the_start() -> None:
    said: list[str] = []
    end = asyncio.Event()
    serving = asyncio.create_task(serve(port=0, say=said.append, until=end))
    async with asyncio.timeout(5):
        while len(said) < 2:  # noqa: ASYNC110 - it has no other way to tell
            await asyncio.sleep(0.005)
    url = said[0].removeprefix("The chats: ")
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as page:
            listed = await page.text()
        names = re.findall(r"<b>([^<]+)</b><small>", listed)
        assert names[1:] == ["Anna", "Deniz", "Lucía", "Newsroom", "Results"]
        for link in re.findall(r'href="(/chat/[^"]+)"', listed):
            async with session.get(url.rstrip("/") + link) as page:
                assert page.status == 200
        async with session.post(url + "people", data={"name": "Ece", "language": "tr"}) as page:
            assert "private, tr" in await page.text()
    end.set()
    await serving


async def test_any_token_is_let_in_and_said() -> None:
    said: list[str] = []
    serving = asyncio.create_task(serve(port=0, token="7:own", say=said.append))
    async with asyncio.timeout(5):
        while len(said) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    assert said[1].endswith("TELEGRAM_TOKEN=7:own")
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
