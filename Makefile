# Every command of the project. `make run` is the only one needed to use it.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
INSTALL = $(PYTHON) -m server.launch.install

.PHONY: run test lint bench faults vendor shots clean python ready ready-to-test

run: ready
	@exec $(BIN)/python run.py

test: ready-to-test
	@$(BIN)/python -m tests

lint: ready-to-test
	@$(BIN)/ruff check .

bench: ready-to-test
	@$(BIN)/python -m tests.benchmarks

shots: ready-to-test
	@$(BIN)/python -m tests.browser.shots

faults: ready-to-test
	@$(BIN)/python -m tests.faults

vendor: python
	@$(INSTALL) vendor

ready: python
	@$(INSTALL) run

ready-to-test: python
	@$(INSTALL) test

clean:
	@rm -rf .venv client/vendor client/node_modules .pytest_cache .ruff_cache .hypothesis shots
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Clean. Your pictures and settings in data/ are untouched."

python:
	@test -n "$(PYTHON)" || { echo "Emulsion needs Python 3.11 or newer, and none was found. Install it, or name it: make run PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Emulsion needs Python 3.11 or newer; $(PYTHON) is older."; exit 1; }
