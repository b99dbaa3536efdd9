"""Live blogs as newsrooms write them, with data for machines and without."""

import json

import pytest

from scrapers.parser import parse
from scrapers.parser.document.hour_led import hour_of_post
from tests.parser.conftest import RACE, capture_of, source_of

LATE = "Orhan Kaplan has conceded defeat to Leyla Demir."
EARLY = "With 70 percent counted, Demir has 51.8 percent and Kaplan 48.2 percent."
POSTS = (
    {"@type": "BlogPosting", "articleBody": LATE, "datePublished": "2031-05-04T22:10:00+03:00"},
    {"@type": "BlogPosting", "articleBody": EARLY, "datePublished": "2031-05-04T21:10:00+03:00"},
)
BLOG = {"@type": "LiveBlogPosting", "headline": "Liman votes", "liveBlogUpdate": POSTS}
COMMENTS = "".join(
    f'<li id="c{n}" class="comment"><time datetime="2031-05-04T22:1{n}:00+03:00"></time>'
    "<p>Leyla Demir concedes defeat!</p></li>"
    for n in range(4)
)


def linked(data: object, *, around: tuple[str, str] = ("", "")) -> str:
    script = f'<script type="application/ld+json">{around[0]}{json.dumps(data)}{around[1]}</script>'
    return f'<html lang="en"><head>{script}</head><body></body></html>'


def marked(make: str) -> str:
    """Two posts, each as ``make`` says: {hour}, {stamp} and {text}."""
    posts = (
        make.format(hour=hour, stamp=f"2031-05-04T{hour}:00+03:00", text=text, n=n)
        for n, (hour, text) in enumerate((("22:10", LATE), ("21:10", EARLY)))
    )
    return f'<html lang="en"><body><main><h1>Liman votes, live</h1>{"".join(posts)}</main></body></html>'


@pytest.mark.parametrize(
    "page",
    [
        linked({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, BLOG]}),
        linked([{**BLOG, "@type": ["NewsArticle", "LiveBlogPosting"]}]),
        linked(BLOG, around=("/*<![CDATA[*/ ", " /*]]>*/")),
        linked(BLOG, around=("<!--", "-->")),
        marked('<article id="p{n}"><time datetime="{stamp}">{hour}</time><p>{text}</p></article>'),
        marked('<div class="item"><div class="item-time">{hour}</div><div><p>{text}</p></div></div>'),
        marked('<ul><li class="entry"><span class="time">{hour}</span><p>{text}</p></li></ul>').replace(
            "</ul><ul>", ""
        ),
        marked("<p><strong>{hour}</strong></p><p>{text}</p>"),
        marked("<p>{hour} – {text}</p>"),
        marked("<p>+++ {hour} Uhr: {text} +++</p>"),
        marked("<h3>{hour} | {text}</h3><p>More to come, says the paper.</p>"),
    ],
)
def test_every_post_is_read_as_of_its_own_hour(page: str) -> None:
    read = parse(capture_of(page), RACE, source_of("liveblog"))
    (claim,) = read.claims
    assert (claim.actor, claim.as_of.isoformat()) == ("kaplan", "2031-05-04T19:10:00+00:00")
    (reading,) = read.readings
    assert reading.as_of.isoformat() == "2031-05-04T18:10:00+00:00"
    assert [(line.candidate, line.share) for line in reading.results] == [("demir", 51.8), ("kaplan", 48.2)]
    assert claim.post
    assert reading.post not in (None, claim.post)


@pytest.mark.parametrize(
    "comments",
    [f'<ol class="comments">{COMMENTS}</ol>', f'<section id="comments"><ul>{COMMENTS}</ul></section>'],
)
def test_what_readers_comment_is_nobody_s_post(comments: str) -> None:
    page = f'<html lang="en"><body><article><p>{EARLY}</p></article>{comments}</body></html>'
    read = parse(capture_of(page), RACE, source_of("liveblog"))
    assert read.claims == ()
    assert len(read.readings) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("21:40 – Kaplan speaks", ("21:40", "Kaplan speaks")),
        ("9.40 p.m.: Kaplan speaks", ("9:40 pm", "Kaplan speaks")),
        ("+++ 19.05 Uhr: Kaplan spricht +++", ("19:05", "Kaplan spricht")),
        ("20h15 : Kaplan parle", ("20:15", "Kaplan parle")),
        ("21:40", ("21:40", "")),
        ("21:40 CET Kaplan speaks", ("21:40", "Kaplan speaks")),
        ("12.480 votes for Kaplan", None),
        ("51.8 percent for Demir", None),
        ("At 21:40 Kaplan spoke", None),
        ("25:10 is no hour", None),
    ],
)
def test_a_post_s_hour_is_told_from_a_number(text: str, expected: tuple[str, str] | None) -> None:
    assert hour_of_post(text) == expected
