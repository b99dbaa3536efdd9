from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from spider_site import Site
from spider_watching import Watching


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as running:
        yield running


@pytest.fixture
async def watching() -> AsyncIterator[Callable[..., Awaitable[Watching]]]:
    """Starts a watch with options; all are stopped at the end."""
    async with AsyncExitStack() as stack:

        async def start(**options: Any) -> Watching:
            begun = Watching(**options)
            await begun.watch.start()
            stack.push_async_callback(begun.watch.stop)
            return begun

        yield start
