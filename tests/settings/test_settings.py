"""Settings by environment and by file: what is taken, what is refused, and that the documents say so."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from settings import Listen, SettingsError, load
from settings.load import unknown
from settings.reference import in_force, markdown
from settings.table import CONFIG, from_file, names, secrets
from tallywire import main

ROOT = Path(__file__).parents[2]
TOKEN = "123456:" + "A" * 35


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tallywire.toml"


def test_without_any_setting_there_are_defaults() -> None:
    settings = load({})
    assert (settings.telegram_token, settings.listen, settings.backup_every) == (None, None, None)
    assert (settings.backup_keep, settings.log, settings.operators) == (24, "text", ())
    assert settings.backups_in(Path("data")) == Path("data/backups")


def test_a_file_is_taken_under_the_environment(file: Path) -> None:
    file.write_text(
        'TALLYWIRE_LISTEN = "127.0.0.1:9464"\nTALLYWIRE_OPERATORS = [12, -34]\n'
        'TALLYWIRE_BACKUP_KEEP = 3\nTALLYWIRE_BACKUP_EVERY = "1h 30m"\nTALLYWIRE_LOG = "json"\n',
        encoding="utf-8",
    )
    settings = load({"TALLYWIRE_LOG": "text", CONFIG: str(file), "TALLYWIRE_LISTEN": " "})
    assert settings.listen == Listen("127.0.0.1", 9464)
    assert (settings.operators, settings.backup_keep) == (("12", "-34"), 3)
    assert settings.backup_every == timedelta(minutes=90)
    assert settings.log == "text"
    assert settings.environ["TALLYWIRE_OPERATORS"] == "12, -34"


def test_everything_wrong_is_told_at_once_with_file_and_line(file: Path) -> None:
    file.write_text(
        '# the night\nTALLYWIRE_LISTEN = "9464"\nTALLYWIRE_OPERATOR = 1\n\n'
        'TALLYWIRE_KEEP_PAGES_SIZE = "2 gigs"\nTALLYWIRE_LOG = true\nTALLYWIRE_CONFIG = "x"\n',
        encoding="utf-8",
    )
    with pytest.raises(SettingsError) as error:
        load({CONFIG: str(file), "TALLYWIRE_BACKUP_EVERY": "often"})
    told = error.value.problems
    assert len(told) == 6
    for start, words in (
        (f"{file}:2: TALLYWIRE_LISTEN", "write it as 127.0.0.1:9464"),
        (f"{file}:3:", 'did you mean "TALLYWIRE_OPERATORS"?'),
        (f"{file}:5: TALLYWIRE_KEEP_PAGES_SIZE", "500MB"),
        (f"{file}:6: TALLYWIRE_LOG", "write text"),
        (f"{file}:7:", "can't stand in it"),
        ("environment: TALLYWIRE_BACKUP_EVERY", "30d"),
    ):
        assert any(line.startswith(start) and words in line for line in told), (start, told)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("TALLYWIRE_LOG = json\n", 1, "write text in quotes"),
        ('TALLYWIRE_LOG = "json\n', 1, "not closed"),
        ('TALLYWIRE_LOG = "json"\nTALLYWIRE_LOG = "text"\n', 2, "given twice"),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(file: Path, text: str, line: int, words: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=rf"tallywire\.toml:{line}: .*{words}"):
        load({}, file)


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(SettingsError, match=r"tallywire\.toml: the file can't be read"):
        load({}, file)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TALLYWIRE_BACKUP_EVERY", "0"),
        ("TALLYWIRE_BACKUP_EVERY", "9999999d"),
        ("TALLYWIRE_BACKUP_KEEP", "0"),
        ("TALLYWIRE_BACKUP_KEEP", "-1"),
        ("TALLYWIRE_LISTEN", "127.0.0.1:99999"),
        ("TALLYWIRE_LISTEN", ":9464"),
        ("TALLYWIRE_HEARTBEAT_URL", "status.example/ping"),
        ("TALLYWIRE_HEARTBEAT_URL", "https://status.example:port/x"),
        ("TALLYWIRE_HEARTBEAT_CHAT", "anna"),
        ("TALLYWIRE_KEEP_PAGES_SIZE", "2 GiB"),
        ("TALLYWIRE_LOG", "xml"),
        ("TELEGRAM_WEBHOOK_LISTEN", "nowhere"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"environment: {name}: "):
        load({name: value})


def test_a_secret_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    mounted = tmp_path / "token"
    mounted.write_text(f"{TOKEN}\n", encoding="utf-8")
    assert load({"TELEGRAM_TOKEN_FILE": str(mounted)}).telegram_token == TOKEN
    assert load({"TELEGRAM_TOKEN_FILE": str(mounted), "TELEGRAM_TOKEN": "other"}).telegram_token == "other"
    with pytest.raises(SettingsError, match=r"TELEGRAM_TOKEN_FILE: .*nowhere can't be read"):
        load({"TELEGRAM_TOKEN_FILE": str(tmp_path / "nowhere")})


def test_no_secret_is_shown() -> None:
    settings = load({name: TOKEN for name in secrets() if not name.endswith("URL")})
    shown = repr(settings) + str(settings) + str(list(in_force(settings)))
    assert TOKEN not in shown
    assert ("TELEGRAM_TOKEN", "(set)") in list(in_force(settings))
    with pytest.raises(SettingsError) as error:
        load({"TALLYWIRE_HEARTBEAT_URL": "hush/very-secret-key"})
    assert "very-secret-key" not in str(error.value)


def test_a_mistyped_name_in_the_environment_is_noticed() -> None:
    assert unknown({"TALLYWIRE_OPERATOR": "1", "TALLYWIRE_LOG": "json", "HOME": "/"}) == [
        'TALLYWIRE_OPERATOR is no setting – did you mean "TALLYWIRE_OPERATORS"?'
    ]


def test_the_command_line_takes_the_file(file: Path) -> None:
    file.write_text('TALLYWIRE_LOG = "json"\nTALLYWIRE_CONTACT = "desk@x.example"\n', encoding="utf-8")
    done = CliRunner().invoke(main, ["--config", str(file), "settings"])
    assert re.search(r"TALLYWIRE_CONTACT\s+desk@x\.example", done.stdout)
    file.write_text('TALLYWIRE_LOG = "xml"\n', encoding="utf-8")
    done = CliRunner().invoke(main, ["--config", str(file), "settings"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{file}:1: TALLYWIRE_LOG" in done.stderr


def test_the_documents_have_the_table_of_the_code() -> None:
    """To renew docs/settings.md: tallywire settings --table."""
    table = list(markdown())
    documented = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert "\n".join(table) in documented
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = [line for line in readme.splitlines() if re.match(r"\| `(TALLYWIRE|TELEGRAM)_", line)]
    assert shown
    assert set(shown) <= set(table)


def test_the_example_of_the_document_loads_but_for_the_token_that_is_not_there(file: Path) -> None:
    document = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", document, re.S)
    assert example
    file.write_text(example[1], encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        load({}, file)
    assert len(error.value.problems) == 1
    assert "/run/secrets/telegram-token" in error.value.problems[0]


def test_every_setting_that_the_code_names_is_in_the_table() -> None:
    known = {CONFIG, *names(), *map(from_file, secrets())}
    rooms = ("bot", "cli", "monitoring", "nights", "races", "scrapers", "settings", "storage", "tally")
    files = [*ROOT.glob("*.py"), *(path for room in rooms for path in (ROOT / room).rglob("*.py"))]
    for path in files:
        named = set(re.findall(r"\b(?:TALLYWIRE|TELEGRAM)_[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8")))
        assert named <= known, (path, named - known)
