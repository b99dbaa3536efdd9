"""What the documents point to is there."""

import pkgutil
import re
from pathlib import Path

import pytest

import cli.commands

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
_LINK = re.compile(r'(?:\]\(|src=")([^)"#]+)[)"#]')


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document: Path) -> None:
    links = _LINK.findall(document.read_text(encoding="utf-8"))
    here = [link for link in links if not link.startswith(("http://", "https://"))]
    assert [link for link in here if not (document.parent / link).exists()] == []


def test_the_readme_has_every_command_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = [line.split(" | ")[0] for line in readme.splitlines() if line.startswith("| `tallywire ")]
    told = {word for row in rows for word in re.findall(r"`(?:tallywire )?([a-z]+)", row)}
    assert told == {found.name for found in pkgutil.iter_modules(cli.commands.__path__)}
