"""/board on|off: one pinned message of a race in a group or channel that edits itself as the count moves."""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import by_short, expired, fold, followed, lines, one_race
from bot.wording import Voice
from bot.wording.markup import tag
from bot.wording.names import title
from tally.race import Race

NAME = "board"
ORDER = 8
SETTING = True
TAP = "board"
MOST = 5  # in one chat: they share its twenty messages a minute
_OFF = frozenset({"off", "0"})


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("A pinned board that keeps itself up to date: /board on RACE, /board off")


def answer(ask: Ask) -> Answer:
    """Put up a board, take one down, or all."""
    if ask.chat.kind == "private":
        return Answer(
            ask.voice.say("Boards are for groups and channels. Here /results has a refresh button.")
        )
    first, _, rest = ask.words.strip().partition(" ")
    if fold(first) in _OFF:
        return _off(ask, rest)
    words = rest if fold(first) == "on" else ask.words
    wanted = Ask(ask.chat, words.strip(), ask.voice, ask.store, ask.races, ask.now)
    return one_race(wanted, TAP, lambda race: _on(ask, race), among=followed(ask))


def tapped(ask: Ask) -> Answer:
    """A race chosen by its button."""
    race = by_short(ask, ask.words)
    if race is None or ask.chat.kind == "private":
        return expired(ask)
    said = _on(ask, race)
    return Answer(said.text, replaces=True)


def _on(ask: Ask, race: Race) -> Answer:
    boards = ask.store.boards(ask.chat.id)
    if race.id not in boards and len(boards) >= MOST:
        return Answer(ask.voice.say("There are enough boards here. /board off takes them down."))
    ask.store.reactivate(ask.chat.id)
    ask.store.set_board(ask.chat.id, race.id, on=True)
    said = ask.voice.say("The board of {title} is coming up.", title=tag("b", title(race)))
    pin = ask.voice.say("I pin it if I may pin messages here.")
    return Answer(lines([said, pin]))


def _off(ask: Ask, words: str) -> Answer:
    boards = ask.store.boards(ask.chat.id)
    if not words:
        for race_id in boards:
            ask.store.set_board(ask.chat.id, race_id, on=False)
        return Answer(ask.voice.say("No board is kept up to date here any more."))
    mine = [ask.races[race_id] for race_id in boards if race_id in ask.races]
    return one_race(
        Ask(ask.chat, words, ask.voice, ask.store, {r.id: r for r in mine}, ask.now),
        TAP,
        lambda race: _down(ask, race),
    )


def _down(ask: Ask, race: Race) -> Answer:
    ask.store.set_board(ask.chat.id, race.id, on=False)
    said = ask.voice.say("The board of {title} stays as it is now.", title=tag("b", title(race)))
    return Answer(said)
