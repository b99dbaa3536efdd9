"""An event put into words for one chat: headline first, then the numbers, the source, how sure."""

import hashlib
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import bot.wording.kinds  # noqa: F401  (each kind registers its writer)
from bot.wording import blocks
from bot.wording.catalogue import language_for
from bot.wording.markup import CAPTION_LIMIT, MESSAGE_LIMIT, Html, join, plain, tag, units
from bot.wording.names import title
from bot.wording.news import News, news_of
from bot.wording.outlook import outlook
from bot.wording.voice import Voice
from tally.event import Audience, Event, EventKind, Level, Tier
from tally.race import Race

PREVIEW_LINES = 2  # what a lock screen shows


@dataclass(frozen=True)
class Button:
    """A button under a message: ``data`` comes back when it is tapped (64 bytes at most).

    ``style`` is "primary", "success" or "danger" where a tap does more than show something.
    """

    text: str
    data: str
    style: str | None = None


@dataclass(frozen=True)
class Alert:
    """One event in the words of one chat.

    ``html`` is Telegram HTML of at most 4096 UTF-16 units after parsing,
    ``caption`` the same in 1024 for a picture; ``plain`` is the text without
    marks; ``preview`` its first two lines; ``buttons`` are rows.
    """

    html: str
    plain: str
    silent: bool
    buttons: tuple[tuple[Button, ...], ...] = ()
    preview: str = ""
    caption: str = ""


def alert(event: Event, race: Race, language: str = "en", timezone: ZoneInfo | None = None) -> Alert:
    """The alert for ``event``, in ``language`` (any client's code; unknown is English) and
    with hours of ``timezone`` (the race's own by default).
    """
    voice = Voice(language_for(language), timezone or race.timezone)
    body = paragraphs(event, race, voice)
    html = fit(body, MESSAGE_LIMIT)
    text = plain(html)
    return Alert(
        html=html,
        plain=text,
        silent=not is_loud(event),
        buttons=buttons(event, race, voice),
        preview="\n".join(text.split("\n")[:PREVIEW_LINES]),
        caption=fit(body, CAPTION_LIMIT),
    )


def is_loud(event: Event) -> bool:
    """Whether the phone rings: at a concession, a call, a withdrawal, another lead, and whatever is urgent.

    A phone that rang at each mark of the count would be muted by ten. A lead change told by one origin
    early on rings too: its confirmation is an edit, and edits make no sound.
    """
    if event.level is not Level.IMPORTANT:
        return event.level is Level.URGENT
    for_operators = event.kind.audience is Audience.OPERATORS
    return for_operators or event.kind is EventKind.LEAD_CHANGE or event.corrects is not None


def sample(event: Event, race: Race, language: str = "en", timezone: ZoneInfo | None = None) -> Alert:
    """The same alert marked as a test in its first line and its last; silent, and without buttons."""
    real = alert(event, race, language, timezone)
    voice = Voice(language_for(language), timezone or race.timezone)
    mark = voice.say("TEST, not news")
    html = f"🧪 <b>{mark}</b>\n{real.html}\n<i>{mark}</i>"
    text = plain(html)
    return Alert(
        html, text, silent=True, preview="\n".join(text.split("\n")[:PREVIEW_LINES]), caption=real.caption
    )


def paragraphs(event: Event, race: Race, voice: Voice) -> list[Html]:
    """The alert's paragraphs in the order they are read; what comes last can go first."""
    news = news_of(event, race, voice)
    sure = _confirms(event) and event.kind is not EventKind.VICTORY_CLAIM
    label = voice.say("{label}, CONFIRMED", label=news.label) if sure else news.label
    headline = join([news.emoji, " ", tag("b", join([label, " · ", title(race)]))])
    opening = [headline, *news.lines[:1]]
    if _confirms(event):
        opening.append(blocks.now_confirmed(event, race, voice))
    told: list[Html | None] = [join(opening, "\n"), join(news.lines[1:], "\n")]
    if event.corrects and event.kind.audience is Audience.FOLLOWERS:
        told.append(voice.say("This corrects an earlier alert."))
    told += _evidence(news, event, race, voice)
    told += _numbers(news, event, race, voice)
    told.append(_footer(news, event, race, voice))
    return [paragraph for paragraph in told if paragraph]


def fit(body: list[Html], limit: int) -> Html:
    """The paragraphs within ``limit`` units: the second to last goes until they fit.

    The first (what happened) and the last (the source) always stay: each of
    their parts is bounded, so the two together are far below any limit.
    """
    kept = list(body)
    while len(kept) > 2 and units(plain(join(kept, "\n"))) > limit:
        del kept[-2]
    return join(kept, "\n")


def buttons(event: Event, race: Race, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    """Chart, why, and mute: under each alert for followers."""
    if event.kind.audience is Audience.OPERATORS:
        return ()
    chart = Button("📊 " + voice.say("Chart"), f"chart:{short(race.id)}")
    why = Button("❓ " + voice.say("Why"), f"why:{short(race.id)}:{short(event.key)}")
    mute = Button("🔕 " + voice.say("Mute race"), f"mute:{short(race.id)}")
    return ((chart, why, mute),)


def short(name: str) -> str:
    """Sixteen characters that stand for a race or an event: a button carries 64 bytes at most."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _confirms(event: Event) -> bool:
    """Whether it makes an earlier alert surer; of many flips in one message the last does not."""
    return event.updates is not None and event.tier is Tier.CONFIRMED and "flips" not in event.details


def _evidence(news: News, event: Event, race: Race, voice: Voice) -> list[Html | None]:
    if not news.quoted or not event.proofs:
        return []
    return [blocks.quote(event.proofs[0], voice, race, news.speaker)]


def _numbers(news: News, event: Event, race: Race, voice: Voice) -> list[Html | None]:
    if not news.counts or event.headline is None:
        return list(news.tables)
    settled = event.kind in blocks.SETTLED
    table = blocks.table(event.headline, race, voice)
    whose = blocks.whose_count(event.headline, event, race, voice) if table else None
    told = blocks.figures(event.headline, race, voice, settled=settled)
    return [table, told, whose, outlook(event, race, voice)]


def _footer(news: News, event: Event, race: Race, voice: Voice) -> Html:
    sure = blocks.sureness(event, race, voice) if news.sure and not _confirms(event) else None
    source = blocks.source(event, voice, race) if news.sourced else None
    return join([part for part in (sure, source) if part], "\n")
