# Everything runs in .venv, which the targets make for themselves.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint types format golden bench install-check check clean

demo: .venv/.demo ## install and compare the 1961 and 2024 treaties
	@$(BIN)/treatydiff compare 1961 2024

test: .venv/.dev ## the whole test suite
	$(BIN)/python -m pytest -q

lint: .venv/.dev ## style, import order, layout of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.dev ## mypy --strict on src
	$(BIN)/mypy

format: .venv/.dev ## rewrite the code in the project's layout
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: .venv/.dev ## rewrite tests/golden; read the diff before committing it
	TREATYDIFF_WRITE_GOLDEN=1 $(BIN)/python -m pytest -q tests/test_to_terminal.py

bench: .venv/.bench ## the budgets of docs/performance.md, as ratios
	$(BIN)/python benchmarks/run.py

install-check: .venv/.dev ## a wheel in a fresh environment, without development packages
	.ci/install-check $(BIN)/python

check: test lint types install-check

clean:
	rm -rf .venv dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "treatydiff needs Python 3.11 or later; try: make PYTHON=python3.12 demo" >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.demo: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/.dev: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

.venv/.bench: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@
