"""Race files that change while the service runs: sound ones are taken up, broken ones are refused."""

from pathlib import Path

import pytest
from race_files import GOOD

from races import Renewal, Renewed, load_races

ROE = GOOD.replace("fairview-2031", "roe-2031")


class Folder:
    """A folder of races that is watched, two looks at a time: the first only sees that something changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.write("fairview-2031", GOOD)
        self.renewal = Renewal(path, load_races, load_races(path).races)

    def write(self, name: str, text: str) -> None:
        (self.path / f"{name}.toml").write_text(text, encoding="utf-8")

    def looked(self) -> Renewed | None:
        assert self.renewal.look() is None, "somebody may still be writing"
        found = self.renewal.look()
        if found is not None and found.races is not None:
            self.renewal.take_up(found.races)
        return found


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_files_that_nobody_touched_are_no_news(folder: Folder) -> None:
    assert [folder.renewal.look() for _ in range(3)] == [None] * 3


def test_a_race_that_is_added_changed_or_taken_away_is_told_and_handed_over(folder: Folder) -> None:
    folder.write("roe-2031", ROE)
    added = folder.looked()
    assert added is not None and added.races is not None
    assert added.words == "The race files were taken up; new: roe-2031."
    assert [race.id for race in added.races] == ["fairview-2031", "roe-2031"]
    folder.write("fairview-2031", GOOD.replace("2m", "20s"))
    (folder.path / "roe-2031.toml").unlink()
    changed = folder.looked()
    assert changed is not None and changed.races is not None
    assert changed.words.endswith("changed: fairview-2031; no longer watched: roe-2031.")
    assert folder.renewal.in_force["fairview-2031"].sources[0].cadence == 20
    assert folder.renewal.look() is None, "it is told once"


def test_a_comment_changes_nothing(folder: Folder) -> None:
    folder.write("fairview-2031", f"# seen by both\n{GOOD}")
    assert folder.looked() is None


def test_a_file_that_is_still_being_written_is_waited_for(folder: Folder) -> None:
    whole = GOOD.replace("2m", "20s")
    folder.write("fairview-2031", whole[:300])
    assert folder.renewal.look() is None
    folder.write("fairview-2031", whole)
    found = folder.looked()
    assert found is not None and found.races is not None


def test_a_broken_file_is_refused_with_file_and_line_and_the_mended_one_taken_up(folder: Folder) -> None:
    folder.write("fairview-2031", GOOD.replace('kind = "csv"', "kind = csv"))
    refused = folder.looked()
    assert refused is not None and refused.races is None
    assert "what was there before stays in force" in refused.words
    assert "fairview-2031.toml:36" in refused.words
    assert folder.renewal.look() is None, "it is told once"
    folder.write("fairview-2031", GOOD.replace("2m", "20s"))
    mended = folder.looked()
    assert mended is not None and mended.races is not None


def test_a_sound_race_beside_a_broken_one_is_not_taken_up_either(folder: Folder) -> None:
    """Races follow one another, and a half of what was meant is nobody's wish."""
    folder.write("broken", "id = ")
    folder.write("roe-2031", ROE)
    refused = folder.looked()
    assert refused is not None and refused.races is None


def test_a_folder_that_went_away_is_told_and_loses_no_race(folder: Folder) -> None:
    moved = folder.path.rename(folder.path.with_name("elsewhere"))
    refused = folder.looked()
    assert refused is not None and refused.races is None and "no such folder" in refused.words
    moved.rename(folder.path)
    assert folder.looked() is None


def test_of_many_mistakes_the_first_are_told(folder: Folder) -> None:
    folder.write("fairview-2031", "\n".join(f'key{n} = "x"' for n in range(50)) + "\n" + GOOD)
    refused = folder.looked()
    assert refused is not None
    assert len(refused.words.splitlines()) == 12 and refused.words.endswith("and 40 more")


def test_a_loader_that_stumbles_is_told_and_takes_nothing_away(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.renewal = Renewal(tmp_path, lambda _: {}["oops"], load_races(tmp_path).races)
    folder.write("fairview-2031", GOOD.replace("2m", "20s"))
    found = folder.looked()
    assert found is not None and found.races is None and "could not be read" in found.words
    assert list(folder.renewal.in_force) == ["fairview-2031"]
