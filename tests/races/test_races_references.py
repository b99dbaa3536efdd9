"""What page kinds say of their options, at the line of the option."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from race_files import GOOD

from races import KindCheck, RacesError, load_races
from scrapers.parser.kinds import all_kinds
from tally.errors import ConfigError
from tally.race import Race

TEXT = GOOD.replace('votes = "Stimmen"', 'votes = "Stimmen"\npath = "["\n[sources.options.columns]\nx = 1')


def _problems(folder: Path, check: KindCheck, text: str = TEXT) -> list[tuple[int | None, str]]:
    (folder / "fairview-2031.toml").write_text(text)
    try:
        load_races(folder, {"csv": check, "article": None})
    except RacesError as error:
        return [(problem.line, problem.what) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("complaint", "line"),
    [
        ("there is no option 'votes'; there are: none", 42),
        ('"path" is no path', 43),
        ("option path: '[' is no JMESPath", 43),
        ("option columns: a text was expected", 44),
        ("something is amiss", 41),
    ],
)
def test_a_complaint_stands_on_the_line_of_its_option(tmp_path: Path, complaint: str, line: int) -> None:
    assert _problems(tmp_path, lambda _options, _race: [complaint]) == [(line, complaint)]


def test_options_are_checked_against_the_race_even_where_the_file_is_wrong(tmp_path: Path) -> None:
    seen: list[tuple[Mapping[str, object], Race]] = []

    def check(options: Mapping[str, object], race: Race) -> list[str]:
        seen.append((options, race))
        return ["option votes: no"]

    wrong = TEXT.replace("date = 2031-05-04", "date = 5")
    assert [line for line, _ in _problems(tmp_path, check, wrong)] == [3, 42]
    ((options, race),) = seen
    assert options["votes"] == "Stimmen"
    assert [candidate.id for candidate in race.candidates] == ["doe", "roe"]


@pytest.mark.parametrize("error", [ConfigError("no"), ValueError("no"), KeyError("no"), TypeError("no")])
def test_a_check_that_stumbles_has_found_the_options_wrong(tmp_path: Path, error: Exception) -> None:
    def check(_options: Mapping[str, object], _race: Race) -> list[str]:
        raise error

    ((line, what),) = _problems(tmp_path, check)
    assert line == 41
    assert "the options are not understood" in what


def test_every_page_kind_there_is_checks_its_options_at_their_line(tmp_path: Path) -> None:
    for kind in all_kinds():
        text = GOOD.replace('kind = "csv"', f'kind = "{kind.name}"').replace("votes =", "no_such_option =")
        (tmp_path / "fairview-2031.toml").write_text(text)
        with pytest.raises(RacesError) as error:
            load_races(tmp_path, {each.name: each.check_options for each in all_kinds()})
        assert (42, "no_such_option") in [
            (problem.line, "no_such_option" if "no_such_option" in problem.what else problem.what)
            for problem in error.value.problems
        ]
