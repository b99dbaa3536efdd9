"""The monitor of a house, with what runs beside it: heartbeats, backups, old pages let go."""

from bot.alarm import Alarm
from cli.house import House
from monitoring.heartbeat import ChatHeartbeat, UrlHeartbeat
from monitoring.monitor import Monitor, Neighbours, Work
from monitoring.pulse import DiskPulse
from scrapers.spiders.connector import guarded_connector
from storage.upkeep import Upkeep


def monitor(house: House) -> Monitor:
    """As the settings have it."""
    bot, settings, store = house.bot, house.settings, house.store
    neighbours = Neighbours(
        alarm=Alarm(bot.channel if bot else None, settings.operators),
        telegram=lambda: bot.trouble if bot else None,
        channels=tuple(house.outbox.lanes),
    )
    made = Monitor(
        store,
        house.roster.in_force.values,
        clock=house.clock,
        neighbours=neighbours,
        listen=settings.listen,
    )
    upkeep = Upkeep(
        store,
        house.backups,
        clock=house.clock,
        tell=store.tell_operators,
        every=settings.backup_every,
        age=settings.keep_pages,
        size=settings.keep_pages_size,
    )
    disk = DiskPulse(store.path.parent, store.tell_operators)
    made.works += [upkeep.copying, upkeep.sweeping, disk.run, *_heartbeats(house, made)]
    return made


def _heartbeats(house: House, made: Monitor) -> list[Work]:
    settings = house.settings
    works: list[Work] = []
    if settings.heartbeat_url is not None:
        url = UrlHeartbeat(
            settings.heartbeat_url,
            settings.heartbeat_every,
            well=made.is_well,
            connector=lambda: guarded_connector(settings.allow_hosts),
        )
        works.append(url.run)
    if settings.heartbeat_chat is not None:
        chat = house.store.add_chat("telegram", settings.heartbeat_chat).id
        works.append(
            ChatHeartbeat(
                settings.heartbeat_chat_every,
                summary=made.summary,
                say=lambda text: house.store.tell_of_itself([chat], text),
            ).run
        )
    return works
