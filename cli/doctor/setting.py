"""Settings that are mistyped, or that nobody should go into a night without."""

from collections.abc import Iterator

from cli.doctor import Finding, Patient, State
from settings.load import unknown
from settings.values import is_loopback

ORDER, ONLINE = 10, False


def look(patient: Patient) -> Iterator[Finding]:
    """Names that are no settings, and what is missing."""
    settings = patient.settings
    for complaint in unknown(settings.environ):
        yield Finding(State.ODD, complaint, "'tallywire settings --table' lists the names")
    if settings.contact is None:
        remedy = "set TALLYWIRE_CONTACT to an address of mail or web"
        yield Finding(State.ODD, "the sources can't see whom to ask about our polls", remedy)
    if settings.telegram_token and not settings.operators:
        remedy = 'set TALLYWIRE_OPERATORS to your Telegram id: "address" in the file that /export gives'
        yield Finding(State.ODD, "nobody hears of lost sources and doubtful data", remedy)
    if settings.heartbeat_url is None and settings.heartbeat_chat is None:
        remedy = "set TALLYWIRE_HEARTBEAT_URL to a dead man's switch"
        yield Finding(State.ODD, "nobody would notice if the whole machine stopped", remedy)
    if settings.listen is not None and not is_loopback(settings.listen.host):
        remedy = "have a firewall or a container's network in front"
        yield Finding(State.ODD, f"metrics can be read by whoever reaches {settings.listen.host}", remedy)
    if settings.backup_every is None:
        yield Finding(State.ODD, "no backups are made on their own", "set TALLYWIRE_BACKUP_EVERY, as in 15m")
