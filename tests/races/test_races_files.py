"""Folders and files that can't be used at all, and TOML that is none."""

import os
from pathlib import Path

import pytest
from race_files import GOOD, Load, Told

from races import RacesError, load_races
from tally.errors import ConfigError


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(RacesError, match="there is no such folder; give a folder"):
        load_races(tmp_path / "nowhere")


def test_a_file_in_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(GOOD)
    with pytest.raises(RacesError, match="can't be read"):
        load_races(tmp_path / "x.toml")


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("no race")
    with pytest.raises(RacesError, match="there is no race in this folder"):
        load_races(tmp_path)


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "fairview-2031.toml").write_text(GOOD)
    for name in ("README.md", ".#fairview-2031.toml", "fairview.toml~", "race.json"):
        (tmp_path / name).write_text("= nothing")
    assert [race.id for race in load_races(tmp_path).races] == ["fairview-2031"]


def test_the_error_is_a_config_error_that_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD.replace("electorate", "electorat"))
    with pytest.raises(ConfigError) as error:
        load_races(tmp_path)
    assert str(error.value).startswith(
        f'{tmp_path}/a.toml:11: unknown key "electorat"; known keys here are id,'
    )


@pytest.mark.parametrize(
    ("raw", "line", "what", "right"),
    [
        (b"\xef\xbb\xbf" + GOOD.encode(), 1, "byte-order mark", 'without "BOM"'),
        (GOOD.encode("utf-16"), 1, "looks like UTF-16", "save it as UTF-8"),
        (GOOD.encode("utf-16-be"), 1, "looks like UTF-16", "save it as UTF-8"),
        (
            GOOD.replace("—", "-").replace("John", "Jöhn").encode("latin-1"),
            25,
            "byte 0xf6 is not UTF-8",
            "UTF-8",
        ),
        (b"# " + b"x" * 1_000_000, None, "too large", "1,000,000 bytes"),
        (b"", 1, '"id" is missing', "write id ="),
    ],
    ids=["bom", "utf-16", "utf-16 without mark", "latin-1", "huge", "empty"],
)
def test_a_file_that_is_no_text_of_ours(
    told: Told, raw: bytes, line: int | None, what: str, right: str
) -> None:
    found_line, message = told(raw)[0]
    assert what in message
    assert right in message
    assert found_line == line


def test_a_folder_named_like_a_race_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.toml").mkdir()
    with pytest.raises(RacesError, match="this is not a file"):
        load_races(tmp_path)


def test_a_pipe_named_like_a_race_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.toml")
    with pytest.raises(RacesError, match="this is not a file"):
        load_races(tmp_path)


def test_a_dangling_link_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.toml").symlink_to(tmp_path / "gone.toml")
    with pytest.raises(RacesError, match="can't be read"):
        load_races(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "what", "right"),
    [
        ("electorate = 48_213", "electorate 48213 #!", 'there is no "=" after the key', "key = value"),
        ('name = "John Roe"', "name = John Roe #!", "this value is not understood", "in quotes"),
        ('name = "John Roe"', 'name = "John Roe #!', "a text is not closed", "same quote"),
        ('name = "John Roe"', "name = “John Roe” #!", "typographic quotes", "straight"),
        ('name = "John Roe"', 'name = "John \\Roe" #!', "a lone backslash", "twice"),
        ("date = 2031-05-04", "date = 04.05.2031 #!", "something follows the value", "2019-06-23"),
        ("date = 2031-05-04", "date = 2031-02-30 #!", "no such date", "as 2019-06-23"),
        ("electorate = 48_213", "electorate = 48,213 #!", "something follows the value", "one key = value"),
        ("electorate = 48_213", "quorum = 3 #!", '"quorum" is given twice', "line 10"),
        ("[[origins]]", "[[origins] #!", "a table's name is not closed", "[[list]]"),
        ("[[origins]]", "[[origins #!", "a table's name is not closed", "[[list]]"),
        ('[[candidates]]\nid = "roe"', '[candidates] #!\nid = "roe"', "given twice", "[[…]]"),
        ("electorate = 48_213", "# électorat\nélectorat = 5 #!", "this line is not understood", "a–z"),
        ('aliases = ["FEB"]', 'aliases = ["FEB" #!', '"[" is not closed', "close it with ]"),
    ],
)
def test_toml_errors_have_a_line_and_plain_words(
    told: Told, old: str, new: str, what: str, right: str
) -> None:
    text = GOOD.replace(old, new, 1)
    marked = next(number for number, row in enumerate(text.splitlines(), 1) if "#!" in row)
    line, message = told(text)[0]
    assert message.startswith("column ")
    assert what in message
    assert right in message
    assert line == marked


def test_several_toml_errors_and_other_mistakes_are_told_together(told: Told) -> None:
    text = (
        GOOD.replace('title = "Fairview — Mayor"', "title = Fairview")
        .replace('"majority"', '"majorty"')
        .replace('name = "John Roe"', "name = “John Roe”")
        .replace('"article"', '"artcle"')
    )
    assert [line for line, _ in told(text)] == [2, 8, 25, 47]


def test_a_key_on_an_unreadable_line_is_not_called_missing(told: Told) -> None:
    assert len(told(GOOD.replace("date = 2031-05-04", "date = 4 May 2031"))) == 1


def test_a_mistake_in_one_file_does_not_hide_those_of_another(told: Told) -> None:
    other = GOOD.replace('"fairview-2031"', '"other"').replace('"majority"', '"majorty"')
    assert [line for line, _ in told(GOOD.replace("2031-05-04\n", "x\n", 1), other=other)] == [3, 8]


def test_a_file_of_brackets_is_told_like_any_other(told: Told) -> None:
    ((line, message),) = told(GOOD + "\n[rules.stale.x]\ny = " + "[" * 50_000)
    assert line == 55
    assert "nested too deeply" in message


def test_a_file_of_another_kind_does_not_flood_the_screen(told: Told) -> None:
    complaints = told("\n".join(f"key{number} = {number}" for number in range(5_000)))
    assert len(complaints) < 250
    assert any("4805 mistakes more" in message for _, message in complaints)


def test_a_bots_token_is_told_even_in_a_comment_or_a_broken_file(told: Told) -> None:
    text = GOOD.replace("date = 2031-05-04", f"date = # 123456789:{'A' * 35}")
    assert [line for line, message in told(text) if "a bot's token stands in the file" in message] == [3]


def test_following_an_unreadable_file_is_no_second_mistake(told: Told) -> None:
    complaints = told("[[", rerun=_follower("rerun", "fairview-2031"))
    assert [line for line, _ in complaints] == [1]


def test_an_id_used_in_two_files_is_told_in_the_second(told: Told) -> None:
    ((line, message),) = told(GOOD, other=GOOD)
    assert (line, message) == (
        1,
        'id "fairview-2031" is that of fairview-2031.toml too; give each race its own',
    )


def _follower(race_id: str, follows: str, day: str = "2031-05-04") -> str:
    text = GOOD.replace('"fairview-2031"', f'"{race_id}"', 1).replace("date = 2031-05-04", f"date = {day}")
    return text.replace("electorate = 48_213", f'follows = "{follows}"')


def test_a_race_may_follow_another(load: Load) -> None:
    races = load(GOOD, rerun=_follower("rerun", "fairview-2031"))
    assert races["rerun"].follows == "fairview-2031"


def test_following_an_unknown_race_is_told(told: Told) -> None:
    ((line, message),) = told(GOOD, rerun=_follower("rerun", "fairview-2030"))
    assert line == 11
    assert 'follows an unknown race "fairview-2030"' in message
    assert 'did you mean "fairview-2031"?' in message


def test_following_a_broken_race_is_no_second_mistake(told: Told) -> None:
    complaints = told(GOOD.replace('"majority"', '"majorty"'), rerun=_follower("rerun", "fairview-2031"))
    assert len(complaints) == 1


def test_following_in_a_circle_is_told(told: Told) -> None:
    complaints = told(
        _follower("a", "b"), b=_follower("b", "c"), c=_follower("c", "a"), d=_follower("d", "a")
    )
    assert [message.partition(";")[0] for _, message in complaints] == [
        "follows itself: b → c → a → b",
        "follows itself: c → a → b → c",
        "follows itself: a → b → c → a",
    ]


def test_following_itself_is_told(told: Told) -> None:
    ((line, message),) = told(_follower("a", "a"))
    assert line == 11
    assert "follows itself: a → a" in message


def test_following_a_later_race_is_told(told: Told) -> None:
    ((line, message),) = told(GOOD, rerun=_follower("rerun", "fairview-2031", "2031-05-01"))
    assert line == 11
    assert "follows a race of a later day (2031-05-04, this one is 2031-05-01)" in message
