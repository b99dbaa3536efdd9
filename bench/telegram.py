"""The tests' Telegram server in a process of its own, with a person for each race."""

import asyncio
import json
import sys

from bench.child import say
from tests.emulator import Emulator


async def main(people: int) -> None:
    """Serve until stdin closes; tell what was sent when asked. Times are on the machine's monotonic clock."""
    async with Emulator() as telegram:
        chats = [telegram.person(f"Reader {n}", started=True).chat.id for n in range(people)]
        say(url=telegram.url, token=telegram.token, chats=chats)
        while line := await asyncio.to_thread(sys.stdin.readline):
            json.loads(line)
            sent = [call for call in telegram.calls if call.method == "sendMessage" and call.code == 200]
            say(sent=[[int(call.values["chat_id"]), call.values["text"], call.at] for call in sent])


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
