"""The schema.org blocks that real pages carry in their heads."""

import html
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from nights.press.outlet import Outlet

_TAG = re.compile(r"<[^>]+>")
_PARAGRAPH_END = re.compile(r"</(?:p|li|blockquote|h\d)>")


def article(outlet: Outlet, url: str, headline: str, published: datetime, modified: datetime) -> str:
    """A NewsArticle block, as JSON."""
    return _block(_common(outlet, url, headline, published, modified) | {"@type": "NewsArticle"})


def live_blog(
    outlet: Outlet,
    url: str,
    headline: str,
    published: datetime,
    modified: datetime,
    posts: Iterable[Mapping[str, Any]],
) -> str:
    """A LiveBlogPosting block with its posts (fields id, headline, at, markup; newest first), as JSON."""
    updates = [
        {
            "@type": "BlogPosting",
            "@id": f"{url}#{post['id']}",
            "url": f"{url}#{post['id']}",
            "headline": post["headline"],
            "datePublished": post["at"].isoformat(),
            "dateModified": post["changed"].isoformat(),
            "articleBody": plain(post["markup"]),
        }
        for post in posts
    ]
    common = _common(outlet, url, headline, published, modified)
    return _block(common | {"@type": "LiveBlogPosting", "liveBlogUpdate": updates})


def plain(markup: str) -> str:
    """The text of a fragment, paragraphs on lines of their own."""
    lines = _TAG.sub("", _PARAGRAPH_END.sub("\n", markup)).splitlines()
    return "\n".join(text for line in lines if (text := html.unescape(line).strip()))


def _common(
    outlet: Outlet, url: str, headline: str, published: datetime, modified: datetime
) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "headline": headline,
        "url": url,
        "inLanguage": outlet.language,
        "datePublished": published.isoformat(),
        "dateModified": modified.isoformat(),
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": outlet.name,
            "url": f"https://{outlet.host}/",
        },
    }


def _block(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1).replace("</", "<\\/")
