# The book's commands; `make` alone lists them. The work is done by tools/.
.PHONY: help read test test-slow execute links fresh slides sheets web pdf lint environment environment-editions environment-dev
.DEFAULT_GOAL := help

ifeq ($(OS),Windows_NT)
VENV_PYTHON := .venv/Scripts/python.exe
else
VENV_PYTHON := .venv/bin/python
endif

# The book's matrices are small: on several threads OpenBLAS spends its time waiting, on a busy machine most of it.
export OPENBLAS_NUM_THREADS ?= 1

# PYTHON=... names the interpreter that builds .venv. Without it the first that is new enough is taken; where
# none is, the first that exists goes on to the script, which says what is needed.
CANDIDATES := python3 python3.14 python3.13 python3.12 python3.11 python
ifeq ($(origin PYTHON),undefined)
FIND_PYTHON = for p in $(CANDIDATES); do \
	  if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$p; break; fi; \
	  if $$p -c '' >/dev/null 2>&1; then old=$${old:-$$p}; fi; \
	done; found=$${found:-$$old}; \
	if [ -z "$$found" ]; then echo "Python 3.11 or newer is needed; no Python was found." >&2; exit 1; fi
else
FIND_PYTHON = found='$(PYTHON)'; named=--named; \
	"$$found" -c '' >/dev/null 2>&1 || { echo "PYTHON: got $$found; expected a Python that runs." >&2; exit 1; }
endif
SETUP = $(FIND_PYTHON); "$$found" -m tools.setup_environment $$named

help:
	@echo "make read       open chapter 00 in JupyterLab        (make read JUPYTER_ARGS=--no-browser only serves)"
	@echo "make test       re-run every chapter, compare, and test every function"
	@echo "make test-slow  what make test leaves out: the long proofs, JAX and PyTorch, a real browser"
	@echo "make execute    run the chapters and store their outputs   (CHAPTER=01 runs one)"
	@echo "make links      make the references to equations, sections and exercises links again"
	@echo "make fresh      put the chapters back as printed, keep what you changed beside them"
	@echo "make slides     make the slides of the 90-minute lecture, in build/slides"
	@echo "make sheets     print the sheets to be filled in by pencil, as PDF"
	@echo "make web        make the pages for the web, in build/web/html"
	@echo "make pdf        print the book, in build/print/book.pdf   (PAPER=us-letter for another paper than A4)"
	@echo "make lint       ruff: style and format; and the syntax of what GitHub reads"

environment: .venv/installed
	@$(SETUP) --check

environment-editions: .venv/installed-editions
	@$(SETUP) --check

environment-dev: .venv/installed-dev
	@$(SETUP) --check

.venv/installed: requirements.txt pyproject.toml
	@$(SETUP)

.venv/installed-editions: requirements.txt pyproject.toml
	@$(SETUP) --editions

.venv/installed-dev: requirements.txt pyproject.toml
	@$(SETUP) --dev

# JUPYTER_ARGS goes through the environment, so that its quoting is read once, by the script.
read: export JUPYTER_ARGS := $(JUPYTER_ARGS)
read: environment
	@exec $(VENV_PYTHON) -m tools.read

# A worker a core, each file on one of them, in the order of tests/conftest.py; four of them are enough.
WORKERS := -n logical --maxprocesses=4 --dist loadfile --no-loadscope-reorder

# tests/stubs stands in the way of a slow import. The browser's tests, all slow, are not even collected.
test test-slow: export PYTHONPATH := $(CURDIR)/tests/stubs

test: environment
	@$(VENV_PYTHON) -m pytest $(WORKERS) --ignore=tests/browser --nbval tests chapters

# What `make test` does not run: what is slow, and what needs JAX or PyTorch, which are installed only here.
# Last and one after another what looks at the clock or drives JupyterLab in a browser.
test-slow: environment-dev
	@$(VENV_PYTHON) -m tools.setup_browser
	@$(VENV_PYTHON) -m pytest $(WORKERS) --durations=12 --ignore=tests/browser -m "(slow or oracle) and not alone"
	@$(VENV_PYTHON) -m pytest --durations=12 --ignore=tests/edition -m "browser or alone"

execute: environment
	@$(VENV_PYTHON) -m tools.execute $(CHAPTER)

links: environment
	@$(VENV_PYTHON) -m tools.links

fresh:
	@$(FIND_PYTHON); "$$found" -m tools.fresh

slides: environment
	@$(VENV_PYTHON) -m tools.make_slides

sheets: environment
	@$(VENV_PYTHON) -m tools.print_sheets

web: environment-editions
	@$(VENV_PYTHON) -m tools.edition.web

pdf: environment-editions
	@$(VENV_PYTHON) -m tools.edition.print $(if $(PAPER),--paper $(PAPER))

lint: environment-dev
	@$(VENV_PYTHON) -m ruff check
	@$(VENV_PYTHON) -m ruff format --check
	@$(VENV_PYTHON) -m check_jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(VENV_PYTHON) -m check_jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/*.yml
	@$(VENV_PYTHON) -m check_jsonschema --builtin-schema vendor.citation-file-format CITATION.cff
