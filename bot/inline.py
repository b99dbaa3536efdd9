"""Inline mode: ``@bot istanbul`` in any chat offers the races found, each as it stands right now."""

from collections.abc import Mapping
from datetime import datetime

from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions
from telegram.constants import ParseMode

from bot.commands.choosing import latest_first, matching
from bot.wording import Voice, short
from bot.wording.board import results
from bot.wording.kinds.counts import standing_line
from bot.wording.markup import plain, shorten
from bot.wording.names import title
from storage import Store
from tally.race import Race

MOST = 10


def offers(
    words: str, races: Mapping[str, Race], store: Store, language: str, now: datetime
) -> list[InlineQueryResultArticle]:
    """The races found by ``words`` (all without any), the latest vote first."""
    found = latest_first(matching(words, races.values()))[:MOST]
    return [_offer(race, store, Voice(language, race.timezone), now) for race in found]


def _offer(race: Race, store: Store, voice: Voice, now: datetime) -> InlineQueryResultArticle:
    standing = store.standing(race)
    content = InputTextMessageContent(
        results(standing, race, voice, now),
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    told = (
        standing_line(standing.headline, race, voice)
        if standing.headline
        else voice.say("No votes counted yet")
    )
    return InlineQueryResultArticle(
        short(race.id), shorten(title(race), 100), content, description=shorten(plain(told), 200)
    )
