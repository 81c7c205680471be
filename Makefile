# The two commands: `make` (set up, check, build) and `make test` (everything that CI runs).
# Only Python 3.11+ with venv, and make, are needed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Builds in pip's isolated environments obey the same pins.
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export NO_MKDOCS_2_WARNING := 1

.PHONY: all setup check build serve test lint types imports unit package docs demo lock clean

all: build

$(VENV)/.pauta: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pauta needs Python 3.11 or newer.")'
	@echo "Setting up $(VENV)…"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.pauta-dev: $(VENV)/.pauta
	@echo "Setting up the tools of the tests…"
	@$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

setup: $(VENV)/.pauta

check: setup
	@$(BIN)/pauta check

build: check
	@$(BIN)/pauta editor
	@$(BIN)/pauta build
	@echo "Open build/site/index.html in a browser, or run: make serve"

serve: setup
	@$(BIN)/pauta serve

test: lint types imports unit

lint: $(VENV)/.pauta-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.pauta-dev
	$(BIN)/mypy

imports: $(VENV)/.pauta-dev
	$(BIN)/lint-imports

# On all processors, the tests of a file together. The package test, which builds the wheel, is one of them.
unit: $(VENV)/.pauta-dev
	$(BIN)/pytest --numprocesses auto --dist loadfile

# Where each concept of a service manual lives: docs/conceptos.yml -> docs/cobertura.md.
docs: $(VENV)/.pauta
	@$(BIN)/python tests/concepts.py

# Three released versions of the reference manual in one folder that opens with a double click.
demo: $(VENV)/.pauta
	@$(BIN)/python tests/historia.py build/demo
	@echo "Open build/demo/index.html in a browser."

# Pin again after a change of the dependencies in pyproject.toml.
lock:
	$(PYTHON) -m venv --clear build/lock
	PIP_CONSTRAINT= build/lock/bin/python -m pip install --quiet '.[dev]'
	build/lock/bin/python -m pip freeze --exclude pauta > constraints.txt

clean:
	rm -rf build dist $(VENV)
