"""What is wrong with Telegram is told in a sentence, and the bot goes on."""

import asyncio
import logging

import pytest

from bot.app import TelegramBot
from storage import Store
from tally.race import Race
from tests.bot.conftest import NOW, Night
from tests.emulator import DropBefore, Emulator, Garbage, Status


def made(telegram: Emulator, store: Store, races: dict[str, Race], token: str | None = None) -> TelegramBot:
    return TelegramBot(token or telegram.token, store, races, lambda: NOW, telegram.url, wait=0.01)


async def test_a_wrong_token_is_told_and_start_does_not_raise(
    telegram: Emulator, store: Store, races: dict[str, Race], caplog: pytest.LogCaptureFixture
) -> None:
    token = "123456:" + "wrong" * 7
    bot = made(telegram, store, races, token)
    await bot.start()
    await telegram.until(lambda: len(telegram.calls) >= 2)  # it tries again
    assert bot.trouble is not None
    assert "does not know this bot's token" in bot.trouble
    assert caplog.text.count("does not know this bot's token") == 1
    assert token not in caplog.text
    await bot.stop()


async def test_a_telegram_that_is_away_is_waited_for(
    telegram: Emulator, store: Store, races: dict[str, Race]
) -> None:
    telegram.faults.order(Status(502), method="getMe", times=2)
    telegram.faults.order(DropBefore(), method="getUpdates")
    telegram.faults.order(Garbage(), method="getUpdates")
    bot = made(telegram, store, races)
    await bot.start()
    anna = telegram.person("Anna")
    anna.sends("/help")
    assert "/races" in (await anna.chat.next()).text
    await bot.stop()


async def test_a_second_process_with_the_token_is_told_in_a_sentence(
    night: Night, store: Store, races: dict[str, Race]
) -> None:
    await night.telegram.until(lambda: night.telegram.updates.polls)
    other = made(night.telegram, store, races)
    await other.start()
    await night.telegram.until(lambda: night.bot.trouble or other.trouble)
    assert "Another process listens with the same bot token" in str(night.bot.trouble or other.trouble)
    await other.stop()
    anna = night.telegram.person("Anna")
    anna.sends("/help")
    await anna.chat.next()


async def test_a_webhook_left_behind_is_taken_away(
    telegram: Emulator, store: Store, races: dict[str, Race]
) -> None:
    telegram.updates.webhook = {"url": "https://old.example/hook"}
    bot = made(telegram, store, races)
    await bot.start()
    anna = telegram.person("Anna")
    anna.sends("/help")
    await anna.chat.next()
    await bot.stop()


async def test_a_menu_that_can_not_be_written_keeps_nobody_from_listening(
    telegram: Emulator, store: Store, races: dict[str, Race]
) -> None:
    telegram.faults.order(Status(404, "Not Found"), method="setMyCommands", times=10)
    bot = made(telegram, store, races)
    await bot.start()
    anna = telegram.person("Anna")
    anna.sends("/help")
    await anna.chat.next()
    await bot.stop()


async def test_the_token_stands_in_no_log(night: Night, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = night.telegram.token
    logging.getLogger("anything").warning("calling %s", f"https://api.telegram.org/bot{token}/getMe")
    error = RuntimeError(f"no route to /bot{token}/sendMessage")
    logging.getLogger("anything").error("it broke", exc_info=error)
    anna = night.telegram.person("Anna")
    anna.sends("/help")
    await anna.chat.next()
    assert "[token]" in caplog.text
    assert token not in caplog.text


async def test_stopping_leaves_no_task_behind(
    telegram: Emulator, store: Store, races: dict[str, Race]
) -> None:
    bot = made(telegram, store, races)
    await bot.start()
    await telegram.until(lambda: telegram.updates.polls)
    await bot.stop()
    await bot.stop()
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "telegram bot"]


async def test_a_command_that_was_not_answered_before_a_crash_is_answered_by_the_next_start(
    telegram: Emulator, store: Store, races: dict[str, Race]
) -> None:
    anna = telegram.person("Anna")
    anna.sends("/help")
    bot = made(telegram, store, races)
    await bot.start()
    await anna.chat.next()
    await bot.stop()


async def test_what_was_answered_is_not_answered_again_by_the_next_start(
    telegram: Emulator, store: Store, races: dict[str, Race]
) -> None:
    anna = telegram.person("Anna")
    first, second = made(telegram, store, races), made(telegram, store, races)
    await first.start()
    anna.sends("/help")
    await anna.chat.next()
    await first.stop()
    assert telegram.updates.waiting == 0
    await second.start()
    anna.sends("/stop")
    assert "Stopped" in (await anna.chat.next()).text
    await second.stop()


async def test_a_server_that_does_not_hold_the_poll_is_not_hammered(
    telegram: Emulator, store: Store, races: dict[str, Race]
) -> None:
    telegram.updates.longest_poll = 0
    bot = made(telegram, store, races)
    await bot.start()
    await telegram.until(lambda: telegram.updates.polls >= 3)
    await bot.stop()
    polls = [call.at for call in telegram.calls if call.method == "getUpdates"]
    assert polls[1] - polls[0] >= 0.2
