"""Flood control as bots meet it: 30 a second for all chats, 1 in one chat, 20 a minute in a group."""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.emulator.errors import too_many
from tests.emulator.world import Chat


@dataclass
class Window:
    """At most ``calls`` in any ``seconds``."""

    calls: int
    seconds: float
    seen: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until one more fits; 0 if it does now."""
        while self.seen and self.seen[0] <= now - self.seconds:
            self.seen.popleft()
        return 0.0 if len(self.seen) < self.calls else self.seen[0] + self.seconds - now


class Flood:
    """Refuses what is too much. A short burst in one chat is let through, as Telegram does."""

    def __init__(
        self,
        seconds: Callable[[], float],
        everybody: int = 30,
        chat_burst: int = 1,
        group_minute: int = 20,
        slack: float = 0.02,
    ) -> None:
        self._seconds = seconds
        self._everybody = Window(everybody, 1.0 - slack)
        self._chats: dict[int, Window] = defaultdict(lambda: Window(chat_burst, 1.0 - slack))
        self._groups: dict[int, Window] = defaultdict(lambda: Window(group_minute, 60.0 - slack))
        self.refused = 0

    def check(self, chat: Chat) -> None:
        """Count one message or edit into ``chat``; raises 429 where it is too much."""
        now = self._seconds()
        windows = [self._everybody, self._chats[chat.id]]
        if chat.kind in {"group", "supergroup"}:
            windows.append(self._groups[chat.id])
        wait = max(window.wait(now) for window in windows)
        if wait > 0:
            self.refused += 1
            raise too_many(max(1, math.ceil(wait)))
        for window in windows:
            window.seen.append(now)
