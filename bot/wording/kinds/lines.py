"""News of the line that decides: a threshold, the top two, the last seat, a quorum."""

from bot.wording.kinds.counts import standing_line
from bot.wording.markup import Html, clean, escape, tag
from bot.wording.names import bold_name, ids, listed, origin_name
from bot.wording.news import News, writes
from bot.wording.voice import Voice
from tally.event import Event, EventKind, Tier
from tally.race import Race


@writes(EventKind.LINE_CHANGE)
def line_change(event: Event, race: Race, voice: Voice) -> News:
    """Somebody crossed it, upwards or downwards."""
    ahead = standing_line(event.headline, race, voice)
    lines = (_crossed(event, race, voice), ahead)
    return News("📏", voice.say("LINE CROSSED"), lines if event.headline else lines[:1])


def say(message: str) -> str:
    """Marks a message for the catalogues where it stands apart from its voice."""
    return message


_ABOVE = say("{name} is above {threshold} in the votes counted so far")
_QUORUM = say("Turnout has reached the quorum of {threshold}")
_NO_QUORUM = say("Turnout is below the quorum of {threshold} again")
_BELOW = say("{name} is below {threshold} in the votes counted so far")


_MAJORITY = say("By the calls of {desk}, {name} has {total}; {line} are a majority")
_NO_MAJORITY = say("By the calls of {desk}, {name} is below {line} again: {total}")
_DECLARED = say("By what is officially declared, {name} has {total}; {line} are a majority")
_UNDECLARED = say("By what is officially declared, {name} is below {line} again: {total}")


def _sum(message: str, event: Event, race: Race, voice: Voice) -> Html:
    """Seats or electors of many races together; a desk's total is its own, and no result."""
    return voice.say(
        message,
        desk=tag("b", origin_name(race, str(event.details.get("desk")))),
        name=bold_name(race, event.candidate),
        total=voice.number(int(event.details.get("total") or 0)),
        line=voice.number(int(event.details.get("majority") or 0)),
    )


def _crossed(event: Event, race: Race, voice: Voice) -> Html:
    match event.details.get("line"), event.after:
        case "seats", "above":
            return _sum(_DECLARED if event.tier is Tier.CONFIRMED else _MAJORITY, event, race, voice)
        case "seats", _:
            return _sum(_UNDECLARED if event.tier is Tier.CONFIRMED else _NO_MAJORITY, event, race, voice)
        case "quorum", "above":
            return _at_threshold(_QUORUM, event, race, voice)
        case "quorum", _:
            return _at_threshold(_NO_QUORUM, event, race, voice)
        case _, "above":
            return _at_threshold(_ABOVE, event, race, voice)
        case _, "below":
            return _at_threshold(_BELOW, event, race, voice)
        case _:
            return _places(event, race, voice)


def _at_threshold(message: str, event: Event, race: Race, voice: Voice) -> Html:
    limit = event.details.get("threshold")
    threshold = voice.percent(limit if isinstance(limit, int | float) else race.threshold)
    return voice.say(message, name=bold_name(race, event.candidate), threshold=threshold)


def _places(event: Event, race: Race, voice: Voice) -> Html:
    """Who came in for whom; those who are level at the last place are neither in nor out."""
    came, out = event.after or "", ids(event.before)
    if event.details.get("tie") is True or " = " in came:
        return voice.say(
            "{names} are level at the last place that counts", names=listed(came.split(" = "), race)
        )
    if not came or not out:
        told = [escape(clean(word, 60)) for word in (event.before or "?", came or "?")]
        return voice.say("{before} before, {after} now", before=told[0], after=told[1])
    return voice.say(
        "Above the line now: {names}; below it: {others}",
        names=listed(ids(came), race),
        others=listed(out, race),
    )
