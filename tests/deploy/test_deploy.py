"""What is shipped beside the code says what is so: image, compose, unit, dashboard, guide, threat model."""

import ast
import configparser
import json
import re
import tomllib
from pathlib import Path

import pytest

from monitoring.monitor import Monitor
from storage import Store

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def text(*path: str) -> str:
    return ROOT.joinpath(*path).read_text(encoding="utf-8")


@pytest.fixture
def metrics(tmp_path: Path) -> set[str]:
    """Every metric that there is, by the name under which it is scraped."""
    with Store(tmp_path / "night.db") as store:
        monitor = Monitor(store, list, clock=store.clock)
        names = set()
        for family in monitor.metrics.registry.collect():
            total = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"], "info": ["_info"]}
            names |= {family.name, *(family.name + end for end in total.get(family.type, []))}
    return {name for name in names if name.startswith("tallywire")}


@pytest.mark.parametrize("file", ["grafana.json", "tallywire-alerts.yml"])
def test_what_is_asked_of_prometheus_is_there(metrics: set[str], file: str) -> None:
    asked = set(re.findall(r"\btallywire_[a-z_]+", (DEPLOY / file).read_text(encoding="utf-8")))
    assert asked
    assert asked <= metrics


def test_the_guide_describes_every_metric_and_no_other(metrics: set[str]) -> None:
    guide = text("docs", "operations.md")
    table = guide[guide.index("| metric |") :]
    told = set(re.findall(r"`(tallywire_[a-z_]+)`", table))
    plain = {re.sub(r"_(total|info)$", "", name) for name in told}
    assert told <= metrics
    assert {name for name in metrics if not re.search(r"_(total|bucket|sum|count|info)$", name)} - {
        "tallywire"
    } <= plain | told


def test_the_dashboard_is_one_that_grafana_takes() -> None:
    dashboard = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))
    panels = dashboard["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    for panel in panels:
        assert panel["title"]
        assert [target["expr"] for target in panel["targets"]]
        assert panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24


def test_the_image_is_nobody_and_compose_takes_everything_away() -> None:
    dockerfile, compose = text("Dockerfile"), text("compose.yaml")
    assert re.findall(r"^USER (.*)$", dockerfile, re.M) == ["10001:10001"]
    assert "chmod a-s" in dockerfile
    for line in (
        "read_only: true",
        "cap_drop: [ALL]",
        "no-new-privileges:true",
        'user: "10001:10001"',
        "mem_limit:",
        "pids_limit:",
        "stop_grace_period:",
    ):
        assert line in compose
    assert "privileged: true" not in compose
    assert "ports:" not in compose
    assert "HEALTHCHECK" in dockerfile


def test_everything_of_the_package_is_in_the_image() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    shipped = project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    dockerfile, wanted = text("Dockerfile"), text(".dockerignore").split()
    for name in shipped:
        assert re.search(rf"^COPY (.* )?{re.escape(name)} ", dockerfile, re.M), name
        assert f"!{name}" in wanted


def test_everything_is_installed_by_hash() -> None:
    assert "--require-hashes" in text("Dockerfile")
    assert text("Makefile").count("pip install") == text("Makefile").count("--require-hashes") + text(
        "Makefile"
    ).count("--no-deps")
    for lock in ("requirements.lock", "requirements-dev.lock", "requirements-setup.lock"):
        pins = re.findall(r"^[A-Za-z0-9_.\-\[\]]+==.*\\$", text(lock), re.M)
        assert pins
        assert len(pins) == len(re.findall(r"^[A-Za-z0-9]", text(lock), re.M)), lock


def test_the_unit_takes_away_what_the_service_does_not_need() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(text("deploy", "tallywire.service"))
    service = unit["Service"]
    for key, value in {
        "User": "tallywire",
        "NoNewPrivileges": "yes",
        "CapabilityBoundingSet": "",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "PrivateDevices": "yes",
        "RestrictNamespaces": "yes",
        "MemoryDenyWriteExecute": "yes",
        "SystemCallArchitectures": "native",
        "KillSignal": "SIGTERM",
        "Restart": "always",
    }.items():
        assert service[key] == value


def test_every_setting_that_is_shipped_is_one() -> None:
    from settings.table import CONFIG, from_file, names, secrets

    known = {CONFIG, *names(), *map(from_file, secrets())}
    for path in ("compose.yaml", "Dockerfile", "deploy/tallywire.service", "docs/operations.md", "README.md"):
        named = set(re.findall(r"\b(?:TALLYWIRE|TELEGRAM)_[A-Z_]*[A-Z]\b", text(path)))
        assert named <= known, path


def test_every_test_that_the_threat_model_names_is_there() -> None:
    """And every line of its tables names one, but for who may do what."""
    model = text("SECURITY.md")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", model)
    assert len(named) > 30
    for file, test in named:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        functions = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert test in functions, f"{file}::{test}"
    for line in model[model.index("## A hostile source") :].splitlines():
        if line.startswith("| ") and not line.endswith("| test |"):
            assert "::test_" in line, line


def test_every_command_that_the_guide_names_is_there() -> None:
    from tallywire import main

    documents = text("docs", "operations.md") + text("README.md") + text("SECURITY.md")
    named = set(re.findall(r"(?:^|[`'\n|] ?)tallywire ([a-z]+)", documents))
    assert {"run", "doctor", "check", "restore", "backup"} <= named
    assert named <= set(main.list_commands(None))  # type: ignore[arg-type]
