"""``tallywire dev telegram``: the emulator by a command, where the tests are there."""

import asyncio
import re
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import unused_port
from click.testing import CliRunner

from cli import options
from tallywire import main
from tests.e2e.conftest import started, tallywire


async def test_it_serves_a_page_for_each_chat_and_says_what_the_bot_needs() -> None:
    process = await started("dev", "telegram", "--port", "0", "--token", "7:own")
    assert process.stderr is not None
    async with asyncio.timeout(30):
        said = [(await process.stderr.readline()).decode() for _ in range(2)]
    found = re.search(r"http://[\d.:]+/", said[0])
    assert found is not None
    assert said[1].rstrip().endswith("TELEGRAM_TOKEN=7:own")
    async with aiohttp.ClientSession() as session, session.get(found[0]) as page:
        assert "an emulated Telegram" in await page.text()
    process.terminate()
    await process.wait()


async def test_a_port_that_is_taken_is_told_in_a_sentence() -> None:
    port = unused_port()
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", port)
    async with server:
        done = await tallywire("dev", "telegram", "--port", str(port))
    assert done.code == 2
    assert done.err.strip() == f"127.0.0.1:{port} can't be listened on: Address already in use"


def test_without_the_tests_it_says_where_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "HERE", tmp_path)
    done = CliRunner().invoke(main, ["dev", "telegram"])
    assert done.exit_code == 2
    assert "run this in a clone of the source" in done.output
