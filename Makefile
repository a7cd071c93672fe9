# `make demo` and `make test` set up what they need by themselves: Python 3.11 or newer and make are enough.
# Arguments go through ARGS: make demo ARGS=--fresh, make test ARGS="tests/domain -x".

PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check format bench screenshots lock migration
.DEFAULT_GOAL := demo

demo: .venv/installed
	@$(BIN)/ugubot demo $(ARGS)

test: .venv/installed-for-development
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

check: .venv/installed-for-development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy bot tests benchmarks docs
	$(BIN)/lint-imports

format: .venv/installed-for-development
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/installed-for-development
	$(BIN)/python -m benchmarks $(ARGS)

# The pictures of the guides, made by the bot itself in a headless Chromium.
screenshots: .venv/installed-for-development
	$(BIN)/python -m docs.screenshots

# A new step for the database: make migration NAME="gifts remember who gave them"
migration: .venv/installed-for-development
	$(BIN)/python -m bot.storage.migrations "$(NAME)"
	$(BIN)/ruff check --fix --quiet bot/storage/migrations
	$(BIN)/ruff format --quiet bot/storage/migrations

# Newer versions of everything; needs uv. Versions hold for Python 3.11 and later, on every platform.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --upgrade --quiet \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links
lock:
	$(LOCK) --extra dev --output-file requirements-dev.lock
	$(LOCK) --extra build --constraint requirements-dev.lock --output-file requirements.lock

# What runs the bot; the development tools come on top of it, in the same versions.
.venv/installed: requirements.lock pyproject.toml | .venv/bin/pip
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-for-development: requirements-dev.lock .venv/installed
	$(BIN)/pip install --quiet --require-hashes --requirement requirements-dev.lock
	@touch $@

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed, $(PYTHON) is $$($(PYTHON) --version 2>&1 | head -n 1);" \
			"name another one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { \
		echo "$(PYTHON) cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; exit 1; }
