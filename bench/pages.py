"""Pages of the size and clutter that newsrooms serve, made up from nothing."""

import json
import random
from collections.abc import Sequence

_WORDS = """
the of and to in a is that for it on with as was at by be this have from or had not are but which they
council river bridge harbour market school library station garden winter summer morning evening quiet
busy early late road street square tower village district county region board office report meeting plan
budget project worker driver teacher farmer doctor weather traffic music theatre football match season
player coach ticket visitor resident neighbour account number figure question answer reason
""".split()  # noqa: SIM905 - a hundred quotes are no help

# About 350 characters each: a long report, as on a results night.
_PARAGRAPHS = 24


def results_page(title: str, lines: Sequence[tuple[str, int]], counted: float, size: int = 0) -> bytes:
    """A results page: a table of candidates and votes, and how much is counted, amid clutter."""
    total = sum(votes for _, votes in lines) or 1
    rows = "".join(
        f"<tr><td>{name}</td><td>{votes:,}</td><td>{votes / total * 100:.2f}%</td></tr>"
        for name, votes in lines
    )
    table = (
        f"<h1>{title}</h1><p>{counted:.1f}% of precincts reporting</p><table><thead><tr><th>Candidate</th>"
        f"<th>Votes</th><th>Share</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    return _page(title, table, size, seed=len(rows))


def article(title: str, told: str, size: int, seed: int = 0) -> bytes:
    """A story of some 8,000 characters with ``told`` in its second paragraph, on a page of ``size`` bytes."""
    dice = random.Random(seed)
    paragraphs = [f"<p>{_sentences(dice, 4)}</p>" for _ in range(_PARAGRAPHS)]
    paragraphs.insert(1, f"<p>{told}</p>")
    story = f"<article><h1>{title}</h1>{''.join(paragraphs)}</article>"
    ld = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "inLanguage": "en"}
    head = f'<script type="application/ld+json">{json.dumps(ld)}</script>'
    return _page(title, story, size, seed, head)


def _page(title: str, body: str, size: int, seed: int, head: str = "") -> bytes:
    dice = random.Random(seed)
    top = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><nav>{_links(dice, 20)}</nav><main>{body}</main>"
    )
    clutter = []
    room = size - len(top)
    while room > 0:
        piece = _card(dice) if dice.random() < 0.7 else _script(dice)
        clutter.append(piece)
        room -= len(piece)
    return f"{top}<aside>{''.join(clutter)}</aside><footer>{_links(dice, 10)}</footer></body></html>".encode()


def _sentences(dice: random.Random, count: int) -> str:
    return " ".join(" ".join(dice.choices(_WORDS, k=14)).capitalize() + "." for _ in range(count))


def _links(dice: random.Random, count: int) -> str:
    words = dice.choices(_WORDS, k=count)
    return "".join(
        f'<a class="nav__link nav__link--{n}" href="/{word}">{word}</a>' for n, word in enumerate(words)
    )


def _card(dice: random.Random) -> str:
    text, age = _sentences(dice, 1), dice.randrange(1, 59)
    link, picture = dice.randrange(10**6), dice.randrange(10**6)
    return (
        f'<div class="card card--related" data-track="c{dice.randrange(10**9)}"><a href="/s/{link}">'
        f'<img src="/i/{picture}.jpg" alt=""><h3>{text}</h3></a><span>{age} min</span></div>'
    )


def _script(dice: random.Random) -> str:
    numbers = json.dumps([dice.random() for _ in range(30)])
    return f"<script>window.__q=(window.__q||[]).concat({numbers})</script>"
