"""How many commands a chat may have answered: a burst, then one every few seconds."""

from collections import OrderedDict
from collections.abc import Callable
from enum import Enum

# Together no more than the 20 a minute that Telegram lets a group have, and its alerts share.
BURST = 10
EVERY = 5.0  # seconds for one more
CHATS_KEPT = 10_000


class Verdict(Enum):
    """Answer, say once that it is too much, or say nothing."""

    ANSWER = "answer"
    WARN = "warn"
    IGNORE = "ignore"


class Allowance:
    """Counts by chat; ``seconds`` is a clock that only goes forward."""

    def __init__(self, seconds: Callable[[], float], burst: int = BURST, every: float = EVERY) -> None:
        self._seconds = seconds
        self._burst = burst
        self._every = every
        # chat: (what is left, when that was, whether it was warned)
        self._left: OrderedDict[str, tuple[float, float, bool]] = OrderedDict()

    def ask(self, chat: str) -> Verdict:
        """What to do with one more command of that chat."""
        now = self._seconds()
        left, then, warned = self._left.pop(chat, (float(self._burst), now, False))
        left = min(self._burst, left + (now - then) / self._every)
        verdict = Verdict.ANSWER if left >= 1 else Verdict.IGNORE if warned else Verdict.WARN
        self._left[chat] = (left - (verdict is Verdict.ANSWER), now, verdict is not Verdict.ANSWER)
        while len(self._left) > CHATS_KEPT:
            self._left.popitem(last=False)
        return verdict
