"""From a folder of TOML files to races, or to everything that is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from races.build import race_of
from races.checks import cross_findings, secret_findings
from races.document import Document, parse, read_text
from races.draft import Draft
from races.family import family_findings
from races.lines import Lines
from races.models import RaceFile
from races.names import slug_of
from races.problem import Finding, Problem, RacesError, in_order
from races.references import KindCheck, Known
from races.wording import shape_findings
from tally.race import Race


@dataclass(frozen=True, slots=True)
class Races:
    """All races of a folder, by id. ``warnings`` is what may be meant so and stops nothing."""

    races: tuple[Race, ...]
    warnings: tuple[Problem, ...] = ()

    def get(self, race_id: str) -> Race | None:
        """The race with that id, or None."""
        return next((race for race in self.races if race.id == race_id), None)

    def __getitem__(self, race_id: str) -> Race:
        race = self.get(race_id)
        if race is None:
            raise KeyError(race_id)
        return race


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file on its way: what was found in it, and the race where nothing was wrong."""

    path: Path
    document: Document
    findings: tuple[Finding, ...]
    race: Race | None = None

    def problem(self, finding: Finding) -> Problem:
        """A finding with its file and line."""
        line = finding.on_line or (self.document.lines.of(finding.place) if self.document.is_text else None)
        return Problem(self.path, line, finding.what, finding.right)


def load_races(
    folder: Path,
    kinds: Mapping[str, KindCheck | None] | None = None,
    rules: Mapping[str, Mapping[str, object]] | None = None,
    languages: frozenset[str] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Races:
    """Load and check every ``*.toml`` of a folder.

    ``kinds`` are the page kinds by name, each with a check of a source's
    options (``check(options, race)`` returns complaints), ``rules`` the alert
    rules with their options and defaults, ``languages`` the codes of the
    language packs, ``environ`` what sources' headers and proxies are filled in
    from; what is None is not checked. Raises RacesError with every
    problem of every file.
    """
    known = Known(kinds, rules, languages, environ)
    sheets = [_sheet(path, known) for path in race_files(folder)]
    findings = [(sheet, finding) for sheet in sheets for finding in sheet.findings]
    findings += family_findings([(sheet, Draft(sheet.document.data)) for sheet in sheets])
    wrong = in_order(sheet.problem(finding) for sheet, finding in findings if not finding.warning)
    if wrong:
        raise RacesError(wrong)
    warnings = in_order(sheet.problem(finding) for sheet, finding in findings)
    return Races(tuple(sheet.race for sheet in sheets if sheet.race), warnings)


def race_files(folder: Path) -> list[Path]:
    """The race files of a folder, hidden ones (an editor's) left out. Raises RacesError."""
    right = "give a folder with one TOML file a race: --races DIR"
    try:
        found = sorted(
            p for p in folder.iterdir() if p.suffix.lower() == ".toml" and not p.name.startswith(".")
        )
    except FileNotFoundError:
        raise RacesError([Problem(folder, None, "there is no such folder", right)]) from None
    except OSError as error:
        what = f"the folder can't be read ({error.strerror or error})"
        raise RacesError([Problem(folder, None, what, right)]) from None
    if not found:
        raise RacesError([Problem(folder, None, "there is no race in this folder", right)])
    return found


def _sheet(path: Path, known: Known) -> Sheet:
    text = read_text(path)
    if isinstance(text, Finding):
        return Sheet(path, Document({}, Lines(""), is_text=False), (text,))
    document, secrets = parse(text), tuple(secret_findings(text))
    if not document.data and document.findings:
        return Sheet(path, document, document.findings + secrets)
    draft = Draft(document.data)
    shape = [f for f in shape_findings(document.data) if not _is_unread(f, document)]
    findings = (*document.findings, *secrets, *shape, *cross_findings(draft, known), *_file_name(path, draft))
    return Sheet(path, document, findings, _race(document, findings))


def _is_unread(finding: Finding, document: Document) -> bool:
    """Whether a key only seems to be missing, because its line could not be read."""
    return any(finding.what.startswith(f'"{key}" is missing') for key in document.unreadable)


def _race(document: Document, findings: tuple[Finding, ...]) -> Race | None:
    if any(not finding.warning for finding in findings):
        return None
    try:
        return race_of(RaceFile.model_validate(document.data))
    except ValidationError:  # told already
        return None


def _file_name(path: Path, draft: Draft) -> list[Finding]:
    race_id = draft.text("id")
    if race_id is None or path.stem == race_id or slug_of(race_id) != race_id:
        return []
    return [
        Finding(("id",), f'the file is not called "{race_id}.toml"', "best name it by its id", warning=True)
    ]
