"""The chats that the environment names: a web hook, an address of Apprise's. They follow every race."""

from collections.abc import Mapping

from bot.channels import found
from storage import EVERY_RACE, Store

_LEFT = "not configured any more"


def enlist(store: Store, environ: Mapping[str, str]) -> None:
    """Have the chats of every channel that names its own; one not named any more is put to rest.

    A channel module that has such chats has ``addresses(environ)``: what each
    is called in the database, and a word for people.
    """
    for name, module in found().items():
        if not hasattr(module, "addresses"):
            continue
        named: Mapping[str, str] = module.addresses(environ)
        for chat in store.chats(name):
            if chat.address not in named:
                store.deactivate(chat.id, _LEFT)
        for address, title in named.items():
            chat = store.add_chat(name, address, title=title)
            store.reactivate(chat.id)
            if not store.follows(chat.id):
                store.follow(chat.id, EVERY_RACE)
