"""The emulator by itself: people, a group and a channel to try the bot with, each on a page."""

import asyncio
from collections.abc import Callable

from tests.emulator.emulator import TOKEN, Emulator


def populate(telegram: Emulator) -> None:
    """Who is there from the start: readers of three languages, a group with an admin, a channel."""
    anna = telegram.person("Anna", "en")
    telegram.person("Deniz", "tr")
    telegram.person("Lucía", "es")
    telegram.room("supergroup", "Newsroom", admins=[anna], bot="administrator")
    telegram.room("channel", "Results", admins=[anna], bot="administrator", username="results")


async def serve(
    host: str = "127.0.0.1",
    port: int = 8081,
    token: str = TOKEN,
    *,
    flood: bool = False,
    say: Callable[[str], object] = print,
    until: asyncio.Event | None = None,
) -> None:
    """Serve until ``until`` is set or the task is cancelled; ``say`` is told where to look."""
    telegram = Emulator(token, flood=flood, any_token=True)
    await telegram.start(host, port)
    populate(telegram)
    say(f"The chats: {telegram.url}/")
    say(f"For the bot: TELEGRAM_API_URL={telegram.url} TELEGRAM_TOKEN={token}")
    try:
        await (until or asyncio.Event()).wait()
    finally:
        await telegram.stop()
