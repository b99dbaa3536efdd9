"""Cookies, for the sources that want them: a consent once given must not be asked for at every poll.

Scrapy's own middleware asks the internet for a list of public suffixes, and
keeps one jar for all; here each source has a jar of its own.
"""

from collections.abc import Hashable

from aiohttp import CookieJar
from scrapy import Request
from scrapy.http import Response
from yarl import URL

from scrapers.spiders.asking import JAR

# More than any site needs. A hostile one may set as many as it likes.
_MOST = 100


class Cookies:
    """Takes a source's cookies along, and keeps those that its site sets."""

    def __init__(self) -> None:
        self._jars: dict[Hashable, CookieJar] = {}

    def process_request(self, request: Request) -> None:
        """Send what was set for this address."""
        jar = self._jars.get(request.meta.get(JAR))
        if jar is None:
            return
        request.headers.pop("Cookie", None)
        found = jar.filter_cookies(URL(request.url))
        if found:
            request.headers["Cookie"] = "; ".join(f"{m.key}={m.coded_value}" for m in found.values())

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep what is set, redirects included."""
        key = request.meta.get(JAR)
        given = response.headers.getlist("Set-Cookie") if key is not None else []
        if given:
            jar = self._jars.setdefault(key, CookieJar(unsafe=True))
            jar.update_cookies_from_headers([line.decode("latin-1") for line in given], URL(response.url))
            if len(jar) > _MOST:
                jar.clear()
        return response
