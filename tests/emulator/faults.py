"""Faults to order: what can go wrong between a bot and Telegram, one at a time."""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

from tests.emulator.errors import ApiError, Json, forbidden, too_many


@dataclass(frozen=True)
class Fault:
    """Goes wrong in its own way: ``before`` the method has done its work, or ``after``."""

    async def before(self, request: web.Request) -> web.StreamResponse | None:
        """An answer instead of the method's work; None lets it go on."""
        return None

    async def after(self, request: web.Request, answer: Json) -> web.StreamResponse | None:
        """An answer instead of the method's own."""
        return None


@dataclass(frozen=True)
class TooMany(Fault):
    """429: nothing was done."""

    retry_after: int = 1

    async def before(self, request: web.Request) -> web.StreamResponse | None:
        raise too_many(self.retry_after)


@dataclass(frozen=True)
class Forbidden(Fault):
    """403: nothing was done."""

    why: str = "bot was blocked by the user"

    async def before(self, request: web.Request) -> web.StreamResponse | None:
        raise forbidden(self.why)


@dataclass(frozen=True)
class Migrate(Fault):
    """The group is a supergroup now: nothing was done."""

    to: int = -1009000000001

    async def before(self, request: web.Request) -> web.StreamResponse | None:
        raise ApiError(
            400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.to
        )


@dataclass(frozen=True)
class Status(Fault):
    """A plain HTTP error of the gateway; nothing was done."""

    code: int = 502
    description: str = "Bad Gateway"

    async def before(self, request: web.Request) -> web.StreamResponse | None:
        raise ApiError(self.code, self.description)


@dataclass(frozen=True)
class DropBefore(Fault):
    """The connection breaks before the server did anything."""

    async def before(self, request: web.Request) -> web.StreamResponse | None:
        return _dropped(request)


@dataclass(frozen=True)
class DropAfter(Fault):
    """The connection breaks after the work was done: the person has the message."""

    async def after(self, request: web.Request, answer: Json) -> web.StreamResponse | None:
        return _dropped(request)


@dataclass(frozen=True)
class Late(Fault):
    """The work was done at once, the answer comes only after ``seconds`` (or when the caller hangs up)."""

    seconds: float = 60

    async def after(self, request: web.Request, answer: Json) -> web.StreamResponse | None:
        await asyncio.sleep(self.seconds)
        return None


@dataclass(frozen=True)
class Garbage(Fault):
    """The work was done, the answer is not JSON."""

    async def after(self, request: web.Request, answer: Json) -> web.StreamResponse | None:
        return web.Response(text="<html>no JSON at all", content_type="text/html")


@dataclass
class Order:
    """A fault for the next ``times`` calls of ``method`` (any), for ``chat`` (any)."""

    fault: Fault
    method: str | None = None
    chat: str | None = None
    times: int = 1


@dataclass
class Faults:
    """The orders, first come, first served."""

    orders: list[Order] = field(default_factory=list)

    def order(
        self, fault: Fault, *, method: str | None = "sendMessage", chat: int | None = None, times: int = 1
    ) -> None:
        """Let the next ``times`` matching calls go wrong."""
        self.orders.append(
            Order(fault, method and method.lower(), None if chat is None else str(chat), times)
        )

    def next(self, method: str, chat: str) -> Fault | None:
        """The fault for this call; it is used up by it."""
        for order in self.orders:
            if order.method in (None, method.lower()) and order.chat in (None, chat):
                order.times -= 1
                if order.times < 1:
                    self.orders.remove(order)
                return order.fault
        return None


def _dropped(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
