"""Updates by webhook: with the secret they are answered, without it nobody gets in."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.app import TelegramBot
from bot.outcome import Sent
from bot.webhook import Webhook, webhook
from storage import Chat, Store
from tally.errors import ConfigError
from tally.race import Race
from tests.bot.conftest import NOW, make_event
from tests.emulator import Emulator

TOKEN = "123:abc"


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
async def hooked(
    telegram: Emulator, tmp_path: Path, races: dict[str, Race], port: int
) -> AsyncIterator[Webhook]:
    hook = Webhook(f"http://127.0.0.1:{port}/hook", "s3cret", "127.0.0.1", port)
    with Store(tmp_path / "hook.db", clock=lambda: NOW) as store:
        bot = TelegramBot(telegram.token, store, races, lambda: NOW, telegram.url, wait=0.01, hook=hook)
        await bot.start()
        await telegram.until(lambda: telegram.updates.webhook)
        yield hook
        await bot.stop()


async def test_what_is_said_is_answered(telegram: Emulator, hooked: Webhook) -> None:
    anna = telegram.person("Anna")
    anna.sends("/follow harbour")
    assert "You follow Harbour City mayor." in (await anna.chat.next()).text
    assert telegram.updates.polls == 0


@pytest.mark.parametrize("secret", [None, "", "guess", "s3cre\u0442"])
async def test_without_the_secret_nobody_gets_in(
    telegram: Emulator, hooked: Webhook, secret: str | None
) -> None:
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(hooked.url, json={"update_id": 1}, headers=headers) as answer,
    ):
        assert answer.status == 403


async def test_garbage_with_the_secret_breaks_nothing(telegram: Emulator, hooked: Webhook) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": hooked.secret}
    async with aiohttp.ClientSession(headers=headers) as session:
        for body, status in ((b"{", 400), (b"[]", 400), (b'{"update_id": "x", "message": 3}', 200)):
            async with session.post(hooked.url, data=body) as answer:
                assert answer.status == status
    anna = telegram.person("Anna")
    anna.sends("/help")
    assert "/races" in (await anna.chat.next()).text


def test_long_polling_is_the_default() -> None:
    assert webhook({}) is None


def test_it_is_configured_by_its_address_and_the_secret_is_made_where_none_is_given() -> None:
    made = webhook({"TELEGRAM_WEBHOOK_URL": "https://bot.example/hook"})
    assert made is not None
    assert (made.host, made.port) == ("127.0.0.1", 8080)
    assert len(made.secret) == 64
    given = {"TELEGRAM_WEBHOOK_URL": "https://bot.example/", "TELEGRAM_WEBHOOK_LISTEN": "0.0.0.0:8443"}
    again = webhook({**given, "TELEGRAM_WEBHOOK_SECRET": "own_one-1"})
    assert again == Webhook("https://bot.example/", "own_one-1", "0.0.0.0", 8443)


def test_a_secret_that_is_made_can_be_had_from_nothing_that_is_known() -> None:
    setting = {"TELEGRAM_WEBHOOK_URL": "https://bot.example/hook", "TELEGRAM_TOKEN": TOKEN}
    made = [webhook(setting) for _ in range(2)]
    assert made[0] != made[1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"TELEGRAM_WEBHOOK_URL": "bot.example"},
        {"TELEGRAM_WEBHOOK_LISTEN": "8080x"},
        {"TELEGRAM_WEBHOOK_SECRET": "with blank"},
    ],
)
def test_a_setting_nobody_can_read_is_told(wrong: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match=next(iter(wrong))):
        webhook({"TELEGRAM_WEBHOOK_URL": "https://bot.example/", **wrong})


async def test_an_address_that_is_taken_is_told_in_a_sentence_and_the_alerts_go_on(
    telegram: Emulator, tmp_path: Path, races: dict[str, Race], caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as taken, Store(tmp_path / "taken.db", clock=lambda: NOW) as store:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        hook = Webhook(f"http://127.0.0.1:{port}/hook", "s3cret", "127.0.0.1", port)
        bot = TelegramBot(telegram.token, store, races, lambda: NOW, telegram.url, wait=0.01, hook=hook)
        await bot.start()
        await telegram.until(lambda: telegram.menus)
        async with asyncio.timeout(5):
            while "TELEGRAM_WEBHOOK_LISTEN" not in caplog.text:  # noqa: ASYNC110 - only the log tells
                await asyncio.sleep(0.005)
        anna = telegram.person("Anna", started=True)
        chat = Chat(1, "telegram", str(anna.chat.id))
        assert isinstance(await bot.channel.send(chat, make_event(), races["harbour"]), Sent)
        await bot.stop()


def test_the_bot_is_made_from_its_settings(tmp_path: Path, races: dict[str, Race]) -> None:
    with Store(tmp_path / "made.db", clock=lambda: NOW) as store:
        settings = {"TALLYWIRE_OPERATORS": "11", "TALLYWIRE_CHANNELS": "@results=harbour"}
        assert TelegramBot.configured(settings, store, races, lambda: NOW) is None
        assert TelegramBot.configured({**settings, "TELEGRAM_TOKEN": "1:a"}, store, races, lambda: NOW)
        chats = {chat.address: chat for chat in store.chats("telegram")}
        assert chats["11"].operator
        assert chats["@results"].kind == "channel"
