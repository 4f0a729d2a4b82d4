# Two commands do everything: `make run` and `make test`. Each sets up what it needs and is quick the next time.
SHELL := /bin/bash
PORT ?= 8000
INSTANCE ?= instance
PYTHON := .venv/bin/python
SYSTEM := python3-venv 'libreoffice-writer-nogui|libreoffice-writer' fonts-khmeros 'fonts-liberation2|fonts-liberation' bubblewrap poppler-utils
TEST_SYSTEM := 'chromium|chromium-browser' qpdf
WORKERS ?= $(shell nproc)

.PHONY: help run test check bench css clean setup setup-tests words format screenshots

help: ## Show what each command does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^[^:]*Makefile://; s/:.*## /\t/' | expand -t 14

run: setup ## Set everything up and serve the portal on http://127.0.0.1:$(PORT)
	@INSTANCE=$(INSTANCE) PORT=$(PORT) .ci/serve

test: setup-tests ## Set everything up and run every test
	$(PYTHON) -m pytest -n $(WORKERS) --dist loadgroup

check: setup ## Format, lint, types and import rules
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

format: setup ## Put the code into the one format
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

bench: setup-tests ## Measure, as ratios taken in one run
	$(PYTHON) -m tests.bench

screenshots: setup-tests ## Take the pictures of the README from the sample registry
	$(PYTHON) -m tests.screenshots

words: setup ## Collect the texts of pages into the translation files
	.venv/bin/pybabel -q extract -F babel.cfg -k _l -k lazy_gettext --no-location --sort-output -o translations/messages.pot .
	.venv/bin/pybabel -q update --no-fuzzy-matching -i translations/messages.pot -d translations

clean: ## Take away what set-up made (not the instance folder, which holds your data)
	rm -rf .venv .setup

setup: .setup/system .setup/python .setup/words

setup-tests: setup .setup/system-tests

.setup/system: Makefile .ci/packages
	@mkdir -p .setup
	@.ci/packages $(SYSTEM)
	@touch $@

.setup/system-tests: Makefile .ci/packages
	@.ci/packages $(TEST_SYSTEM)
	@touch $@

.setup/python: requirements.lock .setup/system
	@test -x $(PYTHON) || python3 -m venv .venv
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.setup/words: $(wildcard translations/*/LC_MESSAGES/messages.po static/*.css static/*.svg) .setup/python
	@.venv/bin/pybabel -q compile -d translations
	@$(PYTHON) -m whitenoise.compress -q static
	@touch $@

include static/src/css.mk
