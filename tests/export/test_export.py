"""What is stored comes out as it went in, in every form, and a series of readings replays."""

import csv
import importlib
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from night_facts import NOON, RACE, capture, claim, event, reading, tell

from storage import DATABASE, Store
from tally.capture import Outcome
from tally.claim import ClaimKind
from tally.evidence import Evidence
from tally.reading import Reading, Status
from tally.wire import event_from_wire
from tally.wire_parts import claim_from_wire, reading_from_wire
from tallywire import main

RACE_FILE = """\
id = "harbour"
title = "Harbour Town, mayor"
date = 2031-05-04
timezone = "Europe/Lisbon"
polls_close = 2031-05-04T10:00:00Z

[[candidates]]
id = "ash"
name = "Ines Ash"
party = "Tree Party"

[[candidates]]
id = "birch"
name = "Tom Birch"

[[sources]]
name = "board"
url = "https://board.example/harbour"
kind = "table"
rank = "official"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "races").mkdir()
    (tmp_path / "races" / "harbour.toml").write_text(RACE_FILE)
    with Store(tmp_path / DATABASE) as store:
        chat = store.add_chat("telegram", "12345")
        store.follow(chat.id)
        counts = [(500, 400), (600, 590), (700, 720)]
        for minute, count in enumerate(counts):
            found = [reading(*count, minute)]
            if minute == 1:
                found.append(reading(550, 560, minute, origin="agency", source="wire"))
            page, now = capture(f"{count}".encode(), minute), NOON + timedelta(minutes=minute)
            store.take_in(RACE, "board", page, Outcome.READ, found, [], now)
        said = replace(claim(ClaimKind.CONCESSION), evidence=Evidence('=HYPERLINK("x")', "p 1", "c"))
        store.take_in(RACE, "gazette", capture(b"said"), Outcome.READ, [], [said], NOON)
        tell(store, event("by hand"))
    return tmp_path


def export(folder: Path, *arguments: str) -> Result:
    where = ("--data", str(folder), "--races", str(folder / "races"))
    return CliRunner().invoke(main, ["export", *where, *arguments])


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_readings_come_in_the_columns_of_a_series_each_origin_by_itself(folder: Path) -> None:
    found = rows(export(folder))
    assert list(found[0]) == ["race", "timestamp_utc", "candidate", "party", "votes", "share", "pct_counted"]
    assert [(row["race"], row["candidate"], row["votes"]) for row in found] == [
        ("harbour", "Ines Ash", "500"),
        ("harbour", "Tom Birch", "400"),
        ("harbour", "Ines Ash", "600"),
        ("harbour", "Tom Birch", "590"),
        ("harbour", "Ines Ash", "700"),
        ("harbour", "Tom Birch", "720"),
        ("harbour/agency", "Ines Ash", "550"),
        ("harbour/agency", "Tom Birch", "560"),
    ]
    assert found[0]["party"] == "Tree Party"
    assert found[0]["timestamp_utc"] == "2031-05-04T12:00:00Z"


def test_a_series_of_readings_replays(folder: Path) -> None:
    out = folder / "series.csv"
    assert export(folder, "-o", str(out)).exit_code == 0
    done = CliRunner().invoke(main, ["replay", "--json", str(out)])
    assert done.exit_code == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    turns = [(e["from"], e["to"]) for e in told if (e["race"], e["kind"]) == ("harbour", "lead_change")]
    assert turns == [("Ines Ash", "Tom Birch")]


def test_what_would_make_no_series_is_left_out(tmp_path: Path, folder: Path) -> None:
    """The same moment twice (the later word counts), trial figures, readings without results."""
    with Store(folder / DATABASE) as store:
        more: Sequence[Reading] = (
            reading(701, 720, 2),
            reading(1, 2, 3, status=Status.TEST),
            reading(1, 2, 4, results=()),
        )
        store.take_in(RACE, "board", capture(b"more", 5), Outcome.READ, more, [], NOON)
    votes = [row["votes"] for row in rows(export(folder, "harbour")) if row["race"] == "harbour"]
    assert votes == ["500", "400", "600", "590", "701", "720"]


@pytest.mark.parametrize(
    ("table", "read"),
    [("readings", reading_from_wire), ("claims", claim_from_wire), ("events", event_from_wire)],
)
def test_lines_of_json_are_the_whole_objects(folder: Path, table: str, read: Any) -> None:
    result = export(folder, "--table", table, "--format", "jsonl")
    found = [read(json.loads(line)) for line in result.stdout.splitlines()]
    with Store(folder / DATABASE, readonly=True) as store:
        stored = {"readings": store.readings, "claims": store.claims, "events": store.events}[table]
        assert found == stored("harbour")
    assert found


def test_deliveries_name_a_chat_by_its_number_and_never_by_its_address(folder: Path) -> None:
    result = export(folder, "--table", "deliveries")
    found = rows(result)
    assert {row["state"] for row in found} == {"pending"}
    assert {row["chat"] for row in found} == {"1"}
    assert "12345" not in result.stdout
    lines = export(folder, "--table", "deliveries", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["event"] for line in lines] == [row["event"] for row in found]


def test_the_words_of_a_page_are_no_formula_in_a_spreadsheet(folder: Path) -> None:
    assert rows(export(folder, "--table", "claims"))[0]["quote"] == '\'=HYPERLINK("x")'


@pytest.mark.parametrize("table", ["readings", "claims", "events", "deliveries"])
def test_parquet_has_the_rows_with_their_types(folder: Path, table: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = folder / "night.parquet"
    assert export(folder, "--table", table, "-o", str(out)).exit_code == 0
    found = parquet.read_table(out).to_pylist()
    flat = rows(export(folder, "--table", table))
    assert len(found) == len(flat) > 0
    hours = [value for row in found for value in row.values() if hasattr(value, "tzinfo")]
    assert hours
    assert all(hour.tzinfo is not None for hour in hours)
    if table == "readings":
        assert found[0]["votes"] == 500
        assert found[0]["quote"] == "Ash 500, Birch 400"


def test_without_pyarrow_it_says_how_to_get_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.import_module

    def missing(name: str, *more: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr(importlib, "import_module", missing)
    out = folder / "night.parquet"
    done = export(folder, "-o", str(out))
    assert done.exit_code == 2
    assert "pip install 'tallywire[parquet]'" in done.stderr
    assert not out.exists()
    assert not list(folder.glob("*.partial"))


def test_wrong_names_are_told(folder: Path, tmp_path: Path) -> None:
    assert "no race 'harbor'" in export(folder, "harbor").stderr
    done = CliRunner().invoke(main, ["export", "--data", str(tmp_path / "nowhere")])
    assert done.exit_code == 1
    assert "no database" in done.stderr
    full = export(folder, "-o", str(folder / "no" / "folder.csv"))
    assert full.exit_code == 1
    assert "folder.csv" in full.stderr
