"""Events against a truth file; and, where they are at hand, real counts against theirs."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nights.backtest import backtest, read_anomalies, read_truth
from nights.series import SeriesOptions, replay_series
from tally.errors import SeriesError
from tally.event import Audience, EventKind
from tally.race import Method

HEAD = "race,timestamp_utc,candidate,party,votes,share,pct_counted\n"
TRUTH = "race,kind,timestamp_utc,from,to,votes_from,votes_to,margin_votes,pct_counted,prev_snapshot_utc\n"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "nights"


def _series(tmp_path, *counts):
    path = tmp_path / "vale.csv"
    rows = [
        f"Vale,2030-05-05T19:{minute:02}:00Z,{name},,{votes},,{50 + minute}\n"
        for minute, table in enumerate(counts)
        for name, votes in table.items()
    ]
    path.write_text(HEAD + "".join(rows))
    return path


def _truth(tmp_path, *rows):
    path = tmp_path / "vale.truth.csv"
    lines = [f"Vale,{kind},2030-05-05T19:{minute:02}:00Z,,{to},,,,,\n" for kind, minute, to in rows]
    path.write_text(TRUTH + "".join(lines))
    return path


GROWING = ({"Ada": 100, "Ben": 90}, {"Ada": 110, "Ben": 120}, {"Ada": 130, "Ben": 130})


def test_what_is_found_is_found_at_the_snapshot_that_shows_it(tmp_path):
    truth = _truth(tmp_path, ("initial", 0, "Ada"), ("change", 1, "Ben"), ("tie", 2, "Ada = Ben"))
    result = backtest(_series(tmp_path, *GROWING), truth)
    assert result.found == {EventKind.FIRST_RESULTS: 1, EventKind.LEAD_CHANGE: 1, EventKind.TIE: 1}
    assert (result.missed, result.false, result.snapshots) == ([], [], 3)
    assert sum(result.late.values()) == 0
    assert "lead_change: found 1, missed 0, false 0, late 0, at anomalies 0" in list(result.lines())


def test_what_is_missed_and_what_is_false_is_named(tmp_path):
    truth = _truth(tmp_path, ("change", 2, "Ada"))
    lines = list(backtest(_series(tmp_path, *GROWING), truth).lines())
    assert "missed lead_change 2030-05-05T19:02:00Z Vale → Ada" in lines
    assert "false lead_change 2030-05-05T19:01:00Z Vale → Ben" in lines


def test_a_held_revision_is_late_by_one_snapshot_and_no_more(tmp_path):
    counts = ({"Ada": 100, "Ben": 90}, {"Ada": 80, "Ben": 91}, {"Ada": 81, "Ben": 92})
    result = backtest(_series(tmp_path, *counts), _truth(tmp_path, ("change", 1, "Ben")))
    assert (result.found[EventKind.LEAD_CHANGE], result.late[EventKind.LEAD_CHANGE]) == (1, 1)


def test_an_event_at_an_anomaly_is_no_false_alarm(tmp_path):
    anomalies = tmp_path / "a.csv"
    anomalies.write_text("race,timestamp_utc,what,who\nVale,2030-05-05T19:01:00Z,votes_down,Ada\n")
    truth = _truth(tmp_path, ("change", 59, "Cem"))
    result = backtest(_series(tmp_path, *GROWING), truth, None, anomalies)
    assert [event.after for event in result.explained] == ["Ben"]
    assert result.false == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n", "no truth file"),
        (TRUTH + "Vale,wonder,2030-05-05T19:00:00Z,,,,,,,\n", "line 2: unknown kind 'wonder'"),
        (TRUTH + "Vale,change,yesterday,,,,,,,\n", "line 2: 'yesterday' is no time"),
        (TRUTH + "Vale,change\n", "line 2: None is no time"),
        (TRUTH + "Vale\n", "line 2: unknown kind None"),
    ],
)
def test_a_file_that_is_no_truth_is_refused_with_the_line(tmp_path, text, words):
    path = tmp_path / "t.csv"
    path.write_text(text)
    with pytest.raises(SeriesError, match=words):
        read_truth(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [("a,b\n", "no list of anomalies"), ("race,timestamp_utc\nVale,soon\n", "line 2: 'soon' is no time")],
)
def test_a_file_that_is_no_list_of_anomalies_is_refused_with_the_line(tmp_path, text, words):
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(SeriesError, match=words):
        read_anomalies(path)


def test_times_of_a_truth_without_a_zone_are_utc_as_their_column_says(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(TRUTH + "Vale,change,2030-05-05T19:01:00,,Ben,,,,,\n")
    assert read_truth(path)[0].moment == datetime(2030, 5, 5, 19, 1, tzinfo=UTC)


real = pytest.mark.skipif(not SHARED.is_dir(), reason="the recorded counts are not at hand")
LEADS = [
    *("bc2024_ridings", "bolivia2020_computo_presidente", "brazil2022_segundo_turno"),
    *("ca2024_primary", "honduras2025_presidente", "nyt2020_us_president_states"),
    "peru2021_segunda_vuelta",
]


@real
@pytest.mark.parametrize("name", LEADS)
def test_real_counts_give_every_change_and_tie_and_nothing_else(name):
    anomalies = SHARED / f"{name}.anomalies.csv"
    result = backtest(SHARED / f"{name}.csv", SHARED / f"{name}.truth.csv", None, anomalies)
    assert result.missed == []
    assert result.false == []


@real
def test_the_top_two_of_california_are_complete():
    options = SeriesOptions(method=Method.TOP_N, seats=2)
    name = "ca2024_primary"
    result = backtest(SHARED / f"{name}.csv", SHARED / f"{name}.top2.truth.csv", options)
    assert (result.missed, result.false) == ([], [])


@real
def test_test_data_before_polls_close_alerts_nobody():
    options = SeriesOptions(polls_close=datetime(2026, 6, 3, 3, tzinfo=UTC))
    events = replay_series(SHARED / "testdata_before_polls_close_ca_or.csv", options)
    assert {event.kind.audience for event in events} == {Audience.OPERATORS}


@real
def test_a_test_feed_that_was_published_alerts_nobody():
    start, end = datetime(2024, 10, 27, 20, 26, tzinfo=UTC), datetime(2024, 10, 27, 20, 32, tzinfo=UTC)
    events = [e for e in replay_series(SHARED / "bc2024_ridings.csv") if start < e.at < end]
    assert {event.kind for event in events} == {EventKind.QUARANTINED}
    assert len(events) == 10


@real
def test_a_blackout_is_told_as_stale_and_resumed():
    kinds = [event.kind for event in replay_series(SHARED / "honduras2025_presidente.csv")]
    assert kinds.index(EventKind.STALE) < kinds.index(EventKind.RESUMED) < kinds.index(EventKind.LEAD_CHANGE)


@real
@pytest.mark.parametrize(
    "name", ["peru2021_segunda_vuelta", "honduras2025_presidente", "brazil2022_segundo_turno"]
)
def test_zeroed_feeds_and_stale_caches_between_real_snapshots_change_nothing(tmp_path, name):
    path = tmp_path / f"{name}.csv"
    _disturb(SHARED / f"{name}.csv", path)
    result = backtest(path, SHARED / f"{name}.truth.csv")
    assert result.missed == []
    assert result.false == []


def _disturb(series: Path, to: Path) -> None:
    """After every third snapshot a feed of zeros, after every fifth the state of two snapshots ago."""
    snapshots: dict[str, list[dict[str, str]]] = {}
    with series.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            snapshots.setdefault(row["timestamp_utc"], []).append(row)
    times = list(snapshots)
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEAD.strip().split(","))
        writer.writeheader()
        for place, time in enumerate(times):
            writer.writerows(snapshots[time])
            between = time[:-3] + f"{int(time[-3:-1]) + 1:02}Z" if not time.endswith("59Z") else None
            if between is None or between >= (times[place + 1] if place + 1 < len(times) else "9"):
                continue
            if place % 3 == 2:
                zeros = {"votes": "0", "share": "0", "pct_counted": "0", "timestamp_utc": between}
                writer.writerows(row | zeros for row in snapshots[time])
            elif place % 5 == 4:
                writer.writerows(row | {"timestamp_utc": between} for row in snapshots[times[place - 2]])
