"""News that a count took votes back: said as a correction, and of what."""

from collections.abc import Iterator

from bot.wording.kinds.counts import standing_line
from bot.wording.markup import Html, tag
from bot.wording.names import bold_name, origin_name
from bot.wording.news import News, writes
from bot.wording.voice import Voice
from tally.event import Event, EventKind
from tally.race import Race


@writes(EventKind.REVISED)
def revised(event: Event, race: Race, voice: Voice) -> News:
    """Whose count it is, the total before and after, and who lost how many."""
    whose = tag("b", origin_name(race, event.origin))
    lines = [voice.say("{origin} has revised its count.", origin=whose)]
    if _is_number(event.before) and _is_number(event.after):
        lines.append(
            voice.say(
                "Votes in all: {before} before, {after} now",
                before=voice.number(int(event.before or 0)),
                after=voice.number(int(event.after or 0)),
            )
        )
    lines += _fallen(event, race, voice)
    lines += [standing_line(event.headline, race, voice)] if event.headline else []
    return News("✏️", voice.say("COUNT REVISED"), tuple(lines))


def _fallen(event: Event, race: Race, voice: Voice) -> Iterator[Html]:
    """One line for each candidate who has fewer votes than before."""
    for name, votes in list(event.details.items())[:20]:
        who = name.removeprefix("fell.")
        if who != name and isinstance(votes, int):
            yield voice.plural(
                "{name}: {n} vote fewer", "{name}: {n} votes fewer", votes, name=bold_name(race, who)
            )


def _is_number(text: str | None) -> bool:
    return text is not None and text.isascii() and text.isdigit() and len(text) < 16
