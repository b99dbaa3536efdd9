"""/sources (operators): how each source does, and when it was last read well. The sick ones first."""

from bot.commands.ask import Answer, Ask
from bot.commands.choosing import lines, matching
from bot.wording import Voice
from bot.wording.markup import Html, clean, fitting, join, tag
from bot.wording.names import title
from tally.health import SourceHealth
from tally.race import Race, Source

NAME = "sources"
ORDER = 201
OPERATOR = True


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Operators: the health of each source")


def answer(ask: Ask) -> Answer:
    """A line for each configured source of the races that are meant."""
    known = ask.store.sources()
    told: list[tuple[bool, Html]] = []
    for race in matching(ask.words, ask.races.values()):
        for source in race.sources:
            health = known.get((race.id, source.name))
            told.append((_is_well(health), _line(ask, race, source, health)))
    shown = fitting([line for _, line in sorted(told, key=lambda line: line[0])])  # the sick ones on top
    return Answer(lines(shown) if shown else ask.voice.say("No source is watched at present."))


def _is_well(health: SourceHealth | None) -> bool:
    return health is not None and health.readable and health.reason is None


def _line(ask: Ask, race: Race, source: Source, health: SourceHealth | None) -> Html:
    voice = ask.voice_for(race)
    name = tag("b", join([title(race), " · ", clean(source.name, 60)]))
    if health is None or health.last_poll is None:
        return join(["▫️ ", name, " · ", voice.say("not polled yet")])
    good = health.last_good
    when = (
        voice.say("last read well at {time}", time=voice.hour(good, ask.now))
        if good
        else voice.say("never read well")
    )
    mark = "💚 " if _is_well(health) else "🩺 "
    reason = [" · ", clean(health.reason, 120)] if health.reason else []
    return join([mark, name, " · ", when, *reason])
