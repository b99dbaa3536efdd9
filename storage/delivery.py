"""A delivery: one event on its way to one chat."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.chat import Chat
from tally.event import Event


class State(StrEnum):
    """Where a delivery stands.

    ::

        held ──► sent, superseded, failed      for a digest: it waits for the chat's quiet hours to end
        pending ──► sending ──► sent
           │  ▲        ├──────► uncertain   nobody knows whether it arrived
           │  └────────┤ (retry)
           │           └──────► failed      it never will; an operator looks at it
           ├──► failed                      its chat was put to rest
           ├──► superseded                  newer news went instead, or it is not wanted any more
           └──► expired                     too old to be news
    """

    HELD = "held"
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


class Action(StrEnum):
    """A message of its own, an edit of the one that the event updates, or a mark on the one it corrects."""

    SEND = "send"
    EDIT = "edit"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One claimed row of the outbox, with all that a channel needs.

    ``edit_of`` is the message to edit (always there when ``action`` is EDIT or
    MARK), ``reply_to`` the message that the event corrects, where this chat got
    it. ``marked`` is the event that a MARK's message tells of, as it was told
    last. ``attempts`` counts the calls, this one included.
    """

    id: int
    event: Event
    chat: Chat
    action: Action
    attempts: int
    edit_of: str | None = None
    reply_to: str | None = None
    marked: Event | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A delivery that an operator may want to look at: the event's key, the chat's id, what went wrong."""

    event: str
    chat: int
    state: State
    why: str
    since: datetime
