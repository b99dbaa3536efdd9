"""The server: one bot's token, its methods over HTTP, the people around it."""

import asyncio
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.emulator.errors import ApiError, Json, not_found, unauthorized
from tests.emulator.faults import Faults
from tests.emulator.flood import Flood
from tests.emulator.params import Params, read
from tests.emulator.people import PATIENCE, Person, Room
from tests.emulator.updates import Updates
from tests.emulator.world import Chat, Seen, User, World

TOKEN = "123456:" + "A" * 35
LARGEST = 60 * 1024 * 1024


@dataclass(frozen=True)
class Call:
    """One call as it arrived; ``at`` is on the loop's clock, ``code`` what was answered (0: nothing)."""

    method: str
    values: dict[str, Any]
    at: float
    code: int


class Emulator:
    """``async with Emulator() as telegram``: ``telegram.url`` is the server, ``telegram.token`` the bot's.

    ``flood`` holds the bot to Telegram's limits; ``latency`` is added to each
    answer in seconds; ``any_token`` lets every well-formed token in.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        flood: bool = False,
        latency: float = 0.0,
        any_token: bool = False,
        plain_webhooks: bool = True,
    ) -> None:
        self.token = token
        self.any_token = any_token
        self.plain_webhooks = plain_webhooks
        self.latency = latency
        bot = User(int(token.split(":", maxsplit=1)[0]), "Tallywire", None, "tallywire_bot", is_bot=True)
        self.world = World(bot, users={bot.id: bot})
        self.updates = Updates(self.happened)
        self.faults = Faults()
        self.menus: dict[tuple[str, str], list[Json]] = {}
        self.taps: dict[str, asyncio.Future[str | None]] = {}
        self.inline: dict[str, asyncio.Future[list[Json]]] = {}
        self.calls: list[Call] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self.url = ""
        self._flood_wanted = flood
        self.flood: Flood | None = None
        self._changed = asyncio.Condition()
        self._notices: set[asyncio.Task[None]] = set()
        self._hook: asyncio.Task[None] | None = None
        self._runner: web.AppRunner | None = None
        self._ids = itertools.count(1)

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> Self:
        """Listen; ``port`` 0 takes any free one."""
        from tests.emulator.page import routes

        if self._flood_wanted:
            self.flood = Flood(asyncio.get_running_loop().time)
        app = web.Application(client_max_size=LARGEST)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_routes(routes(self))
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"
        return self

    async def stop(self) -> None:
        """Stop listening; polls under way are cut."""
        self.unhook()
        if self._runner is not None:
            await self._runner.cleanup()

    # ---- people

    def person(self, name: str = "Anna", language: str | None = "en", *, started: bool = False) -> Person:
        """Somebody new; who has not started the bot can't be written to."""
        user = User(next(self._ids) + 1000, name, language)
        chat = Chat(user.id, "private", person=user, bot_status="member" if started else "none")
        self.world.users[user.id] = user
        self.world.chats[chat.id] = chat
        return Person(self, user, chat)

    def room(
        self,
        kind: str = "supergroup",
        title: str = "Newsroom",
        *,
        admins: Sequence[Person] = (),
        members: Sequence[Person] = (),
        bot: str = "member",
        topics: dict[int, str] | None = None,
        username: str | None = None,
    ) -> Room:
        """A group, supergroup or channel with its people; ``bot`` is the bot's own status in it."""
        number = next(self._ids)
        chat_id = -number - 5000 if kind == "group" else -1001000000000 - number
        chat = Chat(chat_id, kind, title, username, bot_status=bot, topics=topics)
        chat.members = {p.user.id: (p.user, "member") for p in members}
        chat.members |= {p.user.id: (p.user, "administrator") for p in admins}
        self.world.chats[chat.id] = chat
        return Room(self, chat)

    def upgrade(self, group: Room, *, told: bool = True) -> Room:
        """Make a group a supergroup; ``told`` says whether the bot hears of it by an update."""
        old = group.chat
        new = self.room("supergroup", old.title or "", bot=old.bot_status)
        new.chat.members = dict(old.members)
        old.migrated_to = new.id
        by = next((user for user, _ in old.members.values()), self.world.bot)
        message = self.world.write(old, by, "", service={"migrate_to_chat_id": new.id})
        if told:
            self.tell("message", self.world.message_json(old, message))
        return new

    def membership(self, chat: Chat, by: User, status: str) -> None:
        """The bot's own place in a chat changes; it is told by ``my_chat_member``."""
        from tests.emulator.methods.chats import member_json

        old, chat.bot_status = chat.bot_status, status
        change = {"old_chat_member": old if old != "none" else "left", "new_chat_member": status}
        update: Json = {"chat": chat.json(), "from": by.json(), "date": 1}
        update |= {key: member_json(self.world.bot, value) for key, value in change.items()}
        self.tell("my_chat_member", update)

    # ---- what happens

    def tell(self, kind: str, content: Json) -> None:
        """An update for the bot."""
        self.updates.put(kind, content)
        self.happened()

    def happened(self) -> None:
        """Wake whoever waits for something to hold."""
        task = asyncio.ensure_future(self._notify())
        self._notices.add(task)
        task.add_done_callback(self._notices.discard)

    async def until(self, holds: Callable[[], object], patience: float = PATIENCE) -> None:
        """Wait until ``holds()``; it is asked whenever anything happened."""
        async with asyncio.timeout(patience), self._changed:
            await self._changed.wait_for(lambda: bool(holds()))

    async def idle(self) -> None:
        """Wait until the bot has confirmed every update, which it does after its answers."""
        await self.until(lambda: self.updates.waiting == 0 and not self.in_flight)

    def photo(self, key: str) -> bytes | None:
        """The bytes of a picture that was sent before, by its file id."""
        every = (message for chat in self.world.chats.values() for message in chat.messages)
        return next((m.photo for m in every if m.photo is not None and f"photo{m.id}" == key), None)

    def check_flood(self, chat: Chat) -> None:
        """Refuse what is too fast, where limits are on."""
        if self.flood is not None:
            self.flood.check(chat)

    def sent(self, chat_id: int | None = None) -> list[Seen]:
        """Every message of the bot that stands in a chat (None: in all)."""
        chats = [self.world.chats[chat_id]] if chat_id is not None else list(self.world.chats.values())
        return [message for chat in chats for message in chat.messages if message.by is self.world.bot]

    # ---- webhooks

    def hook(self, url: str, secret: str) -> None:
        """Deliver updates to ``url`` from now on."""
        self.unhook()
        self.updates.webhook = {"url": url, "secret": secret}
        self._hook = asyncio.create_task(self._deliver(url, secret))

    def unhook(self) -> None:
        """Back to getUpdates."""
        self.updates.webhook = None
        if self._hook is not None:
            self._hook.cancel()
            self._hook = None

    async def _deliver(self, url: str, secret: str) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        async with aiohttp.ClientSession(headers=headers) as session:
            while True:
                await self.updates.arrival()
                try:
                    async with session.post(url, json=self.updates.pop()) as answer:
                        answer.raise_for_status()
                except aiohttp.ClientError:
                    await asyncio.sleep(0.2)
                    continue
                self.updates.confirmed()
                self.happened()

    # ---- HTTP

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method, token = request.match_info["method"], request.match_info["token"]
        at = asyncio.get_running_loop().time()
        response: web.StreamResponse | None = None
        counts = method.lower() != "getupdates"
        self.in_flight += counts
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        params = Params({})
        try:
            self._authorize(token)
            params = await read(request)
            response = await self._call(request, method, params)
        except ApiError as error:
            response = web.json_response(error.body(), status=error.code)
        finally:
            self.in_flight -= counts
            self.calls.append(Call(method, params.values, at, response.status if response else 0))
            self.happened()
        return response

    async def _call(self, request: web.Request, method: str, params: Params) -> web.StreamResponse:
        from tests.emulator.methods import METHODS

        function = METHODS.get(method.lower())
        if function is None:
            raise not_found()
        fault = self.faults.next(method, params.text("chat_id"))
        if fault and (instead := await fault.before(request)):
            return instead
        answer: Json = {"ok": True, "result": await function(self, params)}
        if self.latency and method.lower() != "getupdates":
            await asyncio.sleep(self.latency)
        if fault and (instead := await fault.after(request, answer)):
            return instead
        return web.json_response(answer)

    def _authorize(self, token: str) -> None:
        number, _, secret = token.partition(":")
        if not number.isdigit() or not secret:
            raise not_found()
        if token != self.token and not self.any_token:
            raise unauthorized()

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()
