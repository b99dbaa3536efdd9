"""The reader's quality on our own labelled texts.

The reader was mended on ``taught``, batch by batch, each written before its first run. ``held`` gave at
first sight: claims F1 0.86 (concessions: precision 1.00, recall 0.87), readings 0.93, counted 0.92, and
has been seen since. Both guard what works; neither is an estimate for texts that nobody has seen.

``unseen`` (230 items in seven languages, seven of them whole articles) was written without a look at the
reader and scored once. At first sight: claims F1 0.80 (concessions: precision 0.98, recall 0.68; one false
one in a sentence, none in an article), readings 0.88, counted 0.98; by language claims de 0.88, en 0.71,
es 0.79, fr 0.80, it 0.85, pt 0.90, tr 0.81. It meets no bar but the counted one and is not held to any:
``make score`` prints it. Its sentences are made up, also where they name people who exist.
"""

from pathlib import Path
from typing import Any

import pytest

from scrapers.parser.score import load, score

HERE = Path(__file__).parent


@pytest.fixture(scope="module", params=["taught", "held"])
def figures(request: pytest.FixtureRequest) -> dict[str, Any]:
    files = sorted((HERE / request.param).glob("*.jsonl"))
    return score([item for file in files for item in load(file)])


def test_concessions_are_found_and_never_invented(figures: dict[str, Any]) -> None:
    concession = figures["claims"]["concession"]
    assert concession["precision"] >= 0.99, figures["false_alarms"]
    assert concession["recall"] >= 0.93, figures["misses"]


@pytest.mark.parametrize(("what", "bar"), [("claims", 0.92), ("readings", 0.95), ("counted", 0.95)])
def test_every_figure_keeps_its_bar(figures: dict[str, Any], what: str, bar: float) -> None:
    assert figures[what]["all"]["f1"] >= bar, (figures["misses"], figures["false_alarms"])


def test_no_language_falls_behind(figures: dict[str, Any]) -> None:
    low = {
        (language, what): part["f1"]
        for language, parts in figures["by_language"].items()
        for what, part in parts.items()
        if part["f1"] < 0.88
    }
    assert not low


def test_no_item_is_labelled_twice() -> None:
    items = [item for file in HERE.glob("*/*.jsonl") for item in load(file)]
    assert len({item.id for item in items}) == len(items)
    assert len({item.text for item in items}) == len(items)
