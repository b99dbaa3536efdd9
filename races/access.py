"""Headers, proxies and cookies of a source: what may be asked for, and that no secret stands in a file."""

import re
from collections.abc import Iterator, Mapping

from races.addresses import is_private
from races.draft import Draft
from races.fields import split_url
from races.problem import Finding, Place, quoted
from tally.access import is_malformed, names_in

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_SECRET = re.compile(r"authorization|token|secret|passw|api-?key|(^|[-_])(key|auth|session)($|[-_])", re.I)
# What a request is made of, and who it says that it is from.
_OURS = frozenset(
    {"host", "connection", "content-length", "transfer-encoding", "te", "upgrade", "trailer", "range"}
    | {"accept-encoding", "expect", "if-none-match", "if-modified-since"}
    | {"proxy-authorization", "proxy-connection"}
)


def access_findings(draft: Draft, environ: Mapping[str, str] | None) -> Iterator[Finding]:
    """Everything wrong with how sources are asked for. ``environ`` None: not checked for what is set."""
    for place, source in draft.tables("sources"):
        headers = source.get("headers")
        for name, value in headers.items() if isinstance(headers, Mapping) else ():
            here = (*place, "headers", name)
            yield from _header(here, name, value)
            yield from _names(here, value, environ)
        if source.get("cookies") is True and isinstance(headers, Mapping):
            for name in (n for n in headers if n.lower() == "cookie"):
                right = "keep one of them"
                yield Finding(
                    (*place, "headers", name), "a Cookie header and cookies = true exclude each other", right
                )
        yield from _proxy((*place, "proxy"), source.get("proxy"))
        yield from _names((*place, "proxy"), source.get("proxy"), environ)
        pages = source.get("pages")
        if isinstance(pages, int) and pages > 1 and source.get("kind") != "liveblog":
            yield Finding((*place, "pages"), "only a live blog is read over several pages", "leave it away")


def _header(place: Place, name: str, value: object) -> Iterator[Finding]:
    if not _TOKEN.fullmatch(name):
        yield Finding(place, f"{quoted(name)} is no header's name", 'write it as "X-Api-Key"')
    elif name.lower() == "user-agent":
        right = "set TALLYWIRE_CONTACT, so that a site can reach you"
        yield Finding(place, "the User-Agent says who asks, and is not to be changed", right)
    elif name.lower() in _OURS:
        yield Finding(place, f"the header {quoted(name)} is made for each request", "leave it away")
    elif isinstance(value, str) and _SECRET.search(name) and not any(names_in(value)):
        right = f'put it into the environment, and its name here: {name} = "${{MY_TOKEN}}"'
        yield Finding(place, f"the secret of {quoted(name)} stands in the file", right)
    if isinstance(value, str) and any(ord(c) < 32 or ord(c) == 127 for c in value):
        yield Finding(place, "the header holds a line break or a control character", "keep it to one line")


def _names(place: Place, value: object, environ: Mapping[str, str] | None) -> Iterator[Finding]:
    if not isinstance(value, str):
        return
    if is_malformed(value):
        yield Finding(place, "a name of the environment is not understood", "write it as ${MY_TOKEN}")
    for name in dict.fromkeys(names_in(value)):
        if environ is not None and not environ.get(name, "").strip():
            what = f"{name} is not set in the environment"
            yield Finding(place, what, f"start with {name}=… or put it into the settings file")


def _proxy(place: Place, value: object) -> Iterator[Finding]:
    if not isinstance(value, str):
        return
    parts = split_url(value)
    right = 'write it as "http://proxy.example:3128"'
    if any(names_in(value)) and (parts is None or not parts.scheme):
        return  # all of it comes from the environment
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        yield Finding(place, "the proxy is no http or https address", right)
        return
    if parts.password and not any(names_in(parts.password)):
        right = 'put it into the environment: "http://name:${PROXY_PASSWORD}@proxy.example:3128"'
        yield Finding(place, "the proxy's password stands in the file", right)
    if is_private(parts.hostname) and "$" not in parts.hostname:
        what = f"proxy {quoted(parts.hostname)} is at a private address, which the service does not reach"
        yield Finding(place, what, "unless TALLYWIRE_ALLOW_HOSTS names it", warning=True)
