"""News out of the count itself. Votes are cast already: nobody "takes" the lead, somebody is ahead."""

from bot.wording.markup import Html, tag
from bot.wording.names import bold_name, full_name, ids, listed, origin_name
from bot.wording.news import News, writes
from bot.wording.voice import Voice
from tally.event import Event, EventKind, Headline
from tally.race import Method, Race


def standing_line(headline: Headline | None, race: Race, voice: Voice) -> Html:
    """Who is ahead, in one neutral sentence."""
    if headline is None or (headline.leader is None and not headline.results):
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
    level = [name for name in (event.after or "").split(" = ") if race.candidate(name)]
    if len(level) > 2:
        line = voice.say("{names} are level in the votes counted so far", names=listed(level, race))
    else:
        line = _level_line(event.headline, race, voice)
    return News("⚖️", voice.say("TIE"), (line, law))


@writes(EventKind.MILESTONE)
def milestone(event: Event, race: Race, voice: Voice) -> News:
    """The count has come to a mark, to a round, or to where the votes left can't change who is ahead."""
    ahead = standing_line(event.headline, race, voice)
    left, out = event.details.get("votes_left"), ids(event.details.get("out"))
    if event.details.get("beyond_reach") and isinstance(left, int):
        lines = [ahead, _beyond_reach(event, left, voice)]
    elif (number := event.details.get("round")) is not None:
        leader = event.candidate or (event.headline.leader if event.headline else None)
        lines = [ahead if leader is None else ahead_line(leader, None, race, voice, number)]
        lines += [voice.say("Out after this round: {names}", names=listed(out, race))] if out else []
    else:
        lines = [ahead]
    return News("📈", voice.say("COUNT PROGRESS"), tuple(lines))


@writes(EventKind.CLOSE)
def close(event: Event, race: Race, voice: Voice) -> News:
    """The margin has become small."""
    near = voice.say("The margin has become small.")
    return News("🔍", voice.say("CLOSE RACE"), (standing_line(event.headline, race, voice), near))


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


def _beyond_reach(event: Event, left: int, voice: Voice) -> Html:
    """Said carefully: of the votes that the count itself says are left, and of nothing else."""
    margin = event.details.get("margin")
    return voice.say(
        "The margin ({margin}) is larger than the votes that this count says are left ({left}).",
        margin=voice.number(margin) if isinstance(margin, int) else "?",
        left=voice.number(left),
    )


def _flurry(event: Event, voice: Voice) -> list[Html]:
    changes, minutes = event.details.get("flips"), event.details.get("minutes")
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
    """Which count says so, and whom the count that it overrules has ahead. A name takes no article."""
    ours = {"origin": tag("b", origin_name(race, event.origin)), "leader": full_name(race, event.after)}
    theirs = origin_name(race, other.origin)
    if other.leader is None:
        return voice.say(
            "Two counts: {origin} puts {leader} first, {other} puts them level.", other=theirs, **ours
        )
    return voice.say(
        "Two counts: {origin} puts {leader} first, {other} puts {name} first.",
        other=theirs,
        name=full_name(race, other.leader),
        **ours,
    )
