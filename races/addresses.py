"""What a source's address gives away or can't mean."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import parse_qsl

from races.draft import Draft
from races.fields import split_url
from races.problem import Finding, quoted

_LOCAL = (".local", ".localhost", ".internal", ".lan", ".home.arpa")
_SECRET = re.compile(
    r"^(api[-_]?key|key|(access[-_]?)?token|secret|password|passwd|auth|sig(nature)?)$", re.I
)


def address_findings(draft: Draft) -> Iterator[Finding]:
    """Private hosts, useless fragments and secrets."""
    for place, url in draft.texts("sources", "url"):
        parts = split_url(url)
        if parts is None or not parts.hostname:
            continue
        if is_private(parts.hostname):
            what = f"host {quoted(parts.hostname)} is a private address, which the service does not fetch"
            yield Finding(place, what, "unless TALLYWIRE_ALLOW_HOSTS names it", warning=True)
        if parts.fragment:
            what = f"what follows # in the URL ({quoted(parts.fragment)}) never reaches a server"
            yield Finding(place, what, "leave it away", warning=True)
        for name, _ in parse_qsl(parts.query):
            if _SECRET.match(name):
                what = f"the URL seems to hold a secret ({quoted(name)}), and alerts link to it"
                yield Finding(place, what, "secrets never stand in a race file", warning=True)


def is_private(host: str) -> bool:
    """Whether a host is this machine or its network by its name alone; nothing is looked up."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        name = host.lower().removesuffix(".")
        return name == "localhost" or "." not in name or name.endswith(_LOCAL)
    return not (getattr(address, "ipv4_mapped", None) or address).is_global
