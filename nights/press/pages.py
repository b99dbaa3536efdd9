"""One version of one page, made from its small file and the outlet's shell."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from babel.dates import format_datetime

from nights.frontmatter import read_page, read_toml
from nights.night import Answer
from nights.press import structured
from nights.press.filling import fill
from nights.press.outlet import Outlet
from nights.press.posts import posts_until, write_posts
from tally.errors import SeriesError

_PARTS = "_*.html"
_SUFFIXES = (".html", ".toml", ".json")


def write(outlet: Outlet, page: str, version: str, at: datetime) -> Answer:
    """The answer that gives ``version`` of ``page``, as the outlet puts it up at ``at``.

    Raises SeriesError naming the file that is missing or wrong.
    """
    path = _file(outlet.folder / page, version)
    kind = outlet.page(page).get("kind", "article")
    try:
        text, fields = _WRITERS[path.suffix if kind == "data" else kind](outlet, page, path, at)
    except (KeyError, SeriesError) as error:
        raise SeriesError(f"{path}: {error}") from error
    modified = _modified(fields, at)
    headers = outlet.headers(page, version, modified) | fields.get("headers", {})
    return Answer(text.encode(outlet.charset, "xmlcharrefreplace"), fields.get("status", 200), headers)


def _file(folder: Path, version: str) -> Path:
    found = [path for path in sorted(folder.glob(f"{version}.*")) if path.suffix in _SUFFIXES]
    if len(found) != 1:
        raise SeriesError(f"{folder / version}: one file of that name is needed, {len(found)} are there")
    return found[0]


def _modified(fields: Mapping[str, Any], at: datetime) -> datetime:
    modified = fields.get("modified", at)
    if not isinstance(modified, datetime) or modified.tzinfo is None:
        raise SeriesError(f"modified = {modified!r} is no hour with an offset")
    return modified


def _article(outlet: Outlet, page: str, path: Path, at: datetime) -> tuple[str, Mapping[str, Any]]:
    fields, markup = read_page(path)
    if fields.get("bare"):  # a wall or an error page does not come from the newsroom's system
        return markup, fields
    places = _places(outlet, page, fields, at)
    places["body"] = fill(markup, places | _parts(path.parent, places))
    places["jsonld"] = structured.article(
        outlet, outlet.url(page), fields["headline"], outlet.page(page)["published"], _modified(fields, at)
    )
    return fill(_shell(outlet, page), places), fields


def _liveblog(outlet: Outlet, page: str, path: Path, at: datetime) -> tuple[str, Mapping[str, Any]]:
    settings = outlet.page(page)
    posts = posts_until(path)
    fields = {"headline": settings["headline"], "modified": posts[0]["changed"]}
    places = _places(outlet, page, fields, at)
    post_markup = (path.parent / "_post.html").read_text("utf-8")
    places["body"] = write_posts(posts, post_markup, outlet)
    places["jsonld"] = structured.live_blog(
        outlet, outlet.url(page), settings["headline"], settings["published"], posts[0]["changed"], posts
    )
    return fill(_shell(outlet, page), places), fields


def _figures(outlet: Outlet, page: str, path: Path, at: datetime) -> tuple[str, Mapping[str, Any]]:
    fields = read_toml(path)
    places = _places(outlet, page, fields, at)
    body = (path.parent / fields.get("body", "_body.html")).read_text("utf-8")
    places["body"] = fill(body, places)
    return fill(_shell(outlet, page), places), fields


def _data(outlet: Outlet, page: str, path: Path, at: datetime) -> tuple[str, Mapping[str, Any]]:
    return path.read_text("utf-8"), {}


def _places(outlet: Outlet, page: str, fields: Mapping[str, Any], at: datetime) -> dict[str, str]:
    modified = _modified(fields, at)
    told = {key: str(value) for key, value in {**outlet.page(page), **fields}.items()}
    hours = {
        "url": outlet.url(page),
        "published_iso": _iso(outlet.page(page).get("published", at)),
        "modified_iso": _iso(modified),
        "modified_local": _local(modified, outlet),
    }
    return {**outlet.words, **told, **hours}


def _parts(folder: Path, places: Mapping[str, str]) -> dict[str, str]:
    """The fragments that several versions of a page share, by name without the underscore."""
    return {path.stem[1:]: fill(path.read_text("utf-8"), places) for path in sorted(folder.glob(_PARTS))}


def _shell(outlet: Outlet, page: str) -> str:
    shell: str = outlet.page(page).get("shell", "shell.html")
    return (outlet.folder / shell).read_text("utf-8")


def _iso(hour: datetime) -> str:
    return hour.strftime("%Y-%m-%dT%H:%M:%SZ")


def _local(hour: datetime, outlet: Outlet) -> str:
    told: str = format_datetime(hour, "d MMMM y HH:mm", tzinfo=outlet.timezone, locale=outlet.language)
    return told


_Writer = Callable[[Outlet, str, Path, datetime], tuple[str, Mapping[str, Any]]]
_WRITERS: Mapping[str, _Writer] = {
    "article": _article,
    "liveblog": _liveblog,
    "figures": _figures,
    ".json": _data,
}
