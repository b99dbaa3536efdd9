"""The elements of a live blog's posts, by how pages mark them up where no JSON-LD tells."""

from collections import defaultdict

from selectolax.lexbor import LexborNode

from scrapers.parser.document.chrome import is_chrome

# Looked for in this order, the first that gives two is it.
_MARKUP = (
    "[itemprop=liveBlogUpdate]",
    "[itemtype*=BlogPosting]",
    "[data-post-id], [data-block-id], [data-update-id], [data-entry-id]",
    "article[id]",
    "[class*=liveblog] article, [class*=live-blog] article, [class*=live] article",
    "[class*=live-post], [class*=live-entry], [class*=liveblog-post], [class*=liveblog-entry]",
    "[class*=live-update]",
    "li[id]",
    "section[id]",
)
_HOUR = "time, [class*=time]"
_HIGHEST = 4  # levels between an hour and the post that bears it
_DEEPEST = 40  # levels that are looked through for comments and banners around a post


def post_nodes(
    root: LexborNode | None, *, needs_time: bool = False, selector: str | None = None
) -> list[LexborNode]:
    """The posts under ``root``: by ``selector`` where it is given, else the first way of marking them, or
    of standing side by side, that gives at least two. ``needs_time`` wants a <time> in each.
    """
    if root is None:
        return []
    if selector:
        return _outer(root.css(selector))
    for way in _MARKUP:
        nodes = [node for node in root.css(way) if _is_a_post(node, needs_time)]
        if len(nodes) >= 2:
            return _outer(nodes)
    return _side_by_side(root, needs_time)


def _is_a_post(node: LexborNode, needs_time: bool) -> bool:
    # Readers' comments have hours too, and readers concede whatever they like.
    return node.css_first("time" if needs_time else _HOUR) is not None and not _in_chrome(node)


def _in_chrome(node: LexborNode) -> bool:
    current: LexborNode | None = node
    for _ in range(_DEEPEST):
        if current is None or current.tag in ("body", "html", "-undef"):
            return False
        if is_chrome(current):
            return True
        current = current.parent
    return False


def _outer(nodes: list[LexborNode]) -> list[LexborNode]:
    """Where posts hold posts (a quote of an earlier one), the outer ones are the posts."""
    ids = {node.mem_id for node in nodes}
    return [node for node in nodes if not _inside(node, ids)]


def _inside(node: LexborNode, ids: set[int]) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.mem_id in ids:
            return True
        parent = parent.parent
    return False


def _side_by_side(root: LexborNode, needs_time: bool) -> list[LexborNode]:
    """The largest group of like siblings of which each has an hour and something said."""
    groups: dict[tuple[int, str, str], dict[int, LexborNode]] = defaultdict(dict)
    for hour in root.css("time" if needs_time else _HOUR):
        node: LexborNode | None = hour
        for _ in range(_HIGHEST):
            node = node.parent if node is not None else None
            if node is None or node.parent is None or node.tag in ("body", "html", "-undef"):
                break
            make = (node.attributes.get("class") or "").split()[:1]
            groups[node.parent.mem_id, node.tag or "", "".join(make)][node.mem_id] = node
    found = [
        [n for n in group.values() if n.css_first("p") and not _in_chrome(n)] for group in groups.values()
    ]
    best = max(found, key=len, default=[])
    return best if len(best) >= 2 else []
