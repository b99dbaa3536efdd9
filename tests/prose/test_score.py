import json
from pathlib import Path

import pytest

from scrapers.parser.score import load, score
from tally.errors import SeriesError

ITEM = {
    "id": "a",
    "lang": "en",
    "text": "Halloran conceded. Marsh has 53.1% with 90% of the vote counted.",
    "published": "2022-11-09T05:00:00Z",
    "race": {"title": "Governor of Calder", "date": "2022-11-08"},
    "candidates": [{"name": "Ellen Marsh"}, {"name": "Victor Halloran", "aliases": ["Vic Halloran"]}],
    "claims": [{"kind": "concession", "actor": "Victor Halloran", "target": None}],
    "readings": [{"candidate": "Ellen Marsh", "kind": "share", "value": 53.1}],
    "counted": 90,
}


def written(tmp_path: Path, *items: object) -> Path:
    path = tmp_path / "labels.jsonl"
    lines = [i if isinstance(i, str) else json.dumps(i) for i in items]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_what_fits_is_counted_by_kind_and_language(tmp_path: Path) -> None:
    figures = score(load(written(tmp_path, ITEM)))
    whole = {"precision": 1.0, "recall": 1.0, "f1": 1.0, "tp": 1, "fp": 0, "fn": 0}
    assert figures["claims"] == {"all": whole, "concession": whole}
    assert figures["readings"] == {"all": whole, "share": whole}
    assert figures["counted"]["all"] == whole
    assert figures["by_language"]["en"]["claims"] == whole
    assert figures["milliseconds_per_item"] >= 0
    assert (figures["misses"], figures["false_alarms"]) == ([], [])


def test_a_concession_by_the_wrong_one_is_a_miss_and_a_false_alarm(tmp_path: Path) -> None:
    wrong = {**ITEM, "claims": [{"kind": "concession", "actor": "Ellen Marsh", "target": None}]}
    figures = score(load(written(tmp_path, wrong)))
    assert figures["claims"]["concession"]["tp"] == 0
    assert (figures["claims"]["concession"]["fp"], figures["claims"]["concession"]["fn"]) == (1, 1)
    assert figures["misses"][0]["expected"]["actor"] == "Ellen Marsh"
    assert figures["false_alarms"][0]["found"]["actor"] == "Victor Halloran"


def test_a_key_that_is_missing_is_not_judged(tmp_path: Path) -> None:
    silent = {k: v for k, v in ITEM.items() if k not in ("claims", "readings", "counted")}
    figures = score(load(written(tmp_path, silent)))
    assert figures["claims"]["all"]["fp"] == 0
    assert figures["readings"]["all"]["fp"] == 0
    assert figures["by_language"] == {}


def test_nothing_expected_makes_everything_found_a_false_alarm(tmp_path: Path) -> None:
    empty = {**ITEM, "claims": [], "readings": [], "counted": None}
    figures = score(load(written(tmp_path, empty)))
    assert [figures[k]["all"]["fp"] for k in ("claims", "readings", "counted")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2"),
        ('{"id": "x"}', "'text' is missing"),
        ('{"text": "x", "claims": 3}', "claims must be a list"),
        ('{"text": "x", "published": "yesterday"}', "line 2"),
        ("[]", "line 2"),
    ],
)
def test_a_broken_line_is_named_with_what_is_wrong(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(SeriesError, match=r"labels\.jsonl") as caught:
        load(written(tmp_path, ITEM, line))
    assert said in str(caught.value)
