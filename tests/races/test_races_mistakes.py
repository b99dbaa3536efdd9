"""One mistake at a time: it is told on its own line, with what is right.

Each case spoils the sound file at one place. ``#!`` marks the line on which
the complaint is expected.
"""

from pathlib import Path

import pytest
from race_files import GOOD, KINDS, RULES, Load, Told

from races import RacesError, load_races

# name, what is replaced, by what, what the message says is wrong, and what right
CASES = [
    # keys
    (
        "unknown key",
        "electorate = 48_213",
        "electorat = 48_213 #!",
        'unknown key "electorat"',
        '"electorate"?',
    ),
    ("other English", 'colour = "#1F77b4"', 'color = "#1F77b4" #!', 'unknown key "color"', '"colour"?'),
    (
        "another word",
        'cadence = "2m"',
        'interval = "2m" #!',
        'unknown key "interval"',
        'did you mean "cadence"?',
    ),
    (
        "key under a table",
        'name = "John Roe"',
        'name = "John Roe"\nseats = 1 #!',
        "belongs to the race",
        "above",
    ),
    ("secret key", 'kind = "csv"', 'kind = "csv"\ntoken = "x" #!', '"token" has no place', "secrets never"),
    ("missing title", 'title = "Fairview — Mayor"\n', "", '"title" is missing', "write title ="),
    ("missing date", "date = 2031-05-04\n", "", '"date" is missing', "write date = 2031-05-04"),
    (
        "missing name",
        '[[candidates]]\nid = "roe"\nname = "John Roe"',
        '[[candidates]] #!\nid = "roe"',
        '"name" is missing in this candidate',
        "write name =",
    ),
    (
        "missing url",
        '[[sources]]\nname = "courier"\nurl = "https://courier.example/live?page=1"',
        '[[sources]] #!\nname = "courier"',
        '"url" is missing in this source',
        "write url =",
    ),
    (
        "missing kind",
        '[[sources]]\nname = "courier"\nurl = "https://courier.example/live?page=1"\nkind = "article"',
        '[[sources]] #!\nname = "courier"\nurl = "https://courier.example/live?page=1"',
        '"kind" is missing in this source',
        "write",
    ),
    ("table for list", "[[origins]]", "[origins] #!", '"origins" must be a list', "[[origins]]"),
    # types
    (
        "number for text",
        'title = "Fairview — Mayor"',
        "title = 5 #!",
        '"title" must be text in quotes, not 5',
        "write",
    ),
    (
        "text for number",
        "electorate = 48_213",
        'electorate = "48213" #!',
        "must be a whole number",
        "electorate = ",
    ),
    (
        "true for number",
        "electorate = 48_213",
        "electorate = true #!",
        "must be a whole number, not true",
        "write",
    ),
    (
        "text for list",
        'aliases = ["FEB"]',
        'aliases = "FEB" #!',
        '"aliases" must be a list',
        "write aliases = [",
    ),
    (
        "number in list",
        'aliases = ["FEB"]',
        "aliases = [\n  'FEB',\n  7, #!\n]",
        "must be text in quotes, not 7",
        "",
    ),
    (
        "date in quotes",
        "date = 2031-05-04",
        'date = "2031-06-07" #!',
        "without quotes",
        "write date = 2031-06-07",
    ),
    (
        "date with hour",
        "date = 2031-05-04",
        "date = 2031-05-04T10:00:00 #!",
        "must be a date",
        "write date =",
    ),
    (
        "hour in quotes",
        "polls_close = 2031-05-04T20:00:00",
        'polls_close = "2031-05-04T20:00:00" #!',
        "without quotes",
        "write polls_close = 2031-05-04T20:00:00",
    ),
    (
        "day for hour",
        "polls_close = 2031-05-04T20:00:00",
        "polls_close = 2031-05-04 #!",
        "with an hour",
        "write",
    ),
    (
        "time for hour",
        "polls_close = 2031-05-04T20:00:00",
        "polls_close = 20:00:00 #!",
        "with an hour",
        "write",
    ),
    ("not a number", "quorum = 30.5", "quorum = nan #!", '"quorum" must be', "write quorum ="),
    # values
    ("blank", 'name = "John Roe"', 'name = "  " #!', "the text is empty", "write it out"),
    ("line break", 'name = "John Roe"', 'name = "John\\nRoe" #!', "line break", "one line"),
    (
        "race id",
        'id = "fairview-2031"',
        'id = "Fairview 2031" #!',
        "is not usable",
        'did you mean "fairview-2031"?',
    ),
    ("long id", 'id = "fairview-2031"', f'id = "{"x" * 41}" #!', "is not usable", "at most 40"),
    ("candidate id", 'id = "roe"', 'id = "İmamoğlu" #!', "is not usable", 'did you mean "imamoglu"?'),
    ("timezone city", '"Europe/London"', '"London" #!', 'unknown timezone "London"', '"Europe/London"?'),
    (
        "timezone typo",
        '"Europe/Paris"',
        '"Europe/Pariss" #!',
        "unknown timezone",
        'did you mean "Europe/Paris"?',
    ),
    ("timezone path", '"Europe/Paris"', '"../etc/passwd" #!', "unknown timezone", "IANA"),
    ("colour word", '"#1F77b4"', '"blue" #!', 'colour "blue"', "#rrggbb"),
    ("colour short", '"#1F77b4"', '"#1f7" #!', 'colour "#1f7"', "#rrggbb"),
    ("pronoun", 'pronoun = "she"', 'pronoun = "shee" #!', 'unknown pronoun "shee"', 'did you mean "she"?'),
    (
        "rank",
        'rank = "official"\naliases',
        'rank = "offical" #!\naliases',
        'unknown rank "offical"',
        '"official"?',
    ),
    ("cadence word", '"2m"', '"often" #!', 'cadence "often" is not a duration', '"30s"'),
    ("cadence unit", '"2m"', '"2 minutes" #!', "is not a duration", '"2m"'),
    ("cadence zero", '"2m"', "0 #!", "out of range", "from 1 second"),
    ("cadence short", '"2m"', "0.5 #!", "out of range", "from 1 second"),
    ("cadence negative", '"2m"', "-5 #!", "out of range", "from 1 second"),
    ("cadence long", '"2m"', '"48h" #!', "out of range", "one day"),
    ("cadence infinite", '"2m"', "inf #!", "out of range", "one day"),
    ("cadence true", '"2m"', "true #!", "is not a duration", "write seconds"),
    ("electorate", "48_213", "0 #!", "must be more than 0", "write electorate"),
    ("source name", 'name = "courier"', 'name = "courier/live" #!', "has a slash", "leave it out"),
    # method
    ("method typo", '"majority"', '"majorty" #!', 'unknown method "majorty"', 'did you mean "majority"?'),
    ("method number", '"majority"', "2 #!", '"method" must be text', "write method"),
    ("threshold over", "threshold = 50", "threshold = 150 #!", "at most 100", "threshold = 50"),
    ("threshold 0", "threshold = 50", "threshold = 0 #!", "must be more than 0", "threshold = 50"),
    ("threshold 100", "threshold = 50", "threshold = 100 #!", "nobody passes 100 %", "50"),
    (
        "threshold as ratio",
        "threshold = 50",
        "threshold = 0.5 #!",
        "under one per cent",
        "per cent are meant: 50",
    ),
    (
        "threshold unused",
        'method = "majority"\nthreshold = 50',
        "threshold = 50 #!",
        "has no threshold",
        "majority",
    ),
    ("seats of one winner", "threshold = 50", "seats = 2 #!", "has one winner, not 2", "top_n"),
    (
        "seats missing",
        'method = "majority"\nthreshold = 50',
        'method = "top_n" #!',
        'needs "seats"',
        "seats = 2",
    ),
    (
        "seats too many",
        'method = "majority"\nthreshold = 50',
        'method = "top_n"\nseats = 2 #!',
        "decide nothing",
        "list",
    ),
    (
        "seats none",
        'method = "majority"\nthreshold = 50',
        'method = "ranked"\nseats = 0 #!',
        "at least 1",
        "seats = 2",
    ),
    (
        "quorum unused",
        'method = "majority"\nthreshold = 50\nquorum = 30.5',
        'method = "ranked"\nquorum = 30.5 #!',
        "has no quorum",
        "leave it away",
    ),
    ("referendum answers", 'method = "majority"', 'method = "referendum" #!', "ids yes and no", 'id = "yes"'),
    # hours
    (
        "clocks skip it",
        "polls_close = 2031-05-04T20:00:00\nembargo = 2031-05-04T20:30:00+01:00\n"
        "watch_until = 2031-06-01T12:00:00Z",
        "watch_until = 2032-03-28T01:30:00 #!",
        "does not exist in Europe/London (clocks go forward)",
        "2032-03-28T02:30:00+01:00",
    ),
    (
        "clocks repeat it",
        "watch_until = 2031-06-01T12:00:00Z",
        "watch_until = 2031-10-26T01:30:00 #!",
        "comes twice in Europe/London (clocks go back)",
        "2031-10-26T01:30:00+01:00 or 2031-10-26T01:30:00+00:00",
    ),
    (
        "watch end",
        "watch_until = 2031-06-01T12:00:00Z",
        "watch_until = 2031-05-01T12:00:00Z #!",
        "watch_until is before the count begins",
        "later",
    ),
    # names
    ("id twice", 'id = "roe"', 'id = "doe" #!', '"doe" is the id of another candidate', "its own"),
    ("name twice", '"John Roe"', '"JANE  DOE" #!', '"JANE  DOE" means another candidate', "ballot"),
    (
        "alias is a name",
        'name = "John Roe"',
        'name = "John Roe"\naliases = ["Jané Doe"] #!',
        "means another",
        "ballot",
    ),
    (
        "aliases shared",
        'name = "John Roe"',
        'name = "John Roe"\naliases = [\n "Roe",\n "j. doe"] #!',
        "means",
        "tell",
    ),
    (
        "description shared",
        'name = "John Roe"',
        'name = "John Roe"\ndescriptions = ["The Sitting Mayor"] #!',
        "means another candidate",
        "tell",
    ),
    (
        "origin id twice",
        'id = "board"',
        'id = "board"\nname = "B"\n[[origins]]\nid = "board" #!',
        "another origin",
        "",
    ),
    ("source twice", 'name = "courier"', 'name = "Count" #!', "is the name of another source", "its own"),
    # addresses
    (
        "scheme",
        "https://courier.example/live?page=1",
        "ftp://courier.example/live",
        "not an http or https",
        "https://",
    ),
    (
        "scheme typo",
        '"https://courier.example/live?page=1"',
        '"htps://courier.example/live" #!',
        "not an http or https",
        'did you mean "https://courier.example"?',
    ),
    (
        "no scheme",
        '"https://courier.example/live?page=1"',
        '"courier.example/live" #!',
        "not an http",
        "https://",
    ),
    ("no host", '"https://courier.example/live?page=1"', '"https:///live" #!', "no usable host", "https://"),
    (
        "bad host",
        '"https://courier.example/live?page=1"',
        '"https://-courier-.example/" #!',
        "no usable host",
        "",
    ),
    (
        "bad port",
        '"https://courier.example/live?page=1"',
        '"https://courier.example:99999/" #!',
        "malformed",
        "",
    ),
    (
        "bad brackets",
        '"https://courier.example/live?page=1"',
        '"https://[courier.example/" #!',
        "malformed",
        "",
    ),
    ("blank", '"https://courier.example/live?page=1"', '"https://courier.example/a b" #!', "a blank", "%20"),
    (
        "credentials",
        '"https://courier.example/live?page=1"',
        '"https://u:p@courier.example/" #!',
        "password",
        "secrets",
    ),
    (
        "bot token",
        '"https://courier.example/live?page=1"',
        f'"https://api.example/bot123456789:{"A" * 35}/x" #!',
        "a bot's token stands in the file",
        "replaced",
    ),
    (
        "page twice",
        'url = "https://courier.example/live?page=1"\nkind = "article"',
        'url = "https://courier.example/2"\nkind = "article"\n[[sources]]\nname = "again"\n'
        'url = "https://courier.example/2#top" #!\nkind = "article"',
        "is watched by another source",
        "remove",
    ),
    # names from elsewhere
    (
        "kind",
        '"article"',
        '"artcle" #!',
        'unknown kind "artcle"',
        "known kinds are article, csv, liveblog – did you mean",
    ),
    (
        "kind, nothing like it",
        '"article"',
        '"zzz" #!',
        'unknown kind "zzz"',
        "known kinds are article, csv, liveblog",
    ),
    (
        "language",
        'language = "en"',
        'language = "english" #!',
        'unknown language "english"',
        "known languages are",
    ),
    ("origin", 'origin = "board"', 'origin = "borad" #!', 'unknown origin "borad"', 'did you mean "board"?'),
    ("rule", "[rules.stale]", "[rules.stail] #!", 'unknown rule "stail"', 'did you mean "stale"?'),
    ("rule option", "minutes = 20", "minuts = 20 #!", 'unknown option "minuts" of rule stale', '"minutes"?'),
    (
        "rule option type",
        "minutes = 20",
        'minutes = "20" #!',
        "must be a number",
        "by default it is 30",
    ),
    ("rule option bool", "minutes = 20", "told = 1 #!", "must be true or false", "by default"),
    ("rule option items", "minutes = 20", "steps = [5, true] #!", "a list, each a number", "it is [25, 50]"),
    ("rule option list", "minutes = 20", "steps = 5 #!", "must be a list", "by default"),
    ("rule option nan", "factor = 2", "factor = nan #!", "must be a number", "by default"),
    (
        "rule no table",
        "[rules.stale]\nminutes = 20\nfactor = 2",
        "[rules]\nstale = 5 #!",
        "must be a table",
        "",
    ),
]


@pytest.mark.parametrize(("old", "new", "what", "right"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_mistake_is_told_on_its_line(told: Told, old: str, new: str, what: str, right: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    complaints = told(text)
    found = [(line, message) for line, message in complaints if what in message]
    assert found, complaints
    line, message = found[0]
    assert right in message
    assert "#!" in text.splitlines()[(line or 1) - 1] or "#!" not in text


@pytest.mark.parametrize(("old", "new", "what", "right"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_one_mistake_makes_few_complaints(told: Told, old: str, new: str, what: str, right: str) -> None:
    assert len(told(GOOD.replace(old, new, 1))) <= 2


def test_a_race_without_candidates_is_told(told: Told) -> None:
    text = GOOD[: GOOD.index("[[candidates]]")] + GOOD[GOOD.index("[[origins]]") :]
    assert told(text) == [
        (1, "there are no candidates; a race needs at least two: write a [[candidates]] table for each")
    ]


def test_one_candidate_is_not_enough(told: Told) -> None:
    first = GOOD.index('[[candidates]]\nid = "roe"')
    text = GOOD[:first] + GOOD[GOOD.index("[[origins]]") :]
    ((line, message),) = told(text)
    assert "at least two candidates" in message
    assert text.splitlines()[(line or 0) - 1] == "[[candidates]]"


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file(told: Told) -> None:
    text = GOOD
    for old, new in [
        ("date = 2031-05-04", 'date = "2031-05-04"'),
        ('"majority"', '"majorty"'),
        ('id = "roe"', 'id = "doe"'),
        ('"2m"', '"often"'),
        ('"article"', '"artcle"'),
        ("minutes", "minuts"),
    ]:
        text = text.replace(old, new, 1)
    rows = text.splitlines()
    spoiled = [
        number
        for number, (row, good) in enumerate(zip(rows, GOOD.splitlines(), strict=True), 1)
        if row != good
    ]
    assert [line for line, _ in told(text)] == spoiled


WARNINGS = [
    ("nothing to watch", GOOD[GOOD.index("[[sources]]") : GOOD.index("[rules")], "", "nothing is watched"),
    ("private address", "https://courier.example/live", "http://192.168.1.5/live", "private address"),
    ("this machine", "https://courier.example/live?page=1", "http://localhost:8000/live", "private address"),
    ("bare name", "https://courier.example/live?page=1", "http://intranet/live", "private address"),
    ("fragment", "live?page=1", "live#results", "never reaches a server"),
    ("secret in query", "live?page=1", "live?api_key=abc", "seems to hold a secret"),
    ("alias of its own", '"DOE Jane"', '"j. doe"', "stands twice"),
    ("far from the day", "2031-05-04T20:00:00", "2031-04-04T20:00:00", "more than a week from the date"),
    ("embargo too early", "T20:30:00+01:00", "T19:30:00+01:00", "holds back nothing"),
    ("file name", 'id = "fairview-2031"', 'id = "fairview-2032"', 'not called "fairview-2032.toml"'),
]


@pytest.mark.parametrize(("old", "new", "what"), [w[1:] for w in WARNINGS], ids=[w[0] for w in WARNINGS])
def test_what_may_be_meant_is_a_warning_and_stops_nothing(load: Load, old: str, new: str, what: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    races = load(text)
    (warning,) = races.warnings
    assert what in str(warning)
    assert warning.line is not None
    assert new in text.splitlines()[warning.line - 1]
    assert len(races.races) == 1


SUM = """\
id = "college-2031"
title = "The electors"
date = 2031-05-04
timezone = "Europe/London"
majority = 11

[adds_up]
fairview-2031 = 12

[[candidates]]
id = "blue"
name = "Blue"

[[candidates]]
id = "red"
name = "Red"
"""


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("majority = 11\n", "", '"adds_up" needs "majority"'),
        ("majority = 11", "majority = 13", "majority 13 is more than all of them together, 12"),
        ("[adds_up]\nfairview-2031 = 12\n", "", '"majority" is for a race that adds up others'),
        ("fairview-2031", "fairvew-2031", 'adds up an unknown race "fairvew-2031"'),
        ("fairview-2031 = 12", "fairview-2031 = 12\ncollege-2031 = 2", "which adds up others itself"),
        ("fairview-2031 = 12", "fairview-2031 = 0", "must be at least 1"),
        (
            "[[candidates]]",
            '[[sources]]\nname = "x"\nurl = "https://x.example/"\nkind = "csv"\n\n[[candidates]]',
            "a race that adds up others has no pages of its own",
        ),
    ],
)
def test_a_mistake_in_a_race_that_adds_up_others_is_told(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    (tmp_path / "fairview-2031.toml").write_text(GOOD, encoding="utf-8")
    sound = SUM
    assert old in sound
    path = tmp_path / "college-2031.toml"
    path.write_text(sound.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RacesError) as error:
        load_races(tmp_path, KINDS, RULES)
    assert what in str(error.value)


def test_a_race_that_adds_up_others_needs_no_pages(tmp_path: Path) -> None:
    (tmp_path / "fairview-2031.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "college-2031.toml").write_text(SUM, encoding="utf-8")
    loaded = load_races(tmp_path, KINDS, RULES)
    assert (loaded["college-2031"].adds_up, loaded["college-2031"].majority) == ({"fairview-2031": 12}, 11)
    assert not [warning for warning in loaded.warnings if "college" in str(warning)]
