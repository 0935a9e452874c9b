# Everything a person does with the portal from a shell. Needs python3, python3-venv and make; the rest goes into .venv.

PORT ?= 8000
PYTHON := .venv/bin/python
# Locks are made from the public package index alone, whatever a machine's own pip settings add to it.
PIP_COMPILE := PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= PIP_EXTRA_INDEX_URL= ../$(PYTHON) -m piptools compile --quiet \
	--upgrade --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-options

# The tests of a file share its records, so a file stays on one core; files keep the order of tests/conftest.py.
ON_ALL_CORES := --numprocesses auto --dist loadfile --no-loadscope-reorder

# What Python has compiled is kept, also where the environment says otherwise: each process would compile it anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test test-all test-postgres faults oldest-browser lint bench attack lock sample

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' Makefile

setup: .venv/run.stamp ## Install what the portal needs, prepare the database; one that is new gets the sample
	@$(PYTHON) manage.py setup --sample

run: .venv/run.stamp ## Prepare and serve; an empty database asks on a page how to begin. Another port: make run PORT=8080
	@$(PYTHON) manage.py setup
	@$(PYTHON) manage.py serve --port $(PORT)

test: .venv/dev.stamp ## Run all tests on SQLite, in a browser too where Chromium is installed
	env -u DATABASE_URL $(PYTHON) -m pytest $(ON_ALL_CORES)

test-all: .venv/dev.stamp ## Run them with many random examples, new ones each time; .ci/run does so where NIGHTLY=1
	env -u DATABASE_URL $(PYTHON) -m pytest $(ON_ALL_CORES) --hypothesis-profile=long

test-postgres: .venv/dev.stamp ## Run the tests that touch a database on the PostgreSQL server that DATABASE_URL names
	@case "$$DATABASE_URL" in postgres://*|postgresql://*) ;; *) \
	echo 'Set DATABASE_URL first, for instance DATABASE_URL=postgres://user:password@127.0.0.1:5432/binhlu' >&2; exit 1;; esac
	@echo 'Left out: tests in a browser and tests that touch no database. PostgreSQL changes nothing for them; see make test.'
	$(PYTHON) -m pytest $(ON_ALL_CORES) -m "database and not browser"

faults: .venv/dev.stamp ## Kill, race, restore and upgrade many times, on SQLite or on the server that DATABASE_URL names
	$(PYTHON) -m pytest tests/faults tests/binhlu_portal/spreadsheets/jobs/test_killed_worker.py --hypothesis-profile=long

oldest-browser: .venv/dev.stamp .venv/oldest.stamp ## Open pages in Chromium 69, the oldest browser for which they are written
	env -u DATABASE_URL $(PYTHON) -m pytest tests/journeys/test_oldest_browser.py

lint: .venv/dev.stamp ## Check style, missing migrations, the oldest browser, and the settings of a server on a network
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	env -u DATABASE_URL $(PYTHON) -m pytest --quiet tests/test_oldest_browser.py
	env -u DATABASE_URL $(PYTHON) manage.py makemigrations --check --dry-run
	env -u DATABASE_URL $(PYTHON) manage.py check --fail-level WARNING
	env -u DATABASE_URL PORTAL_HOSTS=portal.example $(PYTHON) manage.py check --deploy --tag security --fail-level WARNING

bench: .venv/dev.stamp ## Measure speed on SQLite, and on the PostgreSQL server that DATABASE_URL names
	$(PYTHON) -m bench

attack: .venv/dev.stamp ## Attack a portal that this starts by itself: four minutes, prints what was tried and found
	$(PYTHON) -m attack

lock: .venv/dev.stamp ## Raise the pinned packages to the newest ones allowed by requirements/*.in
	cd requirements && $(PIP_COMPILE) --output-file run.txt run.in
	cd requirements && $(PIP_COMPILE) --output-file dev.txt dev.in
	cd requirements && $(PIP_COMPILE) --output-file oldest.txt oldest.in

sample: .venv/run.stamp ## Make the sample records in fixtures/ anew
	@scratch=$$(mktemp -d) && export DATABASE_URL="sqlite:///$$scratch/sample.sqlite3" && \
	$(PYTHON) manage.py migrate --verbosity 0 && $(PYTHON) manage.py sample; \
	status=$$?; rm -rf "$$scratch"; exit $$status

# A stamp is as old as the last installation from its lock, so nothing is installed until the lock changes.
.venv/%.stamp: requirements/%.txt
	python3 -m venv .venv
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
