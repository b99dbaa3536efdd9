"""The story of a page, as passages: headline, paragraphs, captions, lists, and nothing of the frame.

Extraction libraries give back one text; here every piece keeps its place and
its role, since a caption and a comment weigh differently from a paragraph.
"""

from collections import defaultdict
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from scrapers.parser.document.chrome import is_chrome
from scrapers.parser.prose import Passage
from scrapers.parser.prose.model import Role

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_ROLES: dict[str, Role] = {"figcaption": "caption", "li": "list", "dd": "list", "dt": "list", "tr": "cell"}
_ROLES["blockquote"] = "quote"
_ROLES.update((f"h{n}", "headline") for n in range(1, 7))
_PLACES = {
    "headline": "heading",
    "list": "list item",
    "cell": "table row",
    "caption": "caption",
    "quote": "quote",
}
_DEEPEST = 150
# How pages introduce what leads away from the story.
_OPENERS = (
    *("advertisement", "read more", "read also", "also read", "see also", "related:", "image copyright"),
    *("image source", "sign up", "subscribe", "follow us", "ilgili haber", "devamını oku", "lea también"),
    *("leia também", "lire aussi", "à lire aussi", "lesen sie auch", "mehr zum thema", "leggi anche"),
    *("te puede interesar", "veja também"),
)


def main_passages(root: LexborNode) -> list[Passage]:
    """The passages of the story under ``root`` (a page's body, or a part of it)."""
    return numbered(passages_under(story_of(root)))


def story_of(root: LexborNode) -> LexborNode:
    """The element that holds the story: marked as such where it holds most of the text, else the densest."""
    total = _paragraph_text(root)
    for selector in ("[itemprop=articleBody]", "article", "[role=main], main"):
        marked = [node for node in root.css(selector) if not is_chrome(node)]
        best = max(marked, key=_paragraph_text, default=None)
        if best is not None and _paragraph_text(best) >= 0.5 * total and total:
            return _with_heading(best)
    return _densest(root) or root


def _with_heading(node: LexborNode) -> LexborNode:
    """The article around an article body, for the captions and the standfirst above it."""
    parent = node.parent
    while parent is not None and parent.tag not in ("body", "html", "-undef"):
        if parent.tag == "article":
            return parent
        parent = parent.parent
    return node


def _paragraph_text(node: LexborNode) -> int:
    return sum(len(p.text()) for p in node.css("p"))


def _densest(root: LexborNode) -> LexborNode | None:
    """The element whose own paragraphs are the longest together; their grandparents count half."""
    scores: dict[int, float] = defaultdict(float)
    nodes: dict[int, LexborNode] = {}
    for paragraph in root.css("p"):
        length, parent = len(paragraph.text()), paragraph.parent
        for weight in (1.0, 0.5):
            if parent is None or parent.tag in ("html", "-undef") or length < 25:
                break
            nodes[parent.mem_id] = parent
            scores[parent.mem_id] += weight * length
            parent = parent.parent
    best_first = sorted(scores, key=lambda key: -scores[key])
    return next((nodes[key] for key in best_first if not is_chrome(nodes[key])), None)


def passages_under(root: LexborNode) -> Iterator[tuple[Role, str]]:
    """Role and text of every block under an element, in reading order, without chrome."""
    yield from _walk(root, _ROLES.get(root.tag or "", "paragraph"), _DEEPEST)


def _walk(node: LexborNode, role: Role, depth: int) -> Iterator[tuple[Role, str]]:
    """Blocks of a node; ``run`` gathers inline text, each piece with whether it is a link."""
    run: list[tuple[str, bool]] = []
    if depth == 0:
        # Nobody nests like this but a broken page: what is below is one text.
        run.append((node.text(separator=" "), False))
        yield from _flushed(run, role)
        return
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            run.append((child.text_content or "", False))
        elif tag == "br":
            run.append(("\n", False))
        elif tag in ("-comment", "img") or is_chrome(child):
            continue
        elif tag in _INLINE and not _holds_blocks(child):
            # A bare hour is no more a statement than a link is.
            run.append((child.text(), tag in ("a", "time") or child.css_first("a") is not None))
        elif tag in ("td", "th"):
            run.append((f" {' '.join(child.text().split())} |", False))
        else:
            yield from _flushed(run, role)
            inner = _ROLES.get(tag, role if tag not in ("p", "div") or role != "headline" else "paragraph")
            yield from _walk(child, inner, depth - 1)
    yield from _flushed(run, role)


def _holds_blocks(node: LexborNode) -> bool:
    return node.css_first("p, div, h1, h2, h3, li, table, figure, section") is not None


def _flushed(run: list[tuple[str, bool]], role: Role) -> Iterator[tuple[Role, str]]:
    text = "".join(piece for piece, _ in run)
    linked = sum(len(piece.strip()) for piece, link in run if link)
    run.clear()
    # A block that is a link from end to end leads to another story, but for a headline.
    if role != "headline" and linked > 0.6 * len(text.strip()):
        return
    for block in text.split("\n\n"):
        words = " ".join(block.split())
        if any(c.isalnum() for c in words) and not words.lower().startswith(_OPENERS):
            yield role, words


def numbered(blocks: Iterator[tuple[Role, str]]) -> list[Passage]:
    """Blocks as passages with their places; what stands there twice is taken once."""
    counts: dict[str, int] = defaultdict(int)
    passages: dict[str, Passage] = {}
    for role, text in blocks:
        if text in passages:
            continue
        place = _PLACES.get(role, "paragraph")
        counts[place] += 1
        passages[text] = Passage(text, f"{place} {counts[place]}", role)
    return list(passages.values())
