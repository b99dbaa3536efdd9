"""What a service says of itself as it starts."""

from collections.abc import Iterable
from datetime import datetime

from cli.counting import many
from tally.race import Race

_NOTHING = "Nothing is left to watch: add a race file, or see a bundled night with 'tallywire rehearse'."


def greeting(races: Iterable[Race], now: datetime, *, has_bot: bool) -> list[str]:
    """What will be watched, and what is missing, in sentences."""
    known = tuple(races)
    over = [race.id for race in known if race.watch_until is not None and now >= race.watch_until]
    watched = [race for race in known if race.id not in over]
    sources = sum(len(race.sources) for race in watched)
    said = [f"Watching {many(len(watched), 'race')} on {many(sources, 'source')}; alerts are shown here."]
    if over:
        said.append(f"Over, and watched no more: {', '.join(over)}.")
    if not watched:
        said.append(_NOTHING)
    if not has_bot:
        said.append("No TELEGRAM_TOKEN is set: @BotFather gives one, and the alerts go to Telegram too.")
    return said
