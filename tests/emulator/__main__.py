"""``python -m tests.emulator``: what ``tallywire dev telegram`` serves, without the command line."""

import argparse
import asyncio

from tests.emulator.emulator import TOKEN
from tests.emulator.standalone import serve


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--flood", action="store_true", help="hold the bot to Telegram's limits")
    given = parser.parse_args()
    asyncio.run(serve(given.host, given.port, given.token, flood=given.flood, say=print))


if __name__ == "__main__":
    main()
