"""News out of the count itself. Votes are cast already: nobody "takes" the lead, somebody is ahead."""

from bot.wording.markup import Html, clean, tag
from bot.wording.names import bold_name, full_name, origin_name
from bot.wording.news import News, writes
from bot.wording.voice import Voice
from tally.event import Event, EventKind, Headline
from tally.race import Method, Race


def standing_line(headline: Headline | None, race: Race, voice: Voice) -> Html:
    """Who is ahead, in one neutral sentence."""
    if headline is None or not headline.results:
        return voice.say("No votes counted yet")
    if headline.leader is None:
        return _level_line(headline, race, voice)
    second = next((r.candidate for r in headline.results if r.candidate != headline.leader), None)
    return ahead_line(headline.leader, second, race, voice)


def ahead_line(leader: str, second: str | None, race: Race, voice: Voice, round_: object = None) -> Html:
    """Who is ahead of whom, always "in the votes counted so far"."""
    names = {"leader": bold_name(race, leader), "second": full_name(race, second)}
    if race.method is Method.RANKED and round_ is not None:
        return voice.say("{leader} is ahead in round {round} of the count", round=round_, **names)
    if second is None:
        return voice.say("{leader} is ahead in the votes counted so far", **names)
    return voice.say("{leader} is ahead of {second} in the votes counted so far", **names)


@writes(EventKind.FIRST_RESULTS)
def first_results(event: Event, race: Race, voice: Voice) -> News:
    """The first numbers of the night."""
    return News("🗳", voice.say("FIRST RESULTS"), (standing_line(event.headline, race, voice),))


@writes(EventKind.LEAD_CHANGE)
def lead_change(event: Event, race: Race, voice: Voice) -> News:
    """Another candidate is ahead; whose count says so where it overrules another."""
    leader = event.after or (event.headline.leader if event.headline else None)
    if leader is None:
        return tie(event, race, voice)
    second = event.before if event.before != leader else None
    lines = [ahead_line(leader, second, race, voice, event.details.get("round"))]
    lines += _flurry(event, voice)
    lines += [_overruled(event, other, race, voice) for other in event.others[:2]]
    return News("🔁", voice.say("LEAD CHANGE"), tuple(lines))


@writes(EventKind.TIE)
def tie(event: Event, race: Race, voice: Voice) -> News:
    """An exact tie: a state of its own."""
    law = voice.say("If it stays so, local law decides what follows.")
    return News("⚖️", voice.say("TIE"), (_level_line(event.headline, race, voice), law))


@writes(EventKind.LINE_CHANGE)
def line_change(event: Event, race: Race, voice: Voice) -> News:
    """Somebody crossed the line that decides: a threshold, the top two, the last seat."""
    return News("📏", voice.say("LINE CROSSED"), (_line_crossed(event, race, voice),))


@writes(EventKind.MILESTONE)
def milestone(event: Event, race: Race, voice: Voice) -> News:
    """A round figure of the count is reached."""
    return News("📈", voice.say("COUNT PROGRESS"), (standing_line(event.headline, race, voice),))


@writes(EventKind.CLOSE)
def close(event: Event, race: Race, voice: Voice) -> News:
    """The margin has become small."""
    near = voice.say("The margin has become small.")
    return News("🔍", voice.say("CLOSE RACE"), (standing_line(event.headline, race, voice), near))


@writes(EventKind.REVISED)
def revised(event: Event, race: Race, voice: Voice) -> News:
    """An origin took votes back: said as a correction, and of what."""
    whose = tag("b", origin_name(race, event.origin))
    lines = [voice.say("{origin} has revised its count.", origin=whose)]
    if event.before and event.after:
        lines.append(_was_and_is(event, race, voice))
    if event.corrects:
        lines.append(voice.say("This corrects an earlier alert."))
    return News("✏️", voice.say("COUNT REVISED"), tuple(lines))


def was(event: Event, race: Race, voice: Voice) -> str:
    """What stood before, as a candidate's name, a number or the word itself."""
    return _thing(event.before, race, voice)


def _thing(what: str | None, race: Race, voice: Voice) -> str:
    if what and what.isascii() and what.isdigit():
        return voice.number(int(what[:15]))
    return full_name(race, what)


def _was_and_is(event: Event, race: Race, voice: Voice) -> Html:
    before, after = was(event, race, voice), _thing(event.after, race, voice)
    if event.candidate:
        who = bold_name(race, event.candidate)
        return voice.say("{name}: {before} before, {after} now", name=who, before=before, after=after)
    return voice.say("{before} before, {after} now", before=before, after=after)


def _level_line(headline: Headline | None, race: Race, voice: Voice) -> Html:
    lines = headline.results[:2] if headline else ()
    if len(lines) < 2:
        return voice.say("Level in the votes counted so far")
    first, second = (bold_name(race, line.candidate) for line in lines)
    votes = lines[0].votes
    if votes is None or votes != lines[1].votes:
        return voice.say(
            "{first} and {second} are level in the votes counted so far", first=first, second=second
        )
    return voice.plural(
        "{first} and {second} are level at {n} vote each",
        "{first} and {second} are level at {n} votes each",
        votes,
        first=first,
        second=second,
    )


def _flurry(event: Event, voice: Voice) -> list[Html]:
    changes, minutes = event.details.get("changes"), event.details.get("minutes")
    if not isinstance(changes, int) or changes < 2:
        return []
    if not isinstance(minutes, int | float):
        return [voice.plural("The lead has changed {n} time.", "The lead has changed {n} times.", changes)]
    return [
        voice.plural(
            "The lead has changed {n} time in {minutes} minutes.",
            "The lead has changed {n} times in {minutes} minutes.",
            changes,
            minutes=voice.number(minutes),
        )
    ]


def _overruled(event: Event, other: Headline, race: Race, voice: Voice) -> Html:
    """Whose count it is now, and whom the count it overrules had ahead."""
    origin, beaten = tag("b", origin_name(race, event.origin)), origin_name(race, other.origin)
    if other.leader is None:
        return voice.say(
            "This is the count of {origin}; {other} has them level.", origin=origin, other=beaten
        )
    return voice.say(
        "This is the count of {origin}; {other} has {name} ahead.",
        origin=origin,
        other=beaten,
        name=full_name(race, other.leader),
    )


def _line_crossed(event: Event, race: Race, voice: Voice) -> Html:
    after, before = event.after or "", event.before or ""
    who = bold_name(race, event.candidate or event.after)
    if race.candidate(after) and race.candidate(before) and after != before:
        return voice.say(
            "{name} stands above the line now, {other} below it",
            name=bold_name(race, after),
            other=full_name(race, before),
        )
    threshold = voice.percent(race.threshold)
    if after.startswith("above") or after == "over":
        return voice.say(
            "{name} is above {threshold} in the votes counted so far", name=who, threshold=threshold
        )
    if after.startswith(("below", "under")):
        return voice.say(
            "{name} is below {threshold} in the votes counted so far", name=who, threshold=threshold
        )
    return voice.say(
        "{name}: {before} before, {after} now", name=who, before=clean(before, 60), after=clean(after, 60)
    )
