# make demo | test | lint | bench, and nothing else to remember.
.DEFAULT_GOAL := help
.PHONY: help setup demo test lint bench bench-accuracy lock stop clean foundation

PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
# Processes that run the tests side by side.
WORKERS ?= $(shell nproc 2>/dev/null || echo 2)
ARGS ?=

help:
	@echo "make demo    a simulated city in the browser; RESET=1 begins again"
	@echo "make test    the whole suite; ARGS='-k plates' narrows it"
	@echo "make lint    style, types, templates, layers, migrations"
	@echo "make bench   every figure beside its rival, the whole city; SIZE=small in two minutes; ONLY=lists,match"
	@echo "make bench-accuracy  how good matching is; ERRORS=file.json for a city with other errors"
	@echo "make setup   environment, private services, migrations, units: what the others begin with"
	@echo "make stop    stop what runs in the background"
	@echo "make lock    compile requirements*.in into requirements*.txt"
	@echo "make clean   stop, then delete everything that was made, data included"

setup: .venv/installed .venv/tools-installed foundation

demo: .venv/installed foundation
	@$(MANAGE) demo $(if $(RESET),--reset)

test: setup
	$(PYTHON) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

lint: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	$(PYTHON) -m mypy vehreg registry cases
	.venv/bin/djlint templates --lint --check --quiet
	.venv/bin/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) lintmigrations

bench: setup
	@SIZE=$(SIZE) ONLY=$(ONLY) RESET=$(RESET) KEEP=$(KEEP) $(PYTHON) -m tests.benchmarks

bench-accuracy: .venv/tools-installed
	ERRORS=$(ERRORS) $(PYTHON) -m pytest tests/benchmarks/accuracy -o addopts="--import-mode=importlib" -s $(ARGS)

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links requirements-dev.in -o requirements-dev.txt

stop:
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m vehreg.localservices stop; fi

clean:
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m vehreg.localservices remove; fi
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results
	find locale -name '*.mo' -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What is in the environment is as new as the lists it was installed from.
.venv/installed: requirements.txt
	@scripts/environment requirements.txt
	@touch $@

.venv/tools-installed: .venv/installed requirements-dev.txt
	@scripts/environment requirements.txt requirements-dev.txt
	@touch $@

# Servers (the private ones unless DATABASE_URL and REDIS_URL are set), tables and units.
foundation: .venv/installed
	@echo "Preparing the database"
	@$(PYTHON) -m vehreg.messages
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_units
