"""Where a peer's web hooks arrive, in a process of its own: it only knows when each came."""

import asyncio
import sys

from aiohttp import web

from bench.child import monotonic, say


async def main() -> None:
    """Serve until stdin closes; any line tells the moments so far, on the machine's monotonic clock."""
    came: list[float] = []

    async def take(request: web.Request) -> web.Response:
        came.append(monotonic())
        await request.read()
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    say(url=f"http://127.0.0.1:{runner.addresses[0][1]}/")
    while await asyncio.to_thread(sys.stdin.readline):
        say(came=came)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
