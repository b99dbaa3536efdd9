"""Connections for what is no page: guarded like those to sources."""

import socket
from collections.abc import Iterable
from typing import Any

import aiohttp

from scrapers.spiders.errors import ForbiddenAddress
from scrapers.spiders.guard import AddressGuard
from scrapers.spiders.handler import ThreadPerLookup


def guarded_connector(allow_hosts: Iterable[str]) -> aiohttp.TCPConnector:
    """A connector that reaches public addresses, and others only if they are allowed.

    The guard sits at the socket, after resolution: no name gets past it.
    """
    guard = AddressGuard(allow_hosts)

    def make(info: Any) -> socket.socket:
        family, kind, proto, _, address = info
        reason = guard.refusal(address[0], address[1])
        if reason is not None:
            raise ForbiddenAddress(reason)
        return socket.socket(family=family, type=kind, proto=proto)

    return aiohttp.TCPConnector(resolver=ThreadPerLookup(guard), socket_factory=make)
