"""An alert that was taken back, as it stands from then on: its own words, with the correction on top."""

from zoneinfo import ZoneInfo

from bot.wording.alert import PREVIEW_LINES, Alert, buttons, fit, paragraphs
from bot.wording.catalogue import language_for
from bot.wording.markup import CAPTION_LIMIT, MESSAGE_LIMIT, join, plain, tag
from bot.wording.reasons import in_one_line
from bot.wording.voice import Voice
from storage.quiet import zone
from tally.event import Event
from tally.race import Race


def corrected(event: Event, by: Event, race: Race, language: str, timezone: str = "UTC") -> Alert:
    """The alert of ``event`` with a mark on top that ``by`` corrects it, and how. Silent, as edits are."""
    hours: ZoneInfo = race.timezone if timezone == "UTC" else zone(timezone)
    voice = Voice(language_for(language), hours)
    mark = voice.say("CORRECTED at {time}", time=voice.hour(by.at, event.at))
    top = join(["⚠️ ", tag("b", mark), "\n", in_one_line(by, race, voice)])
    told = paragraphs(event, race, voice)
    # Struck through: whoever scrolls by at night reads the bold line, and it is what does not hold.
    body = [join([top, "\n", voice.say("The alert was:"), "\n", tag("s", told[0])]), *told[1:]]
    html = fit(body, MESSAGE_LIMIT)
    text = plain(html)
    return Alert(
        html=html,
        plain=text,
        silent=True,
        buttons=buttons(event, race, voice),
        preview="\n".join(text.split("\n")[:PREVIEW_LINES]),
        caption=fit(body, CAPTION_LIMIT),
    )
