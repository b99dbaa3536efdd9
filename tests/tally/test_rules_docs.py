"""What docs/rules.md says is what the rules do, and every test it names is there."""

import re
from pathlib import Path

import pytest

from tally.accept.complaint import PATIENCE
from tally.reference import acceptance_table, confirmed_by, rules_reference
from tally.rules import all_rules
from tally.standing import Doubt

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
CASES = [line for line in DOC.partition("## Each case")[2].splitlines() if line.startswith("|")][2:]


def test_the_rules_stand_there_as_they_are():
    assert f"\n{rules_reference()}\n" in DOC, "write them anew: python tools/rules.py"


def test_the_doubts_stand_there_as_they_are():
    assert f"\n{acceptance_table()}\n" in DOC, "write them anew: python tools/rules.py"


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.NAME)
def test_a_rule_has_its_section_with_every_option(rule):
    section = DOC.partition(f"### {rule.NAME}\n")[2].partition("\n### ")[0]
    assert rule.WHY in section
    assert rule.CASE in section
    for name, (_, meaning) in rule.OPTIONS.items():
        assert f"| `{name}` |" in section
        assert meaning in section


def test_every_doubt_has_a_reason_and_says_what_ends_it():
    assert set(PATIENCE) == set(Doubt)
    assert confirmed_by(Doubt.FALL) == (
        "in 2 polls; a later state goes on from it; it stands for 3 minutes; another origin has the same"
    )
    assert confirmed_by(Doubt.JUMP) == (
        "a later state goes on from it after 10 minutes; another origin has the same"
    )
    assert confirmed_by(Doubt.ZEROS) == "never by itself"
    assert confirmed_by(Doubt.EMBARGO) == "when the embargo lifts"


@pytest.fixture(scope="module")
def tests():
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for file in files for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.split("|")[1].strip()[:40])
def test_every_case_has_a_test_by_that_name(case, tests):
    named = re.findall(r"`(test_\w+)`", case)
    assert named
    assert set(named) <= tests
