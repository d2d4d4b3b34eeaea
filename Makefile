# Every target sets up what it needs: a virtual environment in .venv, from wheels only.
# A machine needs python3.11 (or newer) and make.

PYTHON ?= python3
VENV := .venv
# Tests are spread over the cores, four at most.
SPREAD := -n auto --maxprocesses 4 --dist worksteal
BIN := $(VENV)/bin
PY := $(BIN)/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow ocr spark oracles check lint types layers generated bench bench-large docs wheel golden pins clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(VENV)/run-ready: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	@echo "Installing answerable into $(VENV) ..."
	$(PIP) -r requirements/run.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev-ready: requirements/dev.txt $(VENV)/run-ready
	@echo "Installing the developers' tools into $(VENV) ..."
	$(PIP) -r requirements/dev.txt
	touch $@

# PySpark is one large source package without a wheel: it is built, which takes a minute or two.
$(VENV)/spark-ready: requirements/spark.txt $(VENV)/dev-ready
	@echo "Installing PySpark into $(VENV) ..."
	$(PIP) --no-binary pyspark --no-build-isolation -r requirements/spark.txt
	touch $@

$(VENV)/ocr-ready: requirements/ocr.txt $(VENV)/dev-ready
	@echo "Installing what reads pictures into $(VENV) ..."
	$(PIP) -r requirements/ocr.txt
	touch $@

demo: $(VENV)/run-ready  ## screen the shipped example and say where the report is
	$(BIN)/answerable demo demo

test: $(VENV)/dev-ready  ## the tests, with the examples of the docs
	$(PY) -m pytest -m "not slow" $(SPREAD)

test-slow: $(VENV)/dev-ready  ## the tests at full scale
	$(PY) -m pytest -m slow

ocr: $(VENV)/ocr-ready  ## what reads scanned pages into the virtual environment, so that its tests run

spark: $(VENV)/spark-ready  ## PySpark into the virtual environment, so that its tests run (needs Java)

oracles: $(VENV)/dev-ready  ## programs of others that judge our archives and exports, so that their tests run
	$(PY) -m tools.oracles

check: lint types layers generated  ## lint, types, layers, generated files; no tests

lint: $(VENV)/dev-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@! git grep -nE 'https?://|index-url|find-links' -- requirements/ || (echo "requirements/ must name no address"; exit 1)

types: $(VENV)/dev-ready
	$(BIN)/mypy

layers: $(VENV)/dev-ready
	$(BIN)/lint-imports --no-cache

generated: $(VENV)/dev-ready
	$(PY) -m tools.generate --check

bench: $(VENV)/dev-ready  ## how fast and how good, beside others; writes docs/measurements.md, docs/quality.md
	$(PY) -m tools.bench --write
	$(PY) -m tools.bench.evidence --write

bench-large: $(VENV)/dev-ready  ## the same, and 3,000,000 listed names
	$(PY) -m tools.bench --write --large

docs: $(VENV)/dev-ready  ## the documentation, as HTML in docs/_build/html
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

wheel: $(VENV)/dev-ready  ## a wheel in dist/
	rm -rf dist
	$(BIN)/hatchling build -t wheel
	@ls dist/*.whl

golden: $(VENV)/dev-ready  ## rewrite the golden files of the tests; review the difference
	$(PY) -m pytest -q -m "not slow" --golden
	$(PY) -m tools.generate

pins: $(VENV)/dev-ready  ## resolve requirements/*.txt anew
	$(PY) -m tools.pins
	$(PY) -m tools.oracles --pins

clean:  ## remove what make made
	rm -rf $(VENV) build dist demo docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis
