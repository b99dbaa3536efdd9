"""The posts of a live blog: one file each, in the order of their names.

A file with the id of an earlier one is that post rewritten: it keeps its place
and its hour, as on real live blogs.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from babel.dates import format_datetime

from nights.frontmatter import read_page
from nights.press.filling import fill
from nights.press.outlet import Outlet

Post = Mapping[str, Any]


def posts_until(path: Path) -> list[Post]:
    """The posts up to the one in ``path``, newest first: id, headline, at, changed, markup."""
    found: dict[str, Post] = {}
    for file in sorted(path.parent.glob("[!_]*.html")):
        if file.name <= path.name:
            post = _read(file)
            found[post["id"]] = _rewritten(found.get(post["id"]), post)
    return sorted(found.values(), key=lambda post: post["at"], reverse=True)


def _read(file: Path) -> Post:
    fields, markup = read_page(file)
    return {"id": file.stem, "headline": "", "changed": fields["at"], **fields, "markup": markup}


def _rewritten(before: Post | None, post: Post) -> Post:
    return post if before is None else {**post, "at": before["at"], "changed": post["at"]}


def write_posts(posts: Sequence[Post], markup: str, outlet: Outlet) -> str:
    """The posts as the page shows them, each in ``markup`` (places $id, $headline, $iso, $clock, $text)."""
    return "\n".join(
        fill(
            markup,
            {
                "id": post["id"],
                "headline": post["headline"],
                "iso": post["at"].isoformat(),
                "clock": format_datetime(post["at"], "HH:mm", tzinfo=outlet.timezone, locale=outlet.language),
                "text": fill(post["markup"], outlet.words),
            },
        )
        for post in posts
    )
