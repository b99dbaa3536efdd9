"""A bundled night's folder: found without a list, and told where something is wrong with it."""

from pathlib import Path

import pytest

from nights import Night, all_nights, load_night
from tally.errors import SeriesError

OUTLET = """
name = "Paper"
host = "paper.example"
language = "en"
charset = "iso-8859-9"
[lists.menu]
words = "towns"
markup = '<li id="$slug">$number $word</li>'
[pages.front]
path = "/front"
published = 2019-03-31T08:00:00Z
"""
SHELL = "<title>$headline</title><ul>$menu</ul><script>$jsonld</script><main>$body</main>"
STEPS = """
[[step]]
at = 2019-03-31T09:00:00Z
show = ["paper/front/one"]
[[step]]
at = 2019-03-31T10:00:00Z
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "outlets/paper/front").mkdir(parents=True)
    (tmp_path / "night.toml").write_text('title = "T"\nraces = ["r"]\nseconds = 3\n')
    (tmp_path / "words.toml").write_text('towns = ["Ağrı", "Şişli"]\n', "utf-8")
    (tmp_path / "timeline.toml").write_text(STEPS)
    (tmp_path / "outlets/paper/outlet.toml").write_text(OUTLET)
    (tmp_path / "outlets/paper/shell.html").write_text(SHELL)
    (tmp_path / "outlets/paper/front/one.html").write_text(
        '+++\nheadline = "Sayım ₺"\n+++\n<p>$about</p>', "utf-8"
    )
    (tmp_path / "outlets/paper/front/_about.html").write_text("About $outlet")
    return tmp_path


def test_the_bundled_nights_are_found_without_a_list() -> None:
    assert "istanbul2019" in all_nights()


def test_a_folder_elsewhere_can_be_a_night(folder: Path) -> None:
    night = load_night(str(folder))
    assert (night.title, night.races, night.seconds, len(night.steps)) == ("T", ("r",), 3.0, 2)
    assert night.steps[1].changes == ()


def test_a_version_is_made_of_its_file_its_shell_and_the_shared_parts(folder: Path) -> None:
    answer = load_night(str(folder)).steps[0].changes[0].answer
    text = answer.body.decode("iso-8859-9")
    assert '<li id="agri">1 Ağrı</li>\n<li id="sisli">2 Şişli</li>' in text
    assert "About Paper" in text
    assert "&#8377;" not in text
    assert "Sayım &#8378;" in text  # the lira sign is not in the outlet's code page
    assert answer.headers["content-type"] == "text/html; charset=iso-8859-9"


def test_an_unknown_night_is_told_with_those_there_are() -> None:
    with pytest.raises(SeriesError, match="istanbul2019"):
        load_night("ankara")


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("timeline.toml", "", "at least one"),
        ("timeline.toml", "[[step]]\nat = 2019-03-31T09:00:00\n", "no hour with an offset"),
        ("timeline.toml", STEPS.replace("T10", "T08"), "order of time"),
        ("timeline.toml", STEPS.replace("paper/front/one", "paper/front"), "OUTLET/PAGE/VERSION"),
        ("timeline.toml", STEPS.replace("paper/", "rag/"), "OUTLET/PAGE/VERSION"),
        ("timeline.toml", STEPS.replace("front/one", "front/two"), "one file of that name"),
        ("timeline.toml", STEPS.replace("front/one", "back/one"), "no page is called 'back'"),
        ("timeline.toml", "[[step", "timeline.toml"),
        ("night.toml", "races = []\n", "title"),
        ("outlets/paper/outlet.toml", OUTLET.replace("host", "hst"), "'host' is missing"),
        ("outlets/paper/shell.html", "$nowhere", r"nothing fills the place \$nowhere"),
        ("outlets/paper/shell.html", "5 $ only", r"write \$\$"),
        ("outlets/paper/front/one.html", "+++\nheadline = 1\n", "its fields have no end"),
        ("outlets/paper/front/one.html", "+++\nheadline\n+++\n", "one.html"),
        ("outlets/paper/front/one.html", "no fields", "headline"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(folder: Path, file: str, text: str, told: str) -> None:
    (folder / file).write_text(text)
    with pytest.raises(SeriesError, match=told):
        load_night(str(folder))


def test_a_file_that_is_no_utf_8_is_told(folder: Path) -> None:
    (folder / "outlets/paper/front/one.html").write_bytes(b"+++\n\xff")
    with pytest.raises(SeriesError, match=r"one\.html"):
        load_night(str(folder))


def test_every_step_of_the_bundled_night_says_what_happens(istanbul: Night) -> None:
    assert all(step.note for step in istanbul.steps)


def test_some_bundled_pages_are_as_heavy_as_real_ones(istanbul: Night) -> None:
    sizes = [len(change.answer.body) for step in istanbul.steps for change in step.changes]
    assert max(sizes) > 150_000
