# Two commands set everything up on a fresh machine with Python 3.11: make demo, make test.

PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help demo spark test lint check format bench sample pictures clean

help:  ## what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

.venv/made: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

.venv/spark: .venv/made
	$(BIN)/python -m pip install --quiet --editable '.[spark]'
	touch $@

spark: .venv/spark  ## let the tests compare Spark with DuckDB, too; needs Java

demo: .venv/made  ## see the program work on the invented sample
	$(BIN)/plnmap demo -o demo.html

# Each worker rewrites the tests' assertions, and each command of theirs compiles what it loads, unless it may
# be kept.
test: export PYTHONDONTWRITEBYTECODE =
test: .venv/made  ## all tests
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/made  ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: spark lint test  ## format, lint, types, layers, tests

format: .venv/made  ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/made  ## measure speed, memory and the accuracy of the rules
	$(BIN)/python -m benchmarks

sample: .venv/made  ## make the invented sample anew
	$(BIN)/python data/make_sample.py

pictures: .venv/made  ## take the pictures in docs/ anew; needs Chromium
	$(BIN)/python data/make_pictures.py

clean:  ## remove what can be made again
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
