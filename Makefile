.DEFAULT_GOAL := help
.PHONY: help setup demo test bench requirements vendor bare-root

BIN := .venv/bin

help:  ## Show these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 16

setup:  ## Install what is missing: system packages, then Python packages into .venv
	@.ci/setup

demo: setup  ## Show what the product does so far
	@.ci/demo

test: setup  ## Lint, types, import rules, weaknesses, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit -q -r forms scanning kiosk server -c pyproject.toml
	$(BIN)/pytest -n 2 --dist loadfile

bench: setup  ## Print the measured figures as tables
	$(BIN)/python -m tests.bench

requirements: setup  ## Pin the Python packages anew, with hashes, from pyproject.toml
	@.ci/pin

vendor: setup  ## Renew the files copied in from elsewhere (needs npm)
	@.ci/vendor

bare-root: setup  ## Try `make demo` and `make test` in a bare Debian root (needs root and debootstrap)
	@.ci/bare-root
