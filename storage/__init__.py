"""What outlives the process: SQLite, with one transaction from a reading to the deliveries it causes."""

from storage.backups import Backup, Backups, restore
from storage.chat import EVERY_RACE, Chat, Subscription
from storage.delivery import Action, Delivery, State, Trouble
from storage.intake import Intake
from storage.notices import Notice, NoticeKind
from storage.opening import open_sound
from storage.sources import Memory
from storage.store import Store

# The database's name in the folder of data.
DATABASE = "tallywire.db"

__all__ = [
    "DATABASE",
    "EVERY_RACE",
    "Action",
    "Backup",
    "Backups",
    "Chat",
    "Delivery",
    "Intake",
    "Memory",
    "Notice",
    "NoticeKind",
    "State",
    "Store",
    "Subscription",
    "Trouble",
    "open_sound",
    "restore",
]
