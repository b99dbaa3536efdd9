"""Each command as it is typed: what goes to stdout, what to stderr, and the exit code."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tallywire import main
from tests.e2e.conftest import ROOT

JUNE = "istanbul-2019-06-23"
HOUR = "2019-06-23T19:00:00Z"
SEEDS = ROOT.parent / "shared" / "seeds"
NIGHTS = ROOT.parent / "shared" / "nights"

_STORY = """\
Harbour of Istanbul votes

Mr Imamoglu has 52.1% of the vote with nearly 80% of ballots counted, according to the Anadolu news agency.

Binali Yildirim has conceded defeat. He lost by 13,000 votes in March.
"""

_SERIES = """\
race,timestamp_utc,candidate,party,votes,share,pct_counted
Mayor,2031-05-04T20:00:00Z,Ash,,100,,10
Mayor,2031-05-04T20:00:00Z,Birch,,90,,10
Mayor,2031-05-04T20:10:00Z,Ash,,200,,20
Mayor,2031-05-04T20:10:00Z,Birch,,210,,20
"""


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    page = tmp_path / "story.txt"
    page.write_text(_STORY, encoding="utf-8")
    return page


def test_a_file_is_read_for_a_race_and_every_reading_has_its_quote(story: Path) -> None:
    done = run("read", str(story), "--race", JUNE, "--published", HOUR, "--json")
    assert done.exit_code == 0
    page = json.loads(done.stdout)
    assert (page["url"], page["race"]) == (str(story), JUNE)
    (reading,) = page["readings"]
    assert (reading["origin"], reading["counted"]["pct"], reading["counted"]["qualifier"]) == (
        "anadolu",
        80,
        "about",
    )
    assert [(r["candidate"], r["share"]) for r in reading["results"]] == [("imamoglu", 52.1)]
    assert "52.1%" in reading["evidence"]
    assert [(c["kind"], c["actor"], c["strength"]) for c in page["claims"]] == [
        ("concession", "yildirim", "firm")
    ]


def test_an_html_page_and_standard_input_are_read_the_same_way(story: Path, tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{part}</p>" for part in _STORY.split("\n\n"))
    page = tmp_path / "story.html"
    page.write_text(f"<html><body><article>{paragraphs}</article></body></html>", encoding="utf-8")
    told = [
        run("read", name, "--race", JUNE, "--published", HOUR, "--json", stdin=_STORY).stdout
        for name in (str(page), "-")
    ]
    shares = [[r["results"] for r in json.loads(each)["readings"]] for each in told]
    assert shares[0] == shares[1] != []


def test_a_person_is_shown_the_quotes_and_on_demand_what_was_left_out(story: Path) -> None:
    done = run("read", str(story), "--race", JUNE, "--published", HOUR, "--explain")
    assert "concession (firm): Binali Yıldırım" in done.stdout
    assert "left out" in done.stdout
    assert "13,000" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("read", "page.html", "--race", "nowhere"), "there is no race 'nowhere'; there are: istanbul"),
        (("status", "nowhere"), "there is no race 'nowhere'; there are: istanbul"),
        (("read", "missing.html", "--race", JUNE), "missing.html: No such file"),
        (("read", "-", "--race", JUNE, "--kind", "artcle"), "there is no page kind 'artcle'"),
        (("read", "-", "--race", JUNE, "--published", "tonight"), "write 2019-06-23T19:00:00Z"),
        (("replay", "nowhere.csv"), "nowhere.csv"),
        (("rehearse", "nowhere"), "no night is called 'nowhere'; there are: istanbul2019"),
    ],
)
def test_what_there_is_not_is_told_in_a_sentence(arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments, stdin="words")
    assert done.exit_code in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_series_replays_to_its_events(tmp_path: Path) -> None:
    series = tmp_path / "mayor.csv"
    series.write_text(_SERIES, encoding="utf-8")
    done = run("replay", str(series), "--json")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    told = [(e["kind"], e["from"], e["to"]) for e in events if e["kind"] in ("first_results", "lead_change")]
    assert told == [("first_results", None, "Ash"), ("lead_change", "Ash", "Birch")]
    assert list(events[0])[:8] == ["at", "race", "kind", "from", "to", "tier", "origin", "key"]
    later = run("replay", str(series), "--json", "--from", "2031-05-04T20:05:00Z")
    assert all(json.loads(line)["at"] > "2031-05-04T20:05" for line in later.stdout.splitlines())


def test_a_bundled_night_replays_without_a_server() -> None:
    done = run("replay", "istanbul2019", "--json")
    kinds = {json.loads(line)["kind"] for line in done.stdout.splitlines()}
    assert {"first_results", "lead_change", "concession", "annulled", "declared"} <= kinds


def test_race_files_are_checked_and_their_schema_is_written() -> None:
    done = run("check", "--races", str(ROOT / "races"))
    assert done.exit_code == 0, done.stderr
    assert "all well" in done.stderr
    made = json.loads(run("schema").stdout)
    assert "liveblog" in json.dumps(made)


def test_labelled_sentences_are_scored(tmp_path: Path) -> None:
    item = {
        "id": "one",
        "lang": "en",
        "text": "Ash has conceded defeat to Birch.",
        "published": HOUR,
        "race": {"title": "Mayor", "date": "2019-06-23"},
        "candidates": [{"name": "Ines Ash"}, {"name": "Tom Birch"}],
        "claims": [{"kind": "concession", "actor": "Ines Ash", "target": None}],
    }
    labels = tmp_path / "labels.jsonl"
    labels.write_text(json.dumps(item) + "\n", encoding="utf-8")
    figures = json.loads(run("score", str(labels), "--json").stdout)
    assert figures["claims"]["concession"]["tp"] == 1
    assert "claims/concession" in run("score", str(labels)).stdout


def test_a_folder_without_a_database_is_told(tmp_path: Path) -> None:
    missing = run("status", "--data", str(tmp_path))
    assert missing.exit_code == 1
    assert "tallywire.db" in missing.stderr


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the two reports are not beside this checkout")
def test_the_two_reports_it_all_began_with_are_read_right() -> None:
    first, second = ({}, {})
    for name, into in (("003", first), ("000", second)):
        (page,) = SEEDS.glob(f"{name}_*.txt")
        into.update(json.loads(run("read", str(page), "--race", JUNE, "--published", HOUR, "--json").stdout))
    shares = {(r["origin"], x["candidate"], x["share"]) for r in first["readings"] for x in r["results"]}
    assert ("anadolu", "imamoglu", 53.6) in shares
    assert {(r["counted"]["pct"], r["counted"]["qualifier"]) for r in first["readings"]} == {
        (95.0, "about"),
        (90.0, "at_least"),
    }
    assert _concessions(first) == [("yildirim", "firm")]
    assert _concessions(second) == [("yildirim", "firm")]
    assert {(x["candidate"], x["share"]) for r in second["readings"] for x in r["results"]} == {
        ("imamoglu", 54),
        ("yildirim", 45),
    }
    leads = [(r["lead"]["votes"], r["lead"]["qualifier"]) for r in second["readings"] if r["lead"]]
    assert leads == [(777_000, "at_least")]
    claims = {(c["kind"], c["actor"]) for c in second["claims"] if not c["history"]}
    assert ("victory_claim", "imamoglu") in claims
    assert any(kind == "congratulation" and "Erdogan" in (who or "") for kind, who in claims)
    assert all(r["counted"] is None for r in second["readings"])


def _concessions(page: dict[str, list[dict[str, str]]]) -> list[tuple[str, str]]:
    return [(c["actor"], c["strength"]) for c in page["claims"] if c["kind"] == "concession"]
