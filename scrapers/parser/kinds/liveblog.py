"""A live blog: every post with its own hour and identity, by JSON-LD or by common markup."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from selectolax.lexbor import LexborNode

from scrapers.parser.document import Document, Media, document_of
from scrapers.parser.document.given_text import given_passages
from scrapers.parser.document.hour_led import led_by_hours
from scrapers.parser.document.linked_data import Linked, linked_data, of_type, text_in
from scrapers.parser.document.main_text import main_passages, numbered, passages_under
from scrapers.parser.document.metadata import hour_of, language_of, title_of
from scrapers.parser.document.paging import older_page
from scrapers.parser.document.post_nodes import post_nodes
from scrapers.parser.document.stamps import stamp_of
from scrapers.parser.options import SELECTOR, checker, text_option
from scrapers.parser.page import Page, Unreadable, told
from scrapers.parser.prose import Note, Passage, read_prose
from tally.capture import Capture
from tally.race import Race, Source

NAME = "liveblog"
FETCHED_BY = "liveblog"
OPTIONS = {"selector": SELECTOR}
check_options = checker(OPTIONS)

_BLOG = "LiveBlogPosting"
_IDS = ("data-post-id", "data-block-id", "data-update-id", "data-entry-id", "id")


@dataclass(frozen=True, slots=True)
class Post:
    """One post: its identity, its hour where it has one, and its passages."""

    id: str
    at: datetime | None
    passages: tuple[Passage, ...]


def sniff(capture: Capture) -> float:
    """A page that says it is a live blog, or one of posts with hours."""
    document = document_of(capture)
    if document.media is not Media.HTML:
        return 0.0
    if is_liveblog(document):
        return 0.95
    return 0.65 if len(post_nodes(document.tree.body, needs_time=True)) >= 3 else 0.0


def is_liveblog(document: Document) -> bool:
    """Whether JSON-LD says so and brings posts."""
    return any(True for blog in of_type(linked_data(document), _BLOG) for _ in _updates(blog))


def read(capture: Capture, race: Race, source: Source, published: datetime | None) -> Page:
    """What each post tells, as of that post's hour; and where older ones are, if they are wanted."""
    document = document_of(capture)
    page = _read(capture, document, race, source, published)
    older = older_page(document, capture.final_url) if source.access.page < source.access.pages else None
    return page if older is None else replace(page, links=(older,))


def _read(
    capture: Capture, document: Document, race: Race, source: Source, published: datetime | None
) -> Page:
    if document.media is not Media.HTML:
        raise Unreadable(f"wrong type: {document.media.value} where a live blog was expected")
    at = hour_of(document, race, source) or published or capture.fetched_at
    posts = posts_in(document, race, source, at)
    if not posts:
        return _as_a_story(document, race, source, at)
    language = source.language or language_of(document)
    # Each post by itself: "he" of one post is nobody of the post before.
    told_by = [read_prose(post.passages, race, source, post.at or at, language) for post in posts]
    return told(
        tuple(
            replace(r, post=r.post or post.id)
            for post, prose in zip(posts, told_by, strict=True)
            for r in prose.readings
        ),
        tuple(
            replace(c, post=c.post or post.id)
            for post, prose in zip(posts, told_by, strict=True)
            for c in prose.claims
        ),
        nothing="nothing told about the race in any post",
        notes=tuple(note for prose in told_by for note in prose.notes),
        published=hour_of(document, race, source) or published,
        title=title_of(document),
    )


def _as_a_story(document: Document, race: Race, source: Source, at: datetime) -> Page:
    """Before its first posts, and after the night, a live blog is an article like any other."""
    body = document.tree.body
    passages = main_passages(body) if body else []
    if not passages:
        raise Unreadable("no posts of a live blog on the page")
    prose = read_prose(passages, race, source, at, source.language or language_of(document))
    note = Note("", "", "no posts of a live blog on the page; read as an article")
    return told(
        prose.readings,
        prose.claims,
        nothing="no posts of a live blog, and nothing told about the race",
        notes=(note, *prose.notes),
        published=hour_of(document, race, source),
        title=title_of(document),
    )


def posts_in(document: Document, race: Race, source: Source, at: datetime) -> list[Post]:
    """The posts of a live blog, as JSON-LD has them, else as they are marked up."""
    zone = source.timezone or race.timezone
    selector = text_option(source.options, "selector")
    found: Iterator[Post] = iter(())
    if not selector:
        blogs = of_type(linked_data(document), _BLOG)
        found = (
            post for blog in blogs for update in _updates(blog) if (post := _from_linked(update, zone, at))
        )
    posts = list(found)
    posts = posts or [
        _from_markup(node, zone, at) for node in post_nodes(document.tree.body, selector=selector)
    ]
    posts = posts or list(_from_text(document, zone, at))
    by_id = {post.id: post for post in posts if post.passages}
    return list(by_id.values())


def _updates(blog: Linked) -> Iterator[Linked]:
    updates = blog.get("liveBlogUpdate")
    items = updates if isinstance(updates, list) else [updates]
    return (item for item in items if isinstance(item, dict))


def _from_linked(update: Linked, zone: tzinfo, near: datetime) -> Post | None:
    headline = text_in(update, "headline", "name")
    body = text_in(update, "articleBody", "text", "description")
    identity = text_in(update, "@id", "identifier", "url") or _made_of(headline + body)
    at = stamp_of(text_in(update, "dateModified"), zone, near=near)
    at = at or stamp_of(text_in(update, "datePublished", "dateCreated"), zone, near=near)
    texts = given_passages(body)
    if headline and not body.startswith(headline):
        texts = [Passage(headline, "headline", "headline"), *texts]
    return Post(identity, at, tuple(_in_post(p, identity, at) for p in texts))


def _in_post(passage: Passage, identity: str, at: datetime | None) -> Passage:
    role = passage.role if passage.role == "headline" else "post"
    # Of an address only the end tells one post from another.
    short = re.split(r"[#/=]", identity.rstrip("/"))[-1]
    return replace(passage, where=f"post {short}, {passage.where}", role=role, at=at, post=identity)


def _from_markup(node: LexborNode, zone: tzinfo, near: datetime) -> Post:
    time = node.css_first("time, [itemprop=datePublished], [class*=time]")
    attributes = time.attributes if time else {}
    written = attributes.get("datetime") or attributes.get("content") or (time.text() if time else "")
    at = stamp_of(written.strip(), zone, near=near)
    passages = numbered(passages_under(node))
    identity = next((value for key in _IDS if (value := node.attributes.get(key))), None)
    identity = identity or _made_of(" ".join(p.text for p in passages))
    return Post(identity, at, tuple(_in_post(p, identity, at) for p in passages))


def _from_text(document: Document, zone: tzinfo, near: datetime) -> Iterator[Post]:
    """Posts of a blog written as one text, where two at least begin with their hour."""
    body = document.tree.body
    found = list(led_by_hours(main_passages(body))) if body else []
    for hour, passages in found if len(found) >= 2 else ():
        identity = _made_of(f"{hour} {passages[0].text}")
        at = stamp_of(hour, zone, near=near)
        yield Post(identity, at, tuple(_in_post(p, identity, at) for p in passages))


def _made_of(text: str) -> str:
    """An identity for a post without one: its words."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
