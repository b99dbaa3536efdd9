"""A race as it stands: the count it is told by, whose it is, and what has been said."""

from dataclasses import dataclass
from datetime import datetime

from bot.wording import blocks
from bot.wording.alert import Alert, fit
from bot.wording.kinds.counts import standing_line
from bot.wording.markup import MESSAGE_LIMIT, Html, join, plain, tag
from bot.wording.names import bold_name, full_name, origin_name, title
from bot.wording.voice import Voice
from tally.aggregate import OFFICIAL, told_totals
from tally.claim import ClaimKind, Strength
from tally.event import Headline
from tally.race import Race
from tally.standing import Phase, Said, Standing

STATUSES_SHOWN = 8


def say(message: str) -> str:
    """Marks a message for the catalogues where it stands in a table."""
    return message


_WORDS = {
    ClaimKind.CONCESSION: say("{name} has conceded"),
    ClaimKind.VICTORY_CLAIM: say("{name} claims victory"),
    ClaimKind.CALLED: say("{board} has called the race for {about}"),
    ClaimKind.DECLARED: say("{board} has declared {about} elected"),
    ClaimKind.CERTIFIED: say("{board} has certified the result"),
    ClaimKind.RECOUNT: say("Votes are being counted again"),
    ClaimKind.CHALLENGED: say("The result is challenged"),
    ClaimKind.ANNULLED: say("{board} has annulled the election"),
}
_SOFT = {
    ClaimKind.CONCESSION: say("{name} has congratulated, with a reservation"),
    ClaimKind.CALLED: say("{board} has projected {about} as the winner"),
}


@dataclass(frozen=True)
class LiveBoard:
    """A board to be pinned; ``unstamped`` is all of it but the hour at which it was edited."""

    alert: Alert
    unstamped: str


def live_board(standing: Standing, race: Race, voice: Voice, now: datetime) -> LiveBoard:
    """The board of a race that is edited as it changes."""
    body = [join(["🔴 ", tag("b", voice.say("LIVE BOARD"))]), *_standing(standing, race, voice, now)]
    foot = tag("i", voice.say("Edited at {time}, whenever something changes", time=voice.hour(now)))
    html = fit([join([body[0], body[1]], "\n"), *body[2:], foot], MESSAGE_LIMIT)
    return LiveBoard(Alert(html, plain(html), silent=True), join(body, "\n"))


def results(standing: Standing, race: Race, voice: Voice, now: datetime) -> Html:
    """What is known about a race at ``now``, within one message."""
    asked = tag("i", voice.say("Asked at {time}", time=voice.hour(now)))
    return fit([*_standing(standing, race, voice, now), asked], MESSAGE_LIMIT)


def _standing(standing: Standing, race: Race, voice: Voice, now: datetime) -> list[Html]:
    headline = standing.headline
    head = join(["📊 ", tag("b", title(race))])
    body = [join([head, _phase(standing, race, voice, now)], "\n")]
    body += [] if headline is None else _count(headline, standing, race, voice, now)
    body += _totals(standing, race, voice)
    told = (_said(said, race, voice, now) for said in standing.statuses[-STATUSES_SHOWN:])
    body += [line for line in told if line]
    return [part for part in body if part]


def _totals(standing: Standing, race: Race, voice: Voice) -> list[Html]:
    """Of a race that adds up others: seats or electors by desk, the largest first."""
    return [
        join(
            [
                tag("b", voice.say("Official") if desk == OFFICIAL else origin_name(race, desk)),
                ": ",
                join([f"{full_name(race, who)} {voice.number(n)}" for who, n in totals.most_common(6)], ", "),
                f" / {voice.number(sum(race.adds_up.values()))}",
            ]
        )
        for desk, totals in told_totals(standing).items()
    ]


def _phase(standing: Standing, race: Race, voice: Voice, now: datetime) -> Html:
    """The one sentence under the title."""
    if standing.phase is Phase.ANNULLED:
        return voice.say("This election was annulled. What was counted is kept as history.")
    if standing.headline is not None:
        return standing_line(standing.headline, race, voice)
    if race.majority is not None:
        return voice.say("A majority is {line}", line=voice.number(race.majority))
    if race.polls_close is not None and now < race.polls_close:
        return voice.say("Polls close at {time}", time=voice.hour(race.polls_close, now))
    return voice.say("No votes counted yet")


def _count(headline: Headline, standing: Standing, race: Race, voice: Voice, now: datetime) -> list[Html]:
    count = standing.origins.get(headline.origin)
    settled = standing.phase in {Phase.DECLARED, Phase.CERTIFIED}
    name = blocks.linked(origin_name(race, headline.origin), headline.url)
    parts = [
        blocks.table(headline, race, voice),
        blocks.figures(headline, race, voice, settled=settled),
        voice.say("Source: {name} · as of {time}", name=name, time=voice.hour(headline.as_of, now)),
    ]
    if count is not None and count.silent_since is not None:
        since = voice.hour(headline.as_of, now)
        parts.append(join(["⏸ ", voice.say("No update from {origin} since {time}", origin=name, time=since)]))
    return [part for part in [*parts, *_others(headline, standing, race, voice, now)] if part]


def _others(headline: Headline, standing: Standing, race: Race, voice: Voice, now: datetime) -> list[Html]:
    """Who is ahead by each further count."""
    further = [c.headline for origin, c in standing.origins.items() if origin != headline.origin]
    return [
        voice.say(
            "{name}, {time}: {leader} ahead",
            name=blocks.linked(origin_name(race, other.origin), other.url),
            time=voice.hour(other.as_of, now),
            leader=full_name(race, other.leader),
        )
        for other in further[:4]
        if other.leader is not None
    ]


def _said(said: Said, race: Race, voice: Voice, now: datetime) -> Html | None:
    """One status with its hour; one that was withdrawn stays, struck through."""
    words = _status(said, race, voice)
    if words is None:
        return None
    told = tag("s", words) if said.withdrawn else words
    return join(["• ", told, " · ", voice.hour(said.told_at, now)])


def _status(said: Said, race: Race, voice: Voice) -> Html | None:
    word = _WORDS.get(said.kind)
    if word is None:
        return None
    if said.strength is Strength.SOFT:
        word = _SOFT.get(said.kind, word)
    return voice.say(
        word,
        name=bold_name(race, said.by or said.proof.origin),
        about=bold_name(race, said.candidate or said.by),
        board=tag("b", origin_name(race, said.by or said.proof.origin)),
    )
