"""A long CSV as readings: what is read, what is refused with its line, what is left out if asked."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from nights.series import SeriesOptions, read_series, replay_series
from tally.errors import SeriesError
from tally.race import Method
from tally.reading import Counted, Result

HEAD = "race,timestamp_utc,candidate,party,votes,share,pct_counted\n"
FIRST = "Vale,2030-05-05T19:00:00Z,Ada,Blue,100,52.6,10\nVale,2030-05-05T19:00:00Z,Ben,,90.0,47.4,10\n"
SECOND = "Vale,2030-05-05T20:00:00Z,Ada,Blue,200,50,20\nVale,2030-05-05T20:00:00Z,Ben,,201,,20\n"


@pytest.fixture
def series(tmp_path):
    def write(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "vale.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def _all(path, **options):
    return list(read_series(path, SeriesOptions(**options)))


def test_a_snapshot_is_a_reading_and_makes_its_race(series):
    first, second = _all(series(HEAD + FIRST + SECOND))
    assert first.race.id == first.race.title == "Vale"
    assert [(c.id, c.party) for c in first.race.candidates] == [("Ada", "Blue"), ("Ben", None)]
    assert first.reading.as_of == datetime(2030, 5, 5, 19, tzinfo=UTC)
    assert first.reading.results == (Result("Ada", 100, 52.6), Result("Ben", 90, 47.4))
    assert (first.reading.counted, first.reading.origin, first.line) == (Counted(10.0), "vale", 2)
    assert first.reading.evidence.where == "line 2"
    assert "Ada: 100 votes, 52.6 %" in first.reading.evidence.quote
    assert second.reading.results[1] == Result("Ben", 201, None)
    assert second.race is first.race


def test_the_options_go_into_the_race(series):
    close = datetime(2030, 5, 5, 18, tzinfo=UTC)
    chosen = {"polls_close": close, "method": Method.TOP_N, "seats": 2, "threshold": 60.0, "origin": "board"}
    snapshot = _all(series(HEAD + FIRST), **chosen)[0]
    race = snapshot.race
    assert (race.polls_close, race.method, race.seats, race.threshold) == (close, Method.TOP_N, 2, 60.0)
    assert snapshot.reading.origin == "board"


def test_a_byte_order_mark_and_blank_lines_are_no_matter(series):
    assert len(_all(series("\ufeff" + HEAD + FIRST + "\n\n" + SECOND))) == 2


def test_a_line_of_blanks_is_a_blank_line(series):
    assert len(_all(series(HEAD + FIRST + " , , , , , , \n" + SECOND))) == 2


def test_blanks_are_unknown_numbers(series):
    snapshot = _all(series(HEAD + "Vale,2030-05-05T19:00:00Z,Ada,,,nan,\n"))[0]
    assert snapshot.reading.results == (Result("Ada", None, None),)
    assert snapshot.reading.counted is None


def test_per_cent_signs_and_missing_columns_are_read(series):
    text = "timestamp_utc,race,candidate,share,pct_counted\n2030-05-05T19:00:00Z,Vale,Ada,52.6 %,10%\n"
    snapshot = _all(series(text))[0]
    assert snapshot.reading.results == (Result("Ada", None, 52.6),)
    assert snapshot.reading.counted == Counted(10.0)


BAD = {
    "no header": ("", "line 1: no column candidate"),
    "unknown column": (HEAD.replace("party", "colour") + FIRST, "line 1: unknown column colour"),
    "column twice": (HEAD.replace("party", "race") + FIRST, "line 1: a column stands twice"),
    "half a last line": (HEAD + FIRST + "Vale,2030-05-05T20:0", "line 4: 2 cells instead of 7"),
    "no race": (HEAD + FIRST + ",2030-05-05T20:00:00Z,Ada,,1,,\n", "line 4: no race"),
    "no candidate": (HEAD + FIRST + "Vale,2030-05-05T20:00:00Z,,,1,,\n", "line 4: no candidate"),
    "no time": (HEAD + FIRST + "Vale,yesterday,Ada,,1,,\n", "line 4: "),
    "half a vote": (HEAD + FIRST + "Vale,2030-05-05T20:00:00Z,Ada,,1.5,,\n", "line 4: '1.5' is no number"),
    "thousands": (
        HEAD + FIRST + 'Vale,2030-05-05T20:00:00Z,Ada,,"1,200",,\n',
        "line 4: '1,200' is no number",
    ),
    "no such month": (
        HEAD + FIRST + "Vale,2030-13-05T20:00:00Z,Ada,,1,,\n",
        "line 4: '2030-13-05T20:00:00Z'",
    ),
    "before all time": (HEAD + FIRST + "Vale,0001-01-01T00:00:00+14:00,Ada,,1,,\n", "line 4: '0001-01-01"),
    "infinite": (HEAD + FIRST + "Vale,2030-05-05T20:00:00Z,Ada,,1,inf,\n", "line 4: 'inf' is no number"),
    "twice in a snapshot": (HEAD + FIRST + FIRST.partition("\n")[0] + "\n", "line 2: 'Ada' stands twice"),
    "out of order": (HEAD + SECOND + FIRST, "line 4: 2030-05-05T19:00:00Z does not come after 20:00:00"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_with_its_line(series, case):
    text, words = BAD[case]
    with pytest.raises(SeriesError) as caught:
        _all(series(text))
    assert words in str(caught.value)


@pytest.mark.parametrize("case", [case for case in BAD if case not in ("no header", "column twice")])
def test_lenient_reads_as_far_as_it_is_sound_and_says_what_it_left_out(series, case):
    notes: list[str] = []
    snapshots = _all(series(BAD[case][0]), lenient=True, note=notes.append)
    assert len(snapshots) == (0 if case == "twice in a snapshot" else 1)
    assert BAD[case][1].split(":")[0] in notes[0]
    assert notes[0].endswith("left out")


def test_a_snapshot_with_one_bad_row_is_left_out_as_a_whole(series):
    text = HEAD + FIRST + SECOND.replace("201,,20", "many,,20")
    assert len(_all(series(text), lenient=True)) == 1


def test_a_missing_header_is_an_error_even_if_lenient(series):
    with pytest.raises(SeriesError):
        _all(series("Vale,1,2\n"), lenient=True)


def test_a_missing_file_and_one_that_is_no_text_are_errors_of_their_own(tmp_path, series):
    with pytest.raises(SeriesError, match="No such file"):
        _all(tmp_path / "nothing.csv")
    with pytest.raises(SeriesError, match="not UTF-8"):
        _all(series(HEAD + "Vale,2030-05-05T19:00:00Z,Solórzano,,1,,\n", "latin-1"))


def test_times_without_a_zone_are_read_in_the_given_one_and_it_is_said(series):
    notes: list[str] = []
    text = (HEAD + FIRST + SECOND).replace("Z,", ",")
    snapshots = _all(series(text), timezone=ZoneInfo("Europe/Istanbul"), note=notes.append)
    assert snapshots[0].reading.as_of == datetime(2030, 5, 5, 16, tzinfo=UTC)
    assert notes == ["times without a zone are read as Europe/Istanbul"]


def test_rows_of_one_moment_may_stand_candidate_by_candidate(series):
    rows = [
        f"{race},2030-05-05T{hour}:00:00Z,{name},,{votes},,\n"
        for hour, votes in ((19, 100), (20, 200))
        for name in ("Ada", "Ben")
        for race in ("Vale", "Hill")
    ]
    snapshots = _all(series(HEAD + "".join(rows)))
    assert [(s.race.id, len(s.reading.results), s.line) for s in snapshots] == [
        *(("Vale", 2, 2), ("Hill", 2, 3)),
        *(("Vale", 2, 6), ("Hill", 2, 7)),
    ]


def test_an_hour_that_comes_twice_goes_on_in_its_second_and_it_is_said(series):
    notes: list[str] = []
    rows = [
        f"Vale,2030-10-27T{time}:00,Ada,,{votes},,\n"
        for time, votes in (("01:30", 1), ("02:50", 2), ("02:10", 3), ("03:10", 4))
    ]
    snapshots = _all(series(HEAD + "".join(rows)), timezone=ZoneInfo("Europe/Berlin"), note=notes.append)
    hours = [snapshot.reading.as_of.strftime("%d %H:%M") for snapshot in snapshots]
    assert hours == ["26 23:30", "27 00:50", "27 01:10", "27 02:10"]
    assert notes[1:] == [
        "2030-10-27T02:50:00 comes twice: clocks were set back; read as the one before that",
        "2030-10-27T02:10:00 comes twice: clocks were set back; read as the one after that",
    ]


def test_an_hour_that_was_skipped_is_read_and_it_is_said(series):
    notes: list[str] = []
    text = HEAD + "Vale,2030-03-31T02:30:00,Ada,,1,,\n"
    snapshot = _all(series(text), timezone=ZoneInfo("Europe/Berlin"), note=notes.append)[0]
    assert snapshot.reading.as_of == datetime(2030, 3, 31, 1, 30, tzinfo=UTC)
    assert notes[1] == "2030-03-31T02:30:00 was skipped: clocks were set forward; read as 01:30:00 UTC"


def test_a_character_that_is_no_text_spoils_its_own_snapshot_only(series):
    notes: list[str] = []
    text = HEAD + FIRST + "Vale,2030-05-05T19:30:00Z,Solórzano,,1,,\n" + SECOND
    snapshots = _all(series(text, "latin-1"), lenient=True, note=notes.append)
    assert [snapshot.line for snapshot in snapshots] == [2, 5]
    assert notes == ["line 4: 'Sol\ufffdrzano' is not UTF-8: its snapshot is left out"]


def test_a_series_is_replayed_by_its_own_clock(series):
    third = SECOND.replace("T20:00", "T21:00").replace("200,50,20", "300,50,30").replace("201,,20", "301,,30")
    late = SECOND.replace("T20:00", "T23:59").replace("200,50,20", "400,50,40").replace("201,,20", "401,,40")
    events = list(replay_series(series(HEAD + FIRST + SECOND + third + late)))
    kinds = [event.kind.value for event in events]
    assert kinds[:2] == ["first_results", "lead_change"]
    assert [event.at.hour for event in events if event.kind.value in ("lead_change", "resumed")] == [20]
    again = list(replay_series(series(HEAD + FIRST + SECOND + third + late)))
    assert [event.key for event in again] == [event.key for event in events]


def test_a_series_that_stops_for_hours_is_told_as_stale_and_resumed(series):
    rows = [
        f"Vale,2030-05-05T{hour}Z,{name},,{votes},,{pct}\n"
        for hour, votes_of, pct in (("19:00:00", 100, 10), ("19:20:00", 200, 20), ("23:40:00", 300, 30))
        for name, votes in (("Ada", votes_of), ("Ben", votes_of // 2))
    ]
    told = [(e.kind.value, e.at.strftime("%H:%M")) for e in replay_series(series(HEAD + "".join(rows)))]
    assert ("stale", "20:40") in told
    assert ("resumed", "23:40") in told


def test_candidates_who_come_later_are_counted(series):
    text = HEAD + FIRST + SECOND + "Vale,2030-05-05T20:00:00Z,Cem,,500,,20\n"
    events = list(replay_series(series(text)))
    assert [(e.before, e.after) for e in events if e.kind.value == "lead_change"] == [("Ada", "Cem")]


def test_what_the_last_snapshot_leaves_in_doubt_is_told_if_time_alone_confirms_it(series):
    rows = [
        f"Vale,2030-05-05T{hour}:00:00Z,{name},,,{share},{pct}\n"
        for hour, ada, pct in ((19, 51.8, 90), (20, 48.9, 91))
        for name, share in (("Ada", ada), ("Ben", 100 - ada))
    ]
    fallen = [
        f"Hill,2030-05-05T{hour}:00:00Z,{name},,{votes},,{pct}\n"
        for hour, votes_of, pct in ((19, (100, 50), 50), (20, (99, 60), 60))
        for name, votes in zip(("Ada", "Ben"), votes_of, strict=True)
    ]
    told = [
        (e.race, e.kind.value, e.at.strftime("%H:%M"))
        for e in replay_series(series(HEAD + "".join(rows + fallen)))
    ]
    assert ("Vale", "lead_change", "20:20") in told
    assert ("Hill", "revised", "20:03") in told
    assert "stale" not in [kind for _, kind, _ in told]
