"""Which addresses may be connected to.

A source's page can redirect anywhere, and a name can resolve to anything. The
operator's machine stands inside somebody's network, so an address that is not
public is refused unless the operator allows it by name.
"""

import ipaddress
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Not public, though ``is_global`` says so in one Python or another: the cloud
# providers' metadata and wire servers, protocol assignments, local-use NAT64.
_NOT_PUBLIC: tuple[Network, ...] = tuple(
    ipaddress.ip_network(text)
    for text in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "168.63.129.16/32",
        "64:ff9b:1::/48",
        "100::/64",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_V4_COMPATIBLE = ipaddress.ip_network("::/96")


class AddressGuard:
    """Says whether an address may be connected to.

    ``allow`` names what may be reached although it is not public: an address
    (``127.0.0.1``), a network (``10.0.0.0/8``) or a host name, each with an
    optional port (``127.0.0.1:8000``, ``[::1]:8000``, ``newsroom:8000``).
    ``anything`` allows every address, for runs by hand on the operator's machine.
    """

    def __init__(self, allow: Iterable[str] = (), *, anything: bool = False) -> None:
        self._anything = anything
        self._networks: list[tuple[Network, int | None]] = []
        self._names: set[tuple[str, int | None]] = set()
        self._known: set[tuple[Address, int]] = set()
        for entry in allow:
            self._add(entry)

    def learn(self, host: str, port: int, addresses: Iterable[str]) -> None:
        """Take note of what an allowed host name resolved to just now."""
        if {(host, port), (host, None)} & self._names:
            self._known.update((_plain(address), port) for address in addresses)

    def allows_name(self, host: str, port: int) -> bool:
        """Whether the operator allows this host name, whatever it resolves to."""
        return self._anything or bool({(host.lower(), port), (host.lower(), None)} & self._names)

    def refusal(self, address: str, port: int) -> str | None:
        """Why this address may not be connected to, in plain words, or None if it may."""
        if self._anything:
            return None
        ip = _plain(address)
        if (ip, port) in self._known or self._allowed(ip, port):
            return None
        if all(_public(form) for form in _forms(ip)):
            return None
        return f"{ip} is not a public address (TALLYWIRE_ALLOW_HOSTS can allow it)"

    def _allowed(self, ip: Address, port: int) -> bool:
        return any(only in (None, port) and ip in network for network, only in self._networks)

    def _add(self, entry: str) -> None:
        host, port = _split(entry.strip())
        try:
            self._networks.append((ipaddress.ip_network(host, strict=False), port))
        except ValueError:
            self._names.add((host.lower(), port))


def _split(entry: str) -> tuple[str, int | None]:
    """Take "host:port" or "[v6]:port" apart; a bare IPv6 address has no port."""
    head, colon, tail = entry.rpartition(":")
    if colon and tail.isdigit() and (":" not in head or head.endswith("]")):
        return head.strip("[]"), int(tail)
    return entry.strip("[]"), None


def _plain(address: str) -> Address:
    """The address without its zone, and an IPv4 address written as IPv6 as what it is."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    return ip


def _forms(ip: Address) -> list[Address]:
    """The address itself, and the IPv4 addresses that a gateway would take out of it."""
    if isinstance(ip, ipaddress.IPv4Address):
        return [ip]
    inner: list[Address] = [ip]
    if ip in _NAT64 or ip in _V4_COMPATIBLE:
        inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    if ip in _NAT64:
        inner.remove(ip)
    if ip.sixtofour is not None:
        inner.append(ip.sixtofour)
    if ip.teredo is not None:
        inner.extend(ip.teredo)
    return inner


def _public(ip: Address) -> bool:
    if ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        return False
    return ip.is_global and not any(ip in network for network in _NOT_PUBLIC)
