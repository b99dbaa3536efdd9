"""/chart RACE: the count as a picture; also the button under each alert.

The words are found at once; the reading of the night and the drawing are left to
whoever sends the answer, off the loop.
"""

from functools import partial
from pathlib import Path

from bot import charts
from bot.commands.ask import Answer, Ask
from bot.commands.choosing import by_short, expired, followed, one_race
from bot.wording import Button, Voice, short
from bot.wording.alert import fit
from bot.wording.blocks import figures
from bot.wording.kinds.counts import standing_line
from bot.wording.markup import CAPTION_LIMIT, Html, join, tag
from bot.wording.names import title
from storage import Store
from tally.race import Race
from tally.standing import Phase, Standing

NAME = "chart"
ORDER = 6
TAP = "chart"
LIGHT, DARK = "light", "dark"


def about(voice: Voice) -> str:
    """Its line in the menu."""
    return voice.say("Pictures of the count: /chart RACE")


def answer(ask: Ask) -> Answer:
    """The shares over time of the race that is meant, of the only one followed without words."""
    return one_race(ask, TAP, lambda race: show(ask, race), among=followed(ask))


def tapped(ask: Ask) -> Answer:
    """The button under an alert (``race``), or another picture in its place (``race:picture:mode``)."""
    key, _, how = ask.words.partition(":")
    race = by_short(ask, key)
    if race is None:
        return expired(ask)
    picture, _, mode = how.partition(":")
    return show(ask, race, picture, dark=mode == DARK, replaces=bool(how))


def show(ask: Ask, race: Race, picture: str = "", *, dark: bool = False, replaces: bool = False) -> Answer:
    """One picture of a race with its caption, and buttons to the others."""
    standing = ask.store.standing(race)
    voice = ask.voice_for(race)
    if not charts.can_draw(standing.headline):
        return Answer(caption(standing, race, voice, ask))
    chosen = picture if picture in charts.PICTURES else charts.usual(standing.headline)
    latest = [event.key for event in ask.store.events(race.id, limit=1)]
    version = hash((race.id, race.title, race.candidates, standing.headline, standing.phase, *latest))
    night = partial(_night, ask.store.path, race, standing)
    return Answer(
        caption(standing, race, voice, ask),
        _buttons(race, chosen, voice, dark=dark),
        replaces=replaces,
        picture=partial(charts.draw, chosen, version, night, voice, dark=dark),
    )


def _night(path: Path, race: Race, standing: Standing) -> charts.Night:
    """All that the picture is drawn from, read in the thread that draws: a night's readings are thousands."""
    with Store(path, readonly=True) as store:
        return charts.Night(race, standing, store.readings(race.id), store.events(race.id))


def caption(standing: Standing, race: Race, voice: Voice, ask: Ask) -> Html:
    """What the picture says, for who can't see it; within a caption."""
    headline = standing.headline
    head = join(["📊 ", tag("b", title(race))])
    if headline is None:
        return join([head, voice.say("No votes counted yet")], "\n")
    settled = standing.phase in {Phase.DECLARED, Phase.CERTIFIED}
    annulled = voice.say("This election was annulled. What was counted is kept as history.")
    told = annulled if standing.phase is Phase.ANNULLED else standing_line(headline, race, voice)
    body = [
        join([head, told], "\n"),
        figures(headline, race, voice, settled=settled),
        tag("i", voice.say("Asked at {time}", time=voice.hour(ask.now))),
    ]
    return fit([part for part in body if part], CAPTION_LIMIT)


def _buttons(race: Race, chosen: str, voice: Voice, *, dark: bool) -> tuple[tuple[Button, ...], ...]:
    names = {
        charts.SHARES: "📈 " + voice.say("Shares"),
        charts.MARGIN: "↕️ " + voice.say("Margin"),
        charts.BARS: "📊 " + voice.say("Bars"),
    }
    data, mode = f"{TAP}:{short(race.id)}", DARK if dark else LIGHT
    others = tuple(Button(words, f"{data}:{name}:{mode}") for name, words in names.items() if name != chosen)
    light = Button("☀️ " + voice.say("Light"), f"{data}:{chosen}:{LIGHT}")
    night = Button("🌙 " + voice.say("Dark"), f"{data}:{chosen}:{DARK}")
    again = Button("🔄 " + voice.say("Refresh"), f"{data}:{chosen}:{mode}")
    return (others, (light if dark else night, again))
