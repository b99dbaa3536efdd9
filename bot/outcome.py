"""What became of one call to a channel. Every call has exactly one of these outcomes.

They answer the one question that matters to an outbox: did the reader get it?
"No" may be tried again, "yes" is done, and "nobody knows" is decided by what
the alert is worth, because there is no way to ask Telegram afterwards.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived. ``message_id`` is the channel's own name for it, where it has one.

    A channel that can't show an edit answers an edit with ``Sent()``: there is nothing left to do.
    """

    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class NotSent:
    """It certainly did not arrive; it may be tried again, in ``retry_after`` seconds where that was said.

    With ``retry_after`` the chat (and only that chat) is held for so long: a 429.
    """

    retry_after: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may have arrived: a late answer, or a connection that broke after the request was written."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """It did not arrive and nothing will: blocked, kicked, deleted. The chat is put to rest."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """It did not arrive: the chat lives at another address now (a group became a supergroup)."""

    new_address: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """It did not arrive and this message never will; other messages may. Shown to the operator."""

    why: str = ""


Outcome = Sent | NotSent | Uncertain | Gone | Moved | Rejected
