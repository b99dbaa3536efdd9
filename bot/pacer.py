"""How fast a channel may be used: by everybody together, and chat by chat."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    """At most ``calls`` in any ``seconds``."""

    calls: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Pace:
    """The budgets of a channel: for everybody together, for one chat, for one group. None is unlimited."""

    everybody: Budget | None = None
    chat: Budget | None = None
    group: Budget | None = None


UNPACED = Pace()
TELEGRAM = Pace(everybody=Budget(30, 1.0), chat=Budget(1, 1.0), group=Budget(20, 60.0))
