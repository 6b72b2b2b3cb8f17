# Cadence. `make run` and `make test` do all of their own set-up: a virtual environment in .venv, filled from a
# lock file in which every package has its hashes. `make help` lists the rest.

PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test test-postgres check lint fix doctor bench bench-matching plan-tables lock clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/run.stamp ## Start Cadence: in a local workspace, or in Slack with two tokens in .env (ARGS=--empty: no demo)
	@exec $(PY) -m bot run $(ARGS)

test: .venv/dev.stamp ## Run all tests (ARGS="tests/plans -x" for some of them)
	@exec $(PY) -m pytest -n 2 $(ARGS)

test-postgres: .venv/dev.stamp ## Run the bot's tests on PostgreSQL (CADENCE_TEST_DATABASE=postgresql+psycopg://user@host)
	@test -n "$$CADENCE_TEST_DATABASE" || { echo "CADENCE_TEST_DATABASE names no server, e.g. postgresql+psycopg://user@host"; exit 1; }
	@exec $(PY) -m pytest -n 2 tests/bot $(ARGS)

check: lint test ## Everything that must hold: format, lint, types, who imports whom, tests

lint: .venv/dev.stamp ## Everything but the tests
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) .venv/bin/lint-imports --no-logo

fix: .venv/dev.stamp ## Put in order what can be put in order automatically
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

doctor: .venv/run.stamp ## Say what is wrong with the set-up and what to do about it
	@$(PY) -m bot doctor

bench: .venv/dev.stamp ## Measure how fast it is on this machine
	@exec $(PY) -m tests.bench.measure

bench-matching: .venv/dev.stamp ## Measure how well mock interviews are matched, against simpler ways
	@exec $(PY) -m tests.bench.matching

plan-tables: .venv/run.stamp ## Write docs/plan-hours.md after a change of the plans
	@$(PY) -m bot plans hours --markdown > docs/plan-hours.md.new && mv docs/plan-hours.md.new docs/plan-hours.md

lock: .venv/made.stamp ## Write both lock files after a change of pyproject.toml (ARGS=--upgrade: newest versions)
	@command -v uv >/dev/null || $(PIP) uv
	@PATH="$$PWD/.venv/bin:$$PATH"; \
	lock="uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml --extra postgres $(ARGS)"; \
	$$lock -o requirements.lock >/dev/null && $$lock --extra dev -o requirements-dev.lock >/dev/null

clean: ## Remove the virtual environment and all caches; your data stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find bot plans tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps say what has been installed; a newer lock file outdates them.

.venv/run.stamp: requirements.lock | .venv/made.stamp
	@echo "Installing what Cadence needs (once)..."
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

.venv/dev.stamp: requirements-dev.lock | .venv/made.stamp
	@echo "Installing what Cadence and its tests need (once)..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

.venv/made.stamp:
	@command -v $(PYTHON) >/dev/null || \
	{ echo "Cadence needs Python 3.11 or newer, and there is no $(PYTHON) here. On Debian: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Cadence needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name a newer one: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	{ echo "Python cannot make virtual environments here. On Debian: apt-get install python3-venv"; exit 1; }
	@rm -rf .venv && $(PYTHON) -m venv .venv && touch $@
