"""``python -m tests.emulator --port 8081``: a Telegram to try the bot with, no account needed."""

import argparse
import asyncio

from tests.emulator.emulator import TOKEN, Emulator


async def serve(port: int, token: str, flood: bool) -> None:
    """Until it is interrupted."""
    telegram = Emulator(token, flood=flood, any_token=True)
    await telegram.start(port=port)
    anna = telegram.person("Anna")
    print(f"TELEGRAM_API_URL={telegram.url} TELEGRAM_TOKEN={token}", flush=True)
    print(f"Anna's chat: {telegram.url}/chat/{anna.chat.id}", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await telegram.stop()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--flood", action="store_true", help="hold the bot to Telegram's limits")
    given = parser.parse_args()
    asyncio.run(serve(given.port, given.token, given.flood))


if __name__ == "__main__":
    main()
