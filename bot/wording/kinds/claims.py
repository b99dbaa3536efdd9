"""News that somebody said. Each says who, and none is promoted into more than was said."""

from bot.wording.blocks import linked
from bot.wording.kinds.counts import standing_line
from bot.wording.markup import Html
from bot.wording.names import bold_name, full_name, origin_name
from bot.wording.news import News, writes
from bot.wording.voice import Voice
from tally.event import Event, EventKind
from tally.race import Race


def speaker_of(event: Event) -> str | None:
    """Who said it, where that is known and is not the outlet."""
    speaker = event.details.get("speaker")
    return str(speaker) if speaker else None


def is_soft(event: Event) -> bool:
    """Whether it was said with a reservation ("he is ahead for now")."""
    return event.details.get("strength") == "soft" or event.details.get("soft") is True


@writes(EventKind.CONCESSION)
def concession(event: Event, race: Race, voice: Voice) -> News:
    """A candidate concedes; a soft one is told as soft, a call it is not."""
    actor = event.candidate or event.after
    soft = is_soft(event)
    line = (
        _softly(actor, event, race, voice)
        if soft
        else voice.say("{name} concedes", name=bold_name(race, actor))
    )
    label = voice.say("SOFT CONCESSION") if soft else voice.say("CONCESSION")
    return News("🤝" if soft else "🏳️", label, (line,), quoted=True, speaker=_spoken_by(event, race))


@writes(EventKind.CONCESSION_WITHDRAWN)
def concession_withdrawn(event: Event, race: Race, voice: Voice) -> News:
    """Gore took it back in 2000: the reversal is news as loud as the word itself."""
    who = bold_name(race, event.candidate or event.before)
    lines = (
        voice.say("{name} takes the concession back", name=who),
        voice.say("This corrects an earlier alert."),
    )
    label = voice.say("CONCESSION WITHDRAWN")
    return News("↩️", label, lines, quoted=True, speaker=_spoken_by(event, race))


@writes(EventKind.VICTORY_CLAIM)
def victory_claim(event: Event, race: Race, voice: Voice) -> News:
    """A candidate claims victory: said as a claim, beside who is ahead."""
    lines = (
        voice.say("{name} claims victory", name=bold_name(race, event.candidate or event.after)),
        voice.say("This is the candidate's own claim, not a result."),
        standing_line(event.headline, race, voice),
    )
    shown = lines if event.headline else lines[:2]
    return News("📣", voice.say("VICTORY CLAIM"), shown, quoted=True, speaker=_spoken_by(event, race))


@writes(EventKind.CALLED)
def called(event: Event, race: Race, voice: Voice) -> News:
    """A named desk calls the race; calls belong to desks."""
    lines = (
        voice.say("{desk} calls the race for {name}", desk=desk(event, race), name=_about(event, race)),
        voice.say("A newsroom's call, not an official result."),
    )
    return News("☑️", voice.say("CALLED"), lines, quoted=True)


@writes(EventKind.CALL_WITHDRAWN)
def call_withdrawn(event: Event, race: Race, voice: Voice) -> News:
    """A desk takes its call back: the race is open again."""
    who = bold_name(race, event.candidate or event.before)
    lines = (
        voice.say(
            "{desk} withdraws its call for {name}: the race is open again", desk=desk(event, race), name=who
        ),
        voice.say("This corrects an earlier alert."),
    )
    return News("↩️", voice.say("CALL WITHDRAWN"), lines, quoted=True)


@writes(EventKind.DECLARED)
def declared(event: Event, race: Race, voice: Voice) -> News:
    """The board declares somebody elected."""
    by = desk(event, race)
    line = voice.say("{board} declares {name} elected", board=by, name=_about(event, race))
    return News("📜", voice.say("OFFICIALLY DECLARED"), (line,), quoted=True)


@writes(EventKind.CERTIFIED)
def certified(event: Event, race: Race, voice: Voice) -> News:
    """The result is certified."""
    by, who = desk(event, race), event.candidate or event.after
    if race.candidate(who or ""):
        line = voice.say(
            "{board} certifies the result: {name} is elected", board=by, name=bold_name(race, who)
        )
    else:
        line = voice.say("{board} certifies the result", board=by)
    return News("✅", voice.say("CERTIFIED"), (line,), quoted=True)


@writes(EventKind.RECOUNT)
def recount(event: Event, race: Race, voice: Voice) -> News:
    """A recount is a phase of its own."""
    lines = (
        voice.say("Votes are being counted again, says {origin}", origin=desk(event, race)),
        voice.say("In a recount totals may move both ways."),
    )
    return News("🔄", voice.say("RECOUNT"), lines, quoted=True)


@writes(EventKind.ANNULLED)
def annulled(event: Event, race: Race, voice: Voice) -> News:
    """The vote is void; what was counted stays on record."""
    lines = [
        voice.say("{board} annuls this election: its result no longer stands", board=desk(event, race)),
        voice.say("The counts and alerts so far are kept as history."),
    ]
    return News("🚫", voice.say("ANNULLED"), tuple(lines), quoted=True)


@writes(EventKind.CHALLENGED)
def challenged(event: Event, race: Race, voice: Voice) -> News:
    """Somebody goes to the board or to court against the result."""
    actor = event.candidate or event.after or event.details.get("actor")
    if actor:
        line = voice.say("{name} challenges the result", name=bold_name(race, str(actor)))
    else:
        line = voice.say("The result is challenged")
    return News("⚠️", voice.say("CHALLENGED"), (line,), quoted=True, speaker=_spoken_by(event, race))


def desk(event: Event, race: Race) -> Html:
    """The desk or board whose word it is, linked to where it stands."""
    named = event.details.get("desk") or event.details.get("actor")
    url = event.proofs[0].url if event.proofs else None
    name = (
        origin_name(race, str(named))
        if named and not race.candidate(str(named))
        else origin_name(race, event.origin)
    )
    return linked(name, url)


def _softly(actor: str | None, event: Event, race: Race, voice: Voice) -> Html:
    """On 23 June 2019 one agency made "leading" of such a sentence and another "conceded"."""
    who, target = bold_name(race, actor), event.details.get("target")
    others = [c.id for c in race.candidates if c.id != actor]
    if not isinstance(target, str) or target == actor:
        target = others[0] if len(others) == 1 else None
    if target is None:
        return voice.say("{name} congratulates the opponent, ahead for now: not a full concession", name=who)
    return voice.say(
        "{name} congratulates {other}, ahead for now: not a full concession",
        name=who,
        other=full_name(race, target),
    )


def _about(event: Event, race: Race) -> Html:
    return bold_name(race, event.candidate or event.after)


def _spoken_by(event: Event, race: Race) -> str | None:
    """Whose words the quote is: the speaker's where named, else the outlet that wrote it."""
    speaker = speaker_of(event)
    if speaker is None:
        return None
    candidate = race.candidate(speaker)
    return candidate.name if candidate else speaker
