# `make run` and `make test` need nothing but Python >= 3.11, make and git: they set themselves up in .venv.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
NIGHT  ?= istanbul2019
PYTEST_ARGS ?=
MINUTES ?= 30
KILLS ?= 200

.DEFAULT_GOAL := help
.PHONY: help setup run test check format lock bench backtest unseen crashes fanout followers soak chaos score audit sbom clean

help: ## what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.dev ## install everything into .venv

run: $(VENV)/.runtime ## a whole results night, end to end, against a local newsroom
	@$(BIN)/tallywire rehearse $(NIGHT)

test: check ## all tests, after the checks
	$(BIN)/python -m pytest -n 2 $(PYTEST_ARGS)

check: $(VENV)/.dev ## lint, types and import arrows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

format: $(VENV)/.dev ## put the code into its one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## what a poll and an alert cost, as ratios in one run (minutes)
	$(BIN)/python -m bench

backtest: $(VENV)/.dev ## replay real counts from ../shared/nights against the truth, where they are
	$(BIN)/python -m tests.longrun.backtest ../shared/nights

unseen: $(VENV)/.dev ## made counts of every kind, sound and with faults in them, against the plain truth
	$(BIN)/python -m tests.longrun.unseen

crashes: $(VENV)/.dev ## kill the sender a hundred times in a fan-out and count what readers got
	$(BIN)/python -m tests.longrun.crashes

fanout: $(VENV)/.dev ## an urgent alert to many readers, against the floor that Telegram's limits set
	$(BIN)/python -m tests.longrun.fanout

followers: $(VENV)/.dev ## a rehearsed night with 200 readers, each with settings of their own
	$(BIN)/python -m tests.longrun.followers

soak: $(VENV)/.dev ## half an hour of a bad night at 100 polls a second; shorter with MINUTES=5
	$(BIN)/python -m tests.longrun.soak --minutes $(MINUTES)

chaos: $(VENV)/.dev ## kill -9 at 200 moments of a night, and compare it with an undisturbed one; KILLS=20
	$(BIN)/python -m tests.longrun.chaos --kills $(KILLS)

score: $(VENV)/.dev ## how well prose is read, on the labelled texts that nothing was built on
	$(BIN)/tallywire score tests/prose/unseen/*.jsonl

lock: $(VENV)/.dev ## resolve the dependencies anew, with hashes
	for kind in setup runtime dev; do ./tools/lock $$kind || exit 1; done

audit: $(VENV)/.python ## ask for known vulnerabilities of everything the lock files name
	./tools/audit

sbom: $(VENV)/.python ## the software bill of materials, as CycloneDX
	./tools/sbom

clean: ## remove what setup and tests left
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage *.egg-info

# --- setting up -----------------------------------------------------------------------------------

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Tallywire needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.13 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-setup.lock
	@touch $@

# uv is quick, but does not read pip's own configuration: where a mirror is set up for pip only, pip it is.
define install
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r $(1) 2>/dev/null \
	  || $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
endef

$(VENV)/.runtime: $(VENV)/.python requirements.lock pyproject.toml
	$(call install,requirements.lock)

$(VENV)/.dev: $(VENV)/.python requirements-dev.lock pyproject.toml
	$(call install,requirements-dev.lock)
	@touch $(VENV)/.runtime
