"""News that somebody said. Each says who, and none is promoted into more than was said."""

from bot.wording.blocks import linked
from bot.wording.kinds.counts import standing_line
from bot.wording.markup import Html
from bot.wording.names import bold_name, full_name, ids, origin_name, origin_names
from bot.wording.news import News, writes
from bot.wording.voice import Voice
from tally.event import Event, EventKind
from tally.race import Race, Rank


def speaker_of(event: Event) -> str | None:
    """Who said it, where that is known and is not the outlet."""
    speaker = event.details.get("speaker")
    return str(speaker) if speaker else None


def actor_of(event: Event) -> str | None:
    """Whose act it is: the candidate's id, else whoever the rule names."""
    return event.candidate or by(event)


def by(event: Event) -> str | None:
    """The desk that calls, the board that declares, whoever challenges."""
    named = event.details.get("desk") or event.details.get("by")
    return str(named) if named else None


def was_withdrawn(event: Event) -> bool:
    """Whether the event takes such a word back."""
    return event.after == "withdrawn"


def is_soft(event: Event) -> bool:
    """Whether it was said with a reservation ("he is ahead for now")."""
    return event.details.get("strength") == "soft" or event.details.get("soft") is True


@writes(EventKind.CONCESSION)
def concession(event: Event, race: Race, voice: Voice) -> News:
    """A candidate concedes; a soft one is told as soft, a call it is not."""
    actor = actor_of(event)
    soft = is_soft(event)
    line = (
        _softly(actor, event, race, voice)
        if soft
        else voice.say("{name} concedes", name=bold_name(race, actor))
    )
    label = voice.say("SOFT CONCESSION") if soft else voice.say("CONCESSION")
    lines = [line]
    if not soft and event.before == "soft":
        lines.append(voice.say("Before, it was said only with a reservation."))
    return News("🤝" if soft else "🏳️", label, tuple(lines), quoted=True, speaker=_spoken_by(event, race))


@writes(EventKind.CONCESSION_WITHDRAWN)
def concession_withdrawn(event: Event, race: Race, voice: Voice) -> News:
    """Gore took it back in 2000: the reversal is news as loud as the word itself."""
    who = bold_name(race, actor_of(event) or event.before)
    lines = (voice.say("{name} takes the concession back", name=who),)
    label = voice.say("CONCESSION WITHDRAWN")
    return News("↩️", label, lines, quoted=True, speaker=_spoken_by(event, race))


@writes(EventKind.VICTORY_CLAIM)
def victory_claim(event: Event, race: Race, voice: Voice) -> News:
    """A candidate claims victory: said as a claim, beside who is ahead."""
    who = bold_name(race, actor_of(event) or event.after)
    if was_withdrawn(event):
        lines = [voice.say("{name} no longer claims victory", name=who)]
        return News("↩️", voice.say("VICTORY CLAIM WITHDRAWN"), tuple(lines), quoted=True)
    lines = [
        voice.say("{name} claims victory", name=who),
        voice.say("This is the candidate's own claim, not a result."),
    ]
    lines += [standing_line(event.headline, race, voice)] if event.headline else []
    return News("📣", voice.say("VICTORY CLAIM"), tuple(lines), quoted=True, speaker=_spoken_by(event, race))


@writes(EventKind.CALLED)
def called(event: Event, race: Race, voice: Voice) -> News:
    """A named desk calls the race; calls belong to desks. A soft call is a projection, and said to be one."""
    if is_soft(event):
        return _projected(event, race, voice)
    lines = [voice.say("{desk} calls the race for {name}", desk=desk(event, race), name=_about(event, race))]
    if race.rank_of(by(event) or event.origin) is not Rank.OFFICIAL:
        lines.append(voice.say("A newsroom's call, not an official result."))
    same, other = (ids(event.details.get(name)) for name in ("desks", "desks_for_others"))
    if len(same) > 1:
        lines.append(voice.say("Called so far by: {desks}", desks=origin_names(race, same)))
    if other:
        lines.append(voice.say("Called for somebody else by: {desks}", desks=origin_names(race, other)))
    return News("☑️", voice.say("CALLED"), tuple(lines), quoted=True)


def _projected(event: Event, race: Race, voice: Voice) -> News:
    lines = (
        voice.say("{desk} projects {name} as the winner", desk=desk(event, race), name=_about(event, race)),
        voice.say("A projection, neither a call nor a result."),
    )
    return News("🔮", voice.say("PROJECTED"), lines, quoted=True)


@writes(EventKind.CALL_WITHDRAWN)
def call_withdrawn(event: Event, race: Race, voice: Voice) -> News:
    """A desk takes its call back: the race is open again."""
    who = bold_name(race, event.candidate or event.before)
    lines = (
        voice.say(
            "{desk} withdraws its call for {name}: the race is open again", desk=desk(event, race), name=who
        ),
    )
    return News("↩️", voice.say("CALL WITHDRAWN"), lines, quoted=True)


@writes(EventKind.DECLARED)
def declared(event: Event, race: Race, voice: Voice) -> News:
    """The board declares somebody elected."""
    board, who = desk(event, race), _about(event, race)
    if was_withdrawn(event):
        line = voice.say("{board} takes back that {name} is elected", board=board, name=who)
        return News("↩️", voice.say("DECLARATION WITHDRAWN"), (line,), quoted=True)
    if by(event) is None:
        line = voice.say("{name} is officially declared elected, reports {origin}", name=who, origin=board)
    else:
        line = voice.say("{board} declares {name} elected", board=board, name=who)
    return News("📜", voice.say("OFFICIALLY DECLARED"), (line,), quoted=True)


@writes(EventKind.CERTIFIED)
def certified(event: Event, race: Race, voice: Voice) -> News:
    """The result is certified."""
    board = desk(event, race)
    if was_withdrawn(event):
        line = voice.say("{board} takes back the certification of the result", board=board)
        return News("↩️", voice.say("CERTIFICATION WITHDRAWN"), (line,), quoted=True)
    if by(event) is None:
        lines = [voice.say("The result is certified, reports {origin}", origin=board)]
    else:
        lines = [voice.say("{board} certifies the result", board=board)]
    if race.candidate(event.candidate or event.after or ""):
        lines.append(voice.say("Elected: {name}", name=_about(event, race)))
    return News("✅", voice.say("CERTIFIED"), tuple(lines), quoted=True)


@writes(EventKind.RECOUNT)
def recount(event: Event, race: Race, voice: Voice) -> News:
    """A recount is a phase of its own."""
    lines = (
        voice.say("Votes are being counted again, reports {origin}", origin=desk(event, race)),
        voice.say("In a recount totals may move both ways."),
    )
    return News("🔄", voice.say("RECOUNT"), lines, quoted=True)


@writes(EventKind.ANNULLED)
def annulled(event: Event, race: Race, voice: Voice) -> News:
    """The vote is void; what was counted stays on record."""
    board = desk(event, race)
    if by(event) is None:
        line = voice.say(
            "This election is annulled, reports {origin}: its result no longer stands", origin=board
        )
    else:
        line = voice.say("{board} annuls this election: its result no longer stands", board=board)
    kept = voice.say("The counts and alerts so far are kept as history.")
    return News("🚫", voice.say("ANNULLED"), (line, kept), quoted=True)


@writes(EventKind.CHALLENGED)
def challenged(event: Event, race: Race, voice: Voice) -> News:
    """Somebody goes to the board or to court against the result."""
    actor = by(event) or event.after or event.candidate
    if actor:
        line = voice.say("{name} challenges the result", name=bold_name(race, actor))
    else:
        line = voice.say("The result is challenged")
    return News("⚠️", voice.say("CHALLENGED"), (line,), quoted=True, speaker=_spoken_by(event, race))


def desk(event: Event, race: Race) -> Html:
    """The desk or board whose word it is, linked to where it stands."""
    named = by(event)
    whose = event.origin if named is None or race.candidate(named) else named
    return linked(origin_name(race, whose), event.proofs[0].url if event.proofs else None)


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
