.DEFAULT_GOAL := help
.PHONY: bundle help setup demo demo-check pictures test suite types rules bench requirements vendor bare-root

BIN := .venv/bin
# One more than there are cores: now and then a test waits for a browser, a child or a clock.
WORKERS := $(shell expr $$(nproc) + 1)

help:  ## Show these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 16

setup:  ## Install what is missing: system packages, then Python packages into .venv
	@.ci/setup

demo: setup  ## A made-up landlord's year to look round in, until Ctrl-C
	@exec $(BIN)/python -m tests.demo

demo-check: setup  ## Make the demo, compare what was read with what was filled in, and end
	@$(BIN)/python -m tests.demo --check

test: setup  ## Lint, types, import rules, weaknesses, tests
	@# Compiled once, and not by each worker; then all at once, for types are looked through by one process.
	@$(BIN)/python -m compileall -q -j 0 -x /test_ forms scanning kiosk server tests
	@$(MAKE) --no-print-directory -j 3 types rules suite

suite:
	@# Where bytecode may not be kept, each worker and each child of a test compiles everything anew.
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

types:
	$(BIN)/mypy

rules:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/bandit -q -r forms scanning kiosk server -c pyproject.toml

pictures: setup  ## Take the guides' pictures anew, off the site that `make demo` made
	@$(BIN)/python -m tests.demo.pictures

bench: setup  ## Print the measured figures as tables
	$(BIN)/python -m tests.bench

requirements: setup  ## Pin the Python packages anew, with hashes, from pyproject.toml
	@.ci/pin

vendor: setup  ## Renew the files copied in from elsewhere (needs npm)
	@.ci/vendor

bare-root: setup  ## Try `make demo-check` and `make test` in a bare Debian root (needs root and debootstrap)
	@.ci/bare-root

bundle: setup  ## Pack all that a machine without internet needs into dist/, and try it (needs root and debootstrap)
	@.ci/bundle
	@.ci/try-bundle
