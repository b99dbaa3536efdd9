"""What ``tallywire replay`` prints, and which options it refuses together."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tallywire import main

SERIES = """\
race,timestamp_utc,candidate,party,votes,share,pct_counted
Mayor,2031-05-04T20:00:00Z,Ash,,100,,10
Mayor,2031-05-04T20:00:00Z,Birch,,90,,10
Mayor,2031-05-04T20:10:00Z,Ash,,0,,10
Mayor,2031-05-04T20:10:00Z,Birch,,0,,10
Mayor,2031-05-04T20:20:00Z,Ash,,200,,20
Mayor,2031-05-04T20:20:00Z,Birch,,210,,20
Mayor,2031-05-04T20:30:00Z,Ash,,190,,21
Mayor,2031-05-04T20:30:00Z,Birch,,212,,21
"""
TRUTH = """\
race,kind,timestamp_utc,from,to
Mayor,initial,2031-05-04T20:00:00Z,,Ash
Mayor,change,2031-05-04T20:20:00Z,Ash,Birch
Mayor,change,2031-05-04T20:30:00Z,Birch,Ash
"""


@pytest.fixture
def series(tmp_path: Path) -> Path:
    path = tmp_path / "mayor.csv"
    path.write_text(SERIES, encoding="utf-8")
    return path


def _replay(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["replay", *map(str, arguments)])


def test_explain_says_of_every_snapshot_what_became_of_it_before_its_events(series):
    lines = _replay(series, "--explain").stdout.splitlines()
    assert lines[0].endswith("Mayor  mayor  Ash 100, Birch 90, 10 % counted: accepted")
    assert "first_results" in lines[1]
    assert lines[2].endswith("quarantined (zeros: all numbers are zero)")
    assert "quarantined  zeros" in lines[3]
    assert lines[-2].endswith("held (fall: Ash fell from 200 to 190)")
    assert lines[-1] == "2031-05-04 20:33:00Z  Mayor  revised  410 → 402  flash  mayor"


def test_explain_beside_json_goes_to_stderr_and_stays_within_the_hours(series):
    done = _replay(series, "--explain", "--json", "--from", "2031-05-04T20:15:00Z")
    assert [json.loads(line)["kind"] for line in done.stdout.splitlines()] == ["lead_change", "revised"]
    assert len(done.stderr.splitlines()) == 2


def test_a_night_explains_claims_as_well():
    told = _replay("istanbul2019", "--explain", "--from", "2019-06-23T16:00:00Z").stdout
    assert "concession yildirim imamoglu: accepted" in told
    assert "ignored (it is of another race)" in told


def test_truth_prints_by_kind_what_was_found_missed_false_and_late(series, tmp_path):
    truth, anomalies = tmp_path / "mayor.truth.csv", tmp_path / "mayor.anomalies.csv"
    truth.write_text(TRUTH, encoding="utf-8")
    anomalies.write_text("race,timestamp_utc\nMayor,2031-05-04T20:10:00Z\n", encoding="utf-8")
    lines = _replay(series, "--truth", truth, "--anomalies", anomalies).stdout.splitlines()
    assert lines[1] == "lead_change: found 1, missed 1, false 0, late 0, at anomalies 0"
    assert lines[2] == "missed lead_change 2031-05-04T20:30:00Z Mayor → Ash"
    figures = json.loads(_replay(series, "--truth", truth, "--json").stdout)
    assert figures["lead_change"] == {"found": 1, "missed": 1, "false": 0, "late": 0, "at anomalies": 0}


def test_times_without_a_zone_are_read_in_the_one_given_and_it_is_said(series):
    series.write_text(SERIES.replace("00Z,", "00,"), encoding="utf-8")
    done = _replay(series, "--timezone", "Europe/Istanbul", "--json", "--polls-close", "2031-05-04T19:00")
    assert json.loads(done.stdout.splitlines()[0])["at"] == "2031-05-04T17:00:00Z"
    assert done.stderr.splitlines() == [
        "--polls-close 2031-05-04T19:00 is read as Europe/Istanbul",
        "times without a zone are read as Europe/Istanbul",
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--seats", "2"], "--seats is for --method top_n"),
        (["--threshold", "60"], "--threshold is for --method majority or referendum"),
        (["--from", "2031-05-05", "--to", "2031-05-04"], "--from is after --to"),
        (["--from", "2031-05-05", "--from", "2031-05-04"], "--from is given twice"),
        (["--anomalies", __file__], "--anomalies explains what --truth finds false"),
        (["--truth", __file__, "--explain"], "--truth compares the whole series"),
        (["--timezone", "Mars"], "'Mars' is no time zone"),
        (["--from", "soon"], "'soon' is no hour"),
    ],
    ids=lambda value: " ".join(value[:2])[:30] if isinstance(value, list) else "",
)
def test_options_that_make_no_sense_are_refused_with_the_reason(series, arguments, words):
    done = _replay(series, *arguments)
    assert done.exit_code == 2
    assert words in done.stderr


def test_what_is_for_a_series_is_refused_for_a_night():
    done = _replay("istanbul2019", "--polls-close", "2019-06-23T14:00:00Z", "--lenient")
    assert done.exit_code == 2
    assert "--polls-close, --lenient: for a series" in done.stderr


def test_each_of_many_flips_stands_for_itself_and_what_they_came_to_is_not_told_again(tmp_path):
    path = tmp_path / "close.csv"
    rows, votes = [], {"Ash": 1000, "Birch": 990}
    for minute in range(6):
        rows += [f"Mayor,2031-05-04T20:{minute:02}:00Z,{name},,{n},,50" for name, n in votes.items()]
        votes[min(votes, key=lambda name: votes[name])] += 20
    rows += [f"Mayor,2031-05-04T21:30:00Z,{name},,{n + 5},,60" for name, n in votes.items()]
    path.write_text(SERIES.splitlines()[0] + "\n" + "\n".join(rows) + "\n", encoding="utf-8")
    told = [json.loads(line) for line in _replay(path, "--json").stdout.splitlines()]
    flips = [event for event in told if event["kind"] == "lead_change"]
    assert [event["at"][11:16] for event in flips] == ["20:01", "20:02", "20:03", "20:04", "20:05", "21:30"]
    assert [event["updates"] is None for event in flips] == [True, True, True, False, False, True]
