"""Why an alert was sent: its proofs, each with whose word it is, where it stands and since when."""

import bot.wording.kinds  # noqa: F401  (each kind registers its writer)
from bot.wording import blocks
from bot.wording.alert import fit
from bot.wording.markup import MESSAGE_LIMIT, Html, clean, join, tag
from bot.wording.names import origin_name, title
from bot.wording.news import news_of
from bot.wording.voice import Voice
from tally.event import Event, Proof, Tier
from tally.race import Race

PROOFS_SHOWN = 5


def reasons(event: Event, race: Race, voice: Voice) -> Html:
    """What ``event`` rests on, within one message."""
    head = join(["❓ ", tag("b", title(race)), "\n", in_one_line(event, race, voice)])
    rests = voice.plural("It rests on {n} quote:", "It rests on {n} quotes:", len(event.proofs))
    shown = [_proof(proof, event, race, voice) for proof in event.proofs[:PROOFS_SHOWN]]
    return fit([head, rests, *shown, _tier(event, voice)], MESSAGE_LIMIT)


def in_one_line(event: Event, race: Race, voice: Voice) -> Html:
    """An event in one line: its emoji and its first sentence."""
    news = news_of(event, race, voice)
    return join([news.emoji, " ", news.lines[0]])


def _proof(proof: Proof, event: Event, race: Race, voice: Voice) -> Html:
    name = blocks.linked(origin_name(race, proof.origin), proof.url)
    caption = voice.say("{name} · as of {time}", name=name, time=voice.hour(proof.as_of, event.at))
    where = clean(proof.evidence.where, 80)
    caption = join([caption, " · ", where]) if where else caption
    return join([caption, blocks.quoted(clean(proof.evidence.quote, blocks.QUOTE_LIMIT) or "–")], "\n")


def _tier(event: Event, voice: Voice) -> Html:
    if event.tier is Tier.CONFIRMED:
        return voice.say("It counts as confirmed: an official source, or two that agree.")
    return voice.say("It counts as a first word: one source so far.")
