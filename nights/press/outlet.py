"""One fictional outlet: its name, its host, its servers' habits and the shell around every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from nights.frontmatter import read_toml
from nights.press.filling import fill, repeated
from tally.errors import SeriesError

_PLAIN_ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /account\n"


@dataclass(frozen=True, slots=True)
class Outlet:
    """What all pages of one outlet share.

    ``words`` fill the shells' places (menus, lists); ``validators`` are the
    headers by which its server tells whether a page has changed.
    """

    folder: Path
    name: str
    host: str
    language: str
    timezone: ZoneInfo
    charset: str
    validators: frozenset[str]
    cache_control: str
    robots: str
    words: Mapping[str, str]
    pages: Mapping[str, Mapping[str, Any]]

    def page(self, name: str) -> Mapping[str, Any]:
        """The settings of one page. Raises SeriesError for one that outlet.toml does not name."""
        if name not in self.pages:
            raise SeriesError(f"{self.folder / 'outlet.toml'}: no page is called {name!r}")
        return self.pages[name]

    def url(self, page: str) -> str:
        """The address of a page, as race files name it."""
        return f"https://{self.host}{self.page(page)['path']}"

    def headers(self, page: str, version: str, modified: datetime) -> dict[str, str]:
        """The headers that the outlet's server sends with a version."""
        media_type = self.page(page).get("type", "text/html")
        sent = {"content-type": f"{media_type}; charset={self.charset}", "cache-control": self.cache_control}
        if "last-modified" in self.validators:
            sent["last-modified"] = modified.strftime("%a, %d %b %Y %H:%M:%S GMT")
        if "etag" in self.validators:
            sent["etag"] = f'"{version}-{int(modified.timestamp()):x}"'
        return sent


def load_outlet(folder: Path, words: Mapping[str, list[str]]) -> Outlet:
    """The outlet of one folder. Raises SeriesError naming file and key where something is missing."""
    path = folder / "outlet.toml"
    table = read_toml(path)
    try:
        return Outlet(
            folder=folder,
            name=table["name"],
            host=table["host"],
            language=table["language"],
            timezone=ZoneInfo(table.get("timezone", "Europe/Istanbul")),
            charset=table.get("charset", "utf-8"),
            validators=frozenset(table.get("validators", ("etag", "last-modified"))),
            cache_control=table.get("cache_control", "public, max-age=15"),
            robots=table.get("robots", _PLAIN_ROBOTS),
            words=_words(table, words),
            pages=table["pages"],
        )
    except KeyError as error:
        raise SeriesError(f"{path}: {error} is missing") from error


def _words(table: Mapping[str, Any], words: Mapping[str, list[str]]) -> dict[str, str]:
    lists = {name: repeated(entry["markup"], words[entry["words"]]) for name, entry in table["lists"].items()}
    basics = {"outlet": table["name"], "host": table["host"], "language": table["language"]}
    parts = {name: fill(text, basics | lists) for name, text in table.get("parts", {}).items()}
    return basics | lists | parts
