"""Boards, digests and an operator's words on their way to a chat: worded, sent, and settled."""

import hashlib
import logging
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.backoff import backoff
from bot.channels import Channel
from bot.outcome import Gone, Moved, NotSent, Outcome, Rejected, Sent, Uncertain
from bot.wording import Alert, Voice
from bot.wording.board import live_board
from bot.wording.catalogue import language_for
from bot.wording.digest import digest
from bot.wording.words import words
from storage import Notice, NoticeKind, Store
from storage.quiet import zone
from tally.clock import Clock
from tally.race import Race

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 8  # of words and digests; a board is tried as long as it is wanted
_LOOK_BACK = timedelta(days=2)


class Notices:
    """Words each notice at the moment it is sent, so that a board that waited shows what is true now."""

    def __init__(self, store: Store, race_of: Callable[[str], Race | None], clock: Clock) -> None:
        self._store = store
        self._race_of = race_of
        self._clock = clock
        self._shown: dict[int, str] = {}

    async def call(self, channel: Channel, notice: Notice) -> Outcome:
        """One call to the channel, or none where there is nothing new to show."""
        if notice.pins and notice.message_id is not None:
            return await channel.pin(notice.chat, notice.message_id)
        worded = self._worded(notice)
        if worded is None:
            return Sent(notice.message_id)
        return await channel.say(notice.chat, worded, edit_of=notice.message_id)

    def settle(self, notice: Notice, outcome: Outcome) -> None:
        """Write down what became of it."""
        now, again = self._clock(), timedelta(seconds=backoff(notice.attempts))
        match outcome:
            case Sent(message_id):
                body = self._shown.pop(notice.id, notice.body)
                self._store.noticed(notice, message_id or notice.message_id, now, body)
            case NotSent(retry_after, why) if notice.attempts < MOST_ATTEMPTS or _lasts(notice):
                wait = again if retry_after is None else timedelta(seconds=retry_after)
                self._store.not_noticed(notice, now + wait, why)
            case Uncertain(why) if _may_go_again(notice):
                self._store.not_noticed(notice, now + again, why)
            case Gone(why):
                self._store.give_up(notice, why)
                self._store.deactivate(notice.chat.id, why)
            case Moved(new_address):
                self._store.migrate(notice.chat.id, new_address)
                self._store.not_noticed(notice, now + again, f"moved to {new_address}")
            case Rejected(why):
                self._rejected(notice, why)
            case NotSent(_, why) | Uncertain(why):
                # Nobody can ask whether it arrived, and it is not worth being said twice.
                log.warning("a %s for chat %s may be lost: %s", notice.kind, notice.chat.id, why)
                self._store.noticed(notice, notice.message_id, now, notice.body)

    def _rejected(self, notice: Notice, why: str) -> None:
        now = self._clock()
        if notice.pins:  # without the right to pin it is a board all the same
            self._store.noticed(notice, notice.message_id, now, notice.body)
        elif notice.message_id is not None:  # somebody deleted it, or it is too old to edit
            self._store.not_noticed(notice, now, why, anew=True)
        else:
            log.error("a %s for chat %s was rejected: %s", notice.kind, notice.chat.id, why)
            self._store.give_up(notice, why)

    def _worded(self, notice: Notice) -> Alert | None:
        match notice.kind:
            case NoticeKind.BOARD:
                return self._board(notice)
            case NoticeKind.DIGEST:
                return self._digest(notice)
            case _:
                voice = Voice(language_for(notice.chat.language), ZoneInfo("UTC"))
                return words(notice.body or "", voice, of_itself=notice.of_itself)

    def _board(self, notice: Notice) -> Alert | None:
        race = self._race_of(notice.subject)
        if race is None:
            return None
        now, voice = self._clock(), _voice(notice, race)
        board = live_board(self._store.standing(race), race, voice, now)
        mark = hashlib.sha256(board.unstamped.encode()).hexdigest()[:16]
        self._shown[notice.id] = mark
        if mark == notice.body and notice.message_id is not None:
            return None  # what changed is nothing that the board shows
        return board.alert

    def _digest(self, notice: Notice) -> Alert | None:
        events = self._store.held(notice.chat.id)
        told = [(event, race) for event in events if (race := self._race_of(event.race))]
        if not told:
            return None
        since = min(event.at for event, _ in told) - _LOOK_BACK
        races = {race.id for _, race in told}
        gone = frozenset(key for race in races for key in self._store.corrected(race, since))
        return digest(told, gone, lambda race: _voice(notice, race))


def _may_go_again(notice: Notice) -> bool:
    """An edit simply goes out again; a digest once, as the news in it would."""
    if notice.kind is NoticeKind.DIGEST:
        return notice.attempts == 1
    return _lasts(notice) and notice.message_id is not None


def _lasts(notice: Notice) -> bool:
    return notice.kind is NoticeKind.BOARD


def _voice(notice: Notice, race: Race) -> Voice:
    """The chat's language, with its own hours or else those of the race."""
    chat = notice.chat
    timezone = race.timezone if chat.timezone == "UTC" else zone(chat.timezone)
    return Voice(language_for(chat.language), timezone)
