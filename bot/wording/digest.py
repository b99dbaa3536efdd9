"""A digest: what waited while a chat was quiet, race by race, one line an event."""

from collections.abc import Callable, Collection, Sequence

from bot.wording.alert import Alert
from bot.wording.markup import MESSAGE_LIMIT, Html, join, plain, tag, units
from bot.wording.names import title
from bot.wording.reasons import in_one_line
from bot.wording.voice import Voice
from tally.event import Event
from tally.race import Race

LINES = 12  # of one race; what is newest stays


def digest(
    told: Sequence[tuple[Event, Race]], taken_back: Collection[str], voice_for: Callable[[Race], Voice]
) -> Alert:
    """The news in ``told`` (oldest first) as one message; what was ``taken_back`` since is struck through."""
    voice = voice_for(told[0][1])
    races = {race.id: race for _, race in told}
    said: list[Html] = []
    for race in races.values():
        mine = [event for event, its in told if its.id == race.id]
        said += _of_race(mine, race, taken_back, voice_for(race))
    head = voice.plural(
        "{n} piece of news while it was quiet", "{n} pieces of news while it was quiet", len(told)
    )
    while units(plain(join(said, "\n"))) > MESSAGE_LIMIT - 200:
        del said[0]
    html = join([join(["🗞 ", tag("b", head)]), *said], "\n")
    return Alert(html, plain(html), silent=True, preview=plain(join([head, *said[:1]], "\n")))


def _of_race(events: Sequence[Event], race: Race, taken_back: Collection[str], voice: Voice) -> list[Html]:
    left = len(events) - LINES
    more = [voice.plural("{n} earlier one", "{n} earlier ones", left)] if left > 0 else []
    lines = [_line(event, race, voice, event.key in taken_back) for event in events[-LINES:]]
    return [tag("b", title(race)), *more, *lines]


def _line(event: Event, race: Race, voice: Voice, gone: bool) -> Html:
    line = join([voice.hour(event.at), " ", in_one_line(event, race, voice)])
    return join([tag("s", line), " – ", voice.say("taken back")]) if gone else line
