"""News about the data: sources that differ, that stop, that stop making sense."""

from datetime import datetime

from bot.wording.blocks import figures, linked, table
from bot.wording.kinds.counts import standing_line
from bot.wording.markup import Html, clean, join
from bot.wording.names import bold_name, origin_name
from bot.wording.news import News, writes
from bot.wording.voice import Voice
from tally.capture import Outcome
from tally.event import Event, EventKind, Headline
from tally.health import SILENT, UNASKED
from tally.race import Race

REASON_LIMIT = 300


@writes(EventKind.DISAGREEMENT)
def disagreement(event: Event, race: Race, voice: Voice) -> News:
    """Two origins have different people ahead: both are shown, and neither is the news."""
    counts = [event.headline, *event.others] if event.headline else list(event.others)
    leaders = {headline.leader for headline in counts}
    if len(leaders) == 1 and (leader := leaders.pop()) is not None:
        lines = (voice.say("Two counts differ; both have {name} ahead.", name=bold_name(race, leader)),)
    else:
        lines = (voice.say("Two counts differ on who is ahead. No lead change follows from it."),)
    tables = tuple(_count_of(headline, event, race, voice) for headline in counts[:3])
    return News(
        "🔀", voice.say("SOURCES DISAGREE"), lines, counts=False, tables=tables, sure=False, sourced=False
    )


@writes(EventKind.STALE)
def stale(event: Event, race: Race, voice: Voice) -> News:
    """A count has stopped: that is not "no change", and it is said once."""
    since = event.headline.as_of if event.headline else event.proofs[0].as_of if event.proofs else event.at
    lines = (
        voice.say(
            "No update from {origin} since {time}",
            origin=_origin(event, race),
            time=voice.hour(since, event.at),
        ),
        voice.say("The numbers below may be out of date."),
    )
    return News("⏸", voice.say("NO UPDATE"), lines if event.headline else lines[:1], sure=False)


@writes(EventKind.RESUMED)
def resumed(event: Event, race: Race, voice: Voice) -> News:
    """A count that had stopped goes on."""
    lines = [voice.say("{origin} updates its count again", origin=_origin(event, race))]
    if event.headline:
        lines.append(standing_line(event.headline, race, voice))
    return News("▶️", voice.say("UPDATES RESUMED"), tuple(lines), sure=False)


@writes(EventKind.QUARANTINED)
def quarantined(event: Event, race: Race, voice: Voice) -> News:
    """For the operator: a reading no electorate can explain was set aside."""
    line = voice.say("A reading from {origin} was set aside; nobody was alerted", origin=_origin(event, race))
    return News("🧪", voice.say("QUARANTINED"), _with_reason(line, event, voice), quoted=True, sure=False)


@writes(EventKind.SOURCE_LOST)
def source_lost(event: Event, race: Race, voice: Voice) -> News:
    """For the operator: a page that can't be had, that says nothing any more, or that stands still."""
    source, since = _source(event, race), event.details.get("since")
    how = str(event.details.get("outcome") or event.after)
    if how in (UNASKED, SILENT):
        # Of a source that never was read well there is no hour to name.
        hour = voice.hour(datetime.fromisoformat(str(since)) if since else event.at, event.at)
        line = voice.say("No update from {origin} since {time}", origin=source, time=hour)
        return News("🩺", voice.say("SOURCE LOST"), (line,), counts=False, sure=False)
    if how == Outcome.FAILED:
        line = voice.say("{source} can no longer be read", source=source)
    else:
        line = voice.say("{source} answers, but nothing can be read from it any more", source=source)
    return News("🩺", voice.say("SOURCE LOST"), _with_reason(line, event, voice), counts=False, sure=False)


@writes(EventKind.SOURCE_BACK)
def source_back(event: Event, race: Race, voice: Voice) -> News:
    """For the operator: it can be read again."""
    line = voice.say("{source} can be read again", source=_source(event, race))
    return News("💚", voice.say("SOURCE BACK"), (line,), counts=False, sure=False)


def _count_of(headline: Headline, event: Event, race: Race, voice: Voice) -> Html:
    """One origin's count under its name and hour."""
    name = linked(origin_name(race, headline.origin), headline.url)
    caption = voice.say("{name} · as of {time}", name=name, time=voice.hour(headline.as_of, event.at))
    numbers = table(headline, race, voice)
    parts = [caption, numbers or standing_line(headline, race, voice), figures(headline, race, voice)]
    return join([part for part in parts if part], "\n")


def _with_reason(line: Html, event: Event, voice: Voice) -> tuple[Html, ...]:
    reason = clean(
        str(event.details.get("why") or event.details.get("reason") or event.after or ""), REASON_LIMIT
    )
    return (line, voice.say("Reason: {reason}", reason=reason)) if reason else (line,)


def _origin(event: Event, race: Race) -> Html:
    return linked(origin_name(race, event.origin), None)


def _source(event: Event, race: Race) -> Html:
    """The page that is watched, by its name in the race's file, linked."""
    proof = event.proofs[0] if event.proofs else None
    name = (proof.source if proof else None) or str(event.details.get("source") or event.origin)
    configured = race.source(name)
    return linked(clean(name, 60), configured.url if configured else proof.url if proof else None)
