"""The doctor, and check --online: what each finds, with real servers; and that looking changes nothing."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from click.testing import CliRunner, Result

from cli.doctor import Finding, Patient, State, examine, found
from settings import load
from storage import DATABASE, Backups, Store
from storage.lock import owner_of
from tallywire import main
from tests.e2e.test_service import _GOOD, _SOURCE, _table, a_race
from tests.emulator import Emulator

NIGHT = (_GOOD + _SOURCE).replace("2019-05-05", f"{datetime.now(UTC):%Y-%m-%d}")


@pytest.fixture
def patient(tmp_path: Path) -> Patient:
    races = a_race(tmp_path / "races", NIGHT.format(url="https://board.example/results"))
    return Patient(races, tmp_path / "data", load({}))


def looked(patient: Patient, name: str) -> list[Finding]:
    return [finding for check, finding in examine(patient, lambda m: m.__name__.endswith(f".{name}"))]


def has(findings: list[Finding], state: State, words: str) -> bool:
    return any(finding.state is state and words in finding.says for finding in findings)


def test_every_check_says_when_it_comes_and_whether_it_asks_anybody() -> None:
    assert len(found()) >= 8
    for module in found():
        assert isinstance(module.ORDER, int)
        assert isinstance(module.ONLINE, bool)
        assert module.__doc__


@pytest.mark.parametrize("module", [m for m in found() if not m.ONLINE], ids=lambda m: m.__name__)
def test_no_check_stumbles_over_a_place_where_nothing_is_right(tmp_path: Path, module: object) -> None:
    (tmp_path / "races").mkdir()
    (tmp_path / "races" / "bad.toml").write_text("id = \n[[", encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / DATABASE).write_bytes(b"\0" * 10_000)
    patient = Patient(tmp_path / "races", tmp_path / "data", load({"TALLYWIRE_BACKUP_EVERY": "1m"}))
    for finding in module.look(patient):  # type: ignore[attr-defined]
        assert finding.says


def test_every_remedy_is_given_where_something_is_ill(tmp_path: Path) -> None:
    patient = Patient(tmp_path / "nowhere", Path("/proc/tallywire"), load({}))
    findings = [finding for _, finding in examine(patient, lambda m: not m.ONLINE)]
    ill = [finding for finding in findings if finding.state is State.ILL]
    assert ill
    assert all(finding.remedy for finding in ill)


def test_settings_that_a_night_needs_are_asked_for(patient: Patient) -> None:
    patient.settings = load(
        {"TELEGRAM_TOKEN": "1:a", "TALLYWIRE_OPERATOR": "1", "TALLYWIRE_LISTEN": "0.0.0.0:1"}
    )
    findings = looked(patient, "setting")
    for words in (
        "TALLYWIRE_OPERATORS",
        "whom to ask",
        "lost sources",
        "whole machine",
        "0.0.0.0",
        "backups",
    ):
        assert has(findings, State.ODD, words), words


def test_a_damaged_database_is_found_with_the_copy_that_can_take_its_place(patient: Patient) -> None:
    patient.data.mkdir()
    with Store(patient.database):
        made = Backups(patient.data / "backups", 3).make(patient.database, patient.clock())
    content = patient.database.read_bytes()
    patient.database.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    (finding,) = looked(patient, "database")
    assert finding.state is State.ILL
    assert str(made) in finding.remedy


def test_what_waits_in_the_database_is_told(patient: Patient) -> None:
    patient.data.mkdir()
    with Store(patient.database) as store:
        store.pause(paused=True)
        assert owner_of(patient.database) is not None
        findings = looked(patient, "database")
    assert has(findings, State.WELL, "a service works on it")
    assert has(findings, State.ILL, "alerts are paused")
    assert owner_of(patient.database) is None


def test_looking_changes_nothing(patient: Patient) -> None:
    assert has(looked(patient, "database"), State.WELL, "there is no database yet")
    assert not patient.data.exists()
    patient.data.mkdir()
    with sqlite3.connect(patient.database) as empty:
        empty.execute("create table x (y)")
    empty.close()
    looked(patient, "database")
    looked(patient, "running")
    assert [path.name for path in patient.data.iterdir()] == [DATABASE]


def test_old_backups_are_noticed(patient: Patient) -> None:
    patient.data.mkdir()
    patient.settings = load({"TALLYWIRE_BACKUP_EVERY": "15m"})
    with Store(patient.database):
        assert has(looked(patient, "database"), State.ODD, "there is no backup")
        old = patient.clock() - timedelta(hours=3)
        Backups(patient.data / "backups", 3).make(patient.database, old)
        assert has(looked(patient, "database"), State.ODD, "the last backup is 3.0 h old")


def test_a_service_that_runs_and_reads_nothing_is_ill(patient: Patient) -> None:
    patient.data.mkdir()
    assert looked(patient, "running") == []
    with Store(patient.database):
        assert has(looked(patient, "running"), State.ILL, "polled nothing well")


class Site:
    """A board, and the hour of its clock."""

    def __init__(self) -> None:
        self.url, self.off = "", timedelta()

    async def answer(self, request: web.Request) -> web.Response:
        if request.path == "/robots.txt":
            return web.Response(status=404)
        hour = format_datetime(datetime.now(UTC) + self.off, usegmt=True)
        return web.Response(text=_table(1_200, 1_100), content_type="text/html", headers={"Date": hour})


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made, app = Site(), web.Application()
    app.router.add_get("/{any:.*}", made.answer)
    async with TestServer(app) as server:
        made.url = str(server.make_url("/results"))
        yield made


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.setenv("TALLYWIRE_ALLOW_HOSTS", "127.0.0.1")
    yield monkeypatch


async def run(*arguments: str) -> Result:

    return await asyncio.to_thread(CliRunner().invoke, main, list(arguments))


async def test_check_online_asks_telegram_and_fetches_each_source_once(
    tmp_path: Path, site: Site, here: pytest.MonkeyPatch
) -> None:
    gone = _SOURCE.replace("board", "gone").replace("{url}", "http://127.0.0.1:9/x")
    races = a_race(tmp_path / "races", NIGHT.format(url=site.url) + gone)
    async with Emulator() as telegram:
        here.setenv("TELEGRAM_TOKEN", telegram.token)
        here.setenv("TELEGRAM_API_URL", telegram.url)
        done = await run("check", "--online", "--races", str(races), "--data", str(tmp_path))
        here.setenv("TELEGRAM_TOKEN", "1:wrong-token-of-some-length")
        wrong = await run("check", "--online", "--races", str(races), "--data", str(tmp_path))
    assert done.exit_code == 1
    assert "✓ the bot is @" in done.stdout
    assert "✓ harbour/board: read: 1 readings" in done.stdout
    assert "✗ harbour/gone: it can't be had (" in done.stdout
    assert "→ tallywire read http://127.0.0.1:9/x --race harbour --source gone" in done.stdout
    assert "✓ the clock is right" in done.stdout
    assert "GB are free" in done.stdout
    assert "✗ Telegram does not know the token" in wrong.stdout
    assert "wrong-token" not in wrong.output


@pytest.mark.parametrize(("off", "state", "words"), [(-30, "odd", "30 s fast"), (400, "ill", "400 s slow")])
async def test_a_clock_that_is_wrong_is_noticed_by_the_servers_hours(
    tmp_path: Path, site: Site, here: pytest.MonkeyPatch, off: int, state: str, words: str
) -> None:
    site.off = timedelta(seconds=off)
    races = a_race(tmp_path / "races", NIGHT.format(url=site.url))
    done = await run("doctor", "--json", "--races", str(races), "--data", str(tmp_path / "data"))
    (told,) = [found for found in json.loads(done.stdout) if found["check"] == "hour"]
    assert told["state"] == state
    assert words.split()[1] == "s"
    assert abs(int(told["says"].split()[3]) - abs(off)) <= 2
    assert told["says"].endswith(words.split()[2])
