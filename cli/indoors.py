"""What a rehearsal takes of the settings: nobody outside may hear of a night that is only played."""

from collections.abc import Mapping

from settings.table import CONFIG, from_file

# An operator rehearses on the day before with the settings of the night: a lead change of 2019 has no
# business in their channels, hooks and feed.
_ALWAYS = ("TALLYWIRE_CHANNELS", "TALLYWIRE_WEBHOOK_URL", "TALLYWIRE_APPRISE_URLS", "TALLYWIRE_FEED")
# The public Telegram hands each update to one listener only: a rehearsal would swallow what readers write.
_PUBLIC = ("TELEGRAM_TOKEN", "TALLYWIRE_OPERATORS")


def indoors(environ: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The settings of a rehearsal, and the names of those that were set and are left out.

    The bot plays along only with a Telegram of one's own, which TELEGRAM_API_URL names.
    """
    outside = _ALWAYS if environ.get("TELEGRAM_API_URL") else (*_ALWAYS, *_PUBLIC)
    silent = {CONFIG, *outside, *map(from_file, outside)}  # what the file says is in ``environ`` already
    left_out = [name for name in outside if environ.get(name) or environ.get(from_file(name))]
    return {name: value for name, value in environ.items() if name not in silent}, left_out
