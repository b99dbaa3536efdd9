"""The bot on the loop that is there: it listens, answers, and never takes the watching down with it.

A wrong token, a second process with the same one, a Telegram that is away:
each is told in a sentence, and tried again. The alerts go through
``channel``, which has connections of its own.
"""

import asyncio
import contextlib
import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.allowance import Allowance
from bot.channels.telegram import API_URL, NAME, TOKEN, TelegramChannel, base_url, connections, make_bot
from bot.doorway import WANTED_UPDATES, Doorway
from bot.enlist import CHANNELS, OPERATORS, appoint, channels
from bot.menu import publish
from bot.pacer import Pacer
from bot.verdict import seconds
from bot.webhook import Porch, Webhook, webhook
from settings.secrets import hide, redact
from storage import Store
from tally.clock import Clock
from tally.errors import ConfigError
from tally.race import Race

log = logging.getLogger(__name__)

POLL = 50  # seconds: the longest getUpdates is held
SHORTEST_POLL = 0.2
AT_ONCE = 8  # chats answered at the same time
ANSWER_TIMEOUT = 10.0  # seconds; a long poll has its own on top
GRACE = 2.0  # seconds that answers under way are given when the bot stops
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds between two tries


class TelegramBot:
    """Commands in, answers out. ``trouble`` is the sentence about what is wrong, None when all is well."""

    def __init__(
        self,
        token: str,
        store: Store,
        races: Mapping[str, Race],
        clock: Clock,
        base_url: str | None = None,
        *,
        wait: float = FIRST_WAIT,
        hook: Webhook | None = None,
    ) -> None:
        """``base_url`` is the server's address (the public one by default); ``wait`` the
        seconds before the first try after a failure, twice as long each time; ``hook``
        has updates delivered instead of asked for.
        """
        hide(token)
        pacer = Pacer(TelegramChannel.PACE)
        self.channel = TelegramChannel(make_bot(token, base_url), pacer)
        self.trouble: str | None = None
        self._bot = _listener(token, base_url)
        self._doorway = Doorway(self._bot, store, races, clock, Allowance(time.monotonic), pacer)
        self._store = store
        self._hook = hook
        self._porch = Porch(hook, self._delivered) if hook else None
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._menus: asyncio.Task[None] | None = None
        self._offset: int | None = None
        self._answering = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._first_wait = self._wait = wait

    @classmethod
    def configured(
        cls, settings: Mapping[str, str], store: Store, races: Mapping[str, Race], clock: Clock
    ) -> "TelegramBot | None":
        """The bot for TELEGRAM_TOKEN, TELEGRAM_API_URL and TELEGRAM_WEBHOOK_URL, with the operators and
        channels that TALLYWIRE_OPERATORS and TALLYWIRE_CHANNELS name; None without a token.

        Raises ConfigError.
        """
        token = settings.get(TOKEN, "").strip()
        appoint(store, settings.get(OPERATORS, ""))
        channels(store, races, settings.get(CHANNELS, ""))
        if not token:
            return None
        return cls(token, store, races, clock, settings.get(API_URL), hook=webhook(settings))

    async def start(self) -> None:
        """Begin to listen, in a task of its own. Never raises: what is wrong is told and tried again."""
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="telegram bot")

    async def stop(self) -> None:
        """Stop listening, tell the server what was answered, and let the connections go."""
        if self._task is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(GRACE), self._answering:
                    self._task.cancel()  # between two answers, if that can be had
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
            if self._porch is not None:
                await self._porch.close()
            await self._confirm()
        if self._menus is not None:
            self._menus.cancel()
            await asyncio.gather(self._menus, return_exceptions=True)
        for bot in (self._bot, self.channel.bot):
            for request in bot._request:
                await request.shutdown()

    async def _confirm(self) -> None:
        """Let the server know what was answered, so that the next start does not answer it again."""
        if self._offset is not None and self.trouble is None:
            with contextlib.suppress(TelegramError):
                await self._bot.get_updates(offset=self._offset, timeout=0, read_timeout=1.0)

    async def _run(self) -> None:
        introduced = False
        while True:
            try:
                if not introduced:
                    await self._introduce()
                    introduced = True
                await (self._wait_on_porch() if self._porch else self._listen())
            except ConfigError as error:
                log.error("%s", error)  # noqa: TRY400 - a sentence is enough
                return
            except TelegramError as error:
                await self._in_trouble(error)
            except Exception:
                log.exception("The bot stumbled and goes on")
                await asyncio.sleep(self._first_wait)

    async def _introduce(self) -> None:
        """Ask who we are, take the updates from any webhook, and write the menu."""
        me = await self._bot.get_me()
        log.info("Telegram knows this bot as @%s", me.username)
        self.channel.username = me.username
        if self._porch is None:
            await self._bot.delete_webhook()
        if self._menus is None or self._menus.done():
            operators = [int(c.address) for c in self._store.chats(NAME) if c.operator]
            self._menus = asyncio.create_task(publish(self._bot, operators), name="telegram menus")

    async def _wait_on_porch(self) -> None:
        """Open the door, tell Telegram where it is, and let updates come."""
        if self._porch is None or self._hook is None:
            return
        await self._porch.close()
        await self._porch.open()
        await self._bot.set_webhook(
            self._hook.url, secret_token=self._hook.secret, allowed_updates=list(WANTED_UPDATES)
        )
        self._all_well()
        await asyncio.Event().wait()

    async def _delivered(self, content: dict[str, object]) -> None:
        """One update that was brought to the door."""
        try:
            update = Update.de_json(content, self._bot)
        except Exception:
            log.exception("An update was no update")
            return
        await self._converse([update], self._gate)

    async def _listen(self) -> None:
        """One long poll and its answers."""
        asked = time.monotonic()
        updates = await self._bot.get_updates(
            offset=self._offset, timeout=POLL, allowed_updates=list(WANTED_UPDATES)
        )
        if not updates and time.monotonic() - asked < SHORTEST_POLL:
            # A server that does not hold the poll would be asked a thousand times a second.
            await asyncio.sleep(SHORTEST_POLL)
        self._all_well()
        async with self._answering:
            await self._answer(updates)
            if updates:
                # Only now: what was not answered before a crash is delivered again.
                self._offset = updates[-1].update_id + 1

    async def _answer(self, updates: Iterable[Update]) -> None:
        """Each chat's updates in their order, several chats at a time."""
        by_chat: dict[int | None, list[Update]] = defaultdict(list)
        for update in updates:
            chat = update.effective_chat
            by_chat[chat.id if chat else None].append(update)
        gate = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._converse(own, gate) for own in by_chat.values()))

    async def _converse(self, updates: list[Update], gate: asyncio.Semaphore) -> None:
        async with gate:
            for update in updates:
                try:
                    await self._doorway.handle(update)
                except Exception:
                    log.exception("Update %s could not be answered", update.update_id)

    async def _in_trouble(self, error: TelegramError) -> None:
        """Say what is wrong, once, and wait a while."""
        sentence = _sentence(error)
        if sentence != self.trouble:
            log.error("%s", sentence)
            self.trouble = sentence
        wait = seconds(error) if isinstance(error, RetryAfter) else self._wait
        self._wait = min(LONGEST_WAIT, self._wait * 2)
        await asyncio.sleep(wait)

    def _all_well(self) -> None:
        if self.trouble is not None:
            log.info("Telegram answers again")
        self.trouble, self._wait = None, self._first_wait


def _listener(token: str, api_url: str | None) -> Bot:
    """A bot for talking: answers may not wait long, the long poll may."""
    answers, polling = connections(AT_ONCE, ANSWER_TIMEOUT), connections(1, ANSWER_TIMEOUT)
    return Bot(token, base_url=base_url(api_url), request=answers, get_updates_request=polling)


def _sentence(error: TelegramError) -> str:
    """What is wrong and what to do about it, for the operator."""
    match error:
        case InvalidToken():
            return (
                "Telegram does not know this bot's token: check TELEGRAM_TOKEN against what @BotFather gave."
                " The watching goes on, alerts for Telegram wait."
            )
        case Conflict():
            return (
                "Another process listens with the same bot token, and Telegram talks to one at a time:"
                " stop the other one, or give this one a token of its own. Alerts still go out."
            )
        case _:
            return f"Telegram can't be reached ({redact(error.message)}); trying again."
