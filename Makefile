# make demo          a prison to try, in the browser; Ctrl-C stops it; RESET=1 starts afresh, PORT=n moves it
# make test          everything: every test, in two processes for each core and one more, and lint beside them;
#                    WORKERS=0 in one process
# make quick         for every minute: rules, use cases, rows and pages; forty seconds on two cores
# make prove         the long versions: some hundred kills, the model, and 100,000 afternoons of the sender; about half
#                    an hour
# make lint          style, types, imports, words
# make words         bring the catalogues in locales/ up to date with the code
# make pictures      bring the page's pictures up to date with bot/hubfile/pictures.py
# make bench         the measurements of docs/benchmarks.md
# make screenshots   the pictures in docs/
# make pins          resolve requirements/ anew (needs uv)
# make clean         remove the environment and what the tools left behind; a hub's data stays

# The distribution's own Python where it will do, or else the first one on PATH: what a version manager builds, as pyenv
# does unless it is told otherwise, is not built for speed, and everything takes a fifth longer in it, or more.
WILL_DO := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell /usr/bin/python3 -c '$(WILL_DO)' 2>/dev/null && echo /usr/bin/python3 || echo python3)
UV ?= uv
# More than there are cores: many tests wait for what takes its time, and then the cores are others'.
WORKERS ?= $(shell expr 2 \* $$(getconf _NPROCESSORS_ONLN) + 1)
# What is quick waits for little, and each process loads all that it tests before it begins.
QUICK_WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

RUN := .venv/.run
DEV := .venv/.dev
PIP := .venv/bin/python -m pip --disable-pip-version-check --quiet
CODE := $(wildcard bot handlers tests benchmarks)

# What goes through every page of everybody (tests/handlers/test_*.py), draws papers, sends letters or puts files back
# takes longer.
ROOMS := $(filter-out %/office/ %/papers/, $(dir $(wildcard tests/handlers/*/__init__.py)))
QUICK := tests/domain tests/usecases tests/store $(ROOMS) tests/journeys/slips/test_j01_happy_path.py \
    --ignore tests/handlers/slips/letters --ignore tests/handlers/chat/test_handed_over.py
# With what the long versions are made up: another day, another seed.
SEED ?= $(shell date +%Y%m%d)
# Whatever has a longer version: it reads PROVE.
LONG = $(shell grep -rl --include '*.py' 'import PROVE' tests)

# An environment that was moved with its folder, or whose Python is gone, is made anew.
STALE := $(shell .venv/bin/python -c '' 2>/dev/null && test "$$(cat .venv/.made 2>/dev/null)" = "$$(pwd -P)" || echo stale)

# Tests start the hub some hundred times: each would compile all of it where nobody may keep what was compiled.
export PYTHONDONTWRITEBYTECODE :=

.DELETE_ON_ERROR:
.PHONY: demo test quick prove lint words pictures bench screenshots pins clean stale

demo: $(RUN)
	@exec .venv/bin/samtalelapp demo $(if $(RESET),--reset) $(if $(PORT),--port $(PORT))

# What lint says stands below what the tests say; either of them may fail the run.
test: $(DEV)
	@said=$$(mktemp); $(MAKE) --no-print-directory lint >"$$said" 2>&1 & beside=$$!; \
	trap 'rm -f "$$said"' EXIT; trap 'kill $$beside 2>/dev/null; exit 130' INT TERM; \
	.venv/bin/python -m pytest --numprocesses $(WORKERS) --dist worksteal $(ARGS); tests=$$?; \
	wait $$beside; lint=$$?; cat "$$said"; exit $$((tests ? tests : lint))

quick: $(DEV)
	@.venv/bin/python -m pytest --numprocesses $(QUICK_WORKERS) --dist worksteal -m "not long" $(QUICK) $(ARGS)

prove: $(DEV)
	@SAMTALELAPP_PROVE=1 .venv/bin/python -m pytest --timeout 1800 --hypothesis-seed $(SEED) \
	  --numprocesses $(WORKERS) --dist worksteal $(LONG) $(ARGS)

lint: $(DEV)
	.venv/bin/ruff check $(CODE)
	.venv/bin/ruff format --check $(CODE)
	.venv/bin/mypy $(CODE)
	.venv/bin/lint-imports --no-logo
	.venv/bin/python -m tests.catalogues

words: $(DEV)
	.venv/bin/python -m tests.catalogues --update

pictures: $(DEV)
	.venv/bin/python -m tests.hubfile.pictures

bench: $(DEV)
	@.venv/bin/python -m benchmarks $(ARGS)

screenshots: $(DEV)
	.venv/bin/python -m tests.browser.screenshots

pins: COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --annotation-style line $(ARGS)
pins:
	$(COMPILE) requirements/build.in --output-file requirements/build.txt
	$(COMPILE) pyproject.toml --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --extra dev --constraints requirements/run.txt --output-file requirements/dev.txt

clean:
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

# ── the environment ───────────────────────────────────────────────────────────────────────────────────────────────

.venv/.made: $(if $(STALE),stale)
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo 'Python is missing: there is no "$(PYTHON)" here. Install Python 3.11 or newer, or name yours:'; \
	  echo '  make PYTHON=/path/to/python3'; exit 1; } >&2
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python is too old: this needs 3.11 or newer, and \"$(PYTHON)\" is $$("$(PYTHON)" --version 2>&1)."; \
	  echo 'Name a newer one: make PYTHON=python3.12'; exit 1; } >&2
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "Python's venv module is missing: on Debian and Ubuntu, apt install python3-venv"; exit 1; } >&2
	@echo 'Making the environment in .venv …'
	@"$(PYTHON)" -m venv --clear .venv
	@pwd -P > $@

$(RUN): .venv/.made pyproject.toml requirements/build.txt requirements/run.txt
	@echo 'Installing what the hub needs (once, about a minute) …'
	@$(PIP) install --require-hashes -r requirements/build.txt -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUN) requirements/dev.txt
	@echo 'Installing what the tests need (once, about a minute) …'
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@
