# Two commands for everybody: `make demo` and `make test`. The rest is for those who change the code.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_HOME := data/demo
SERVE ?= 1
PORT ?= 8501
SIZE ?= 10k 100k
TEST_PROCESSES ?= 2
EVAL ?=
LAB ?=

.PHONY: demo test golden bench eval topics lab lint types format dictionary tour debian-packages

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

demo: $(VENV)/installed
	$(BIN)/zhongsu --home $(DEMO_HOME) import posts flows/sample/posts.jsonl flows/sample/updates.jsonl --backfill
	$(BIN)/zhongsu --home $(DEMO_HOME) run
	$(BIN)/zhongsu --home $(DEMO_HOME) candidates --limit 10
ifneq ($(SERVE),0)
	$(BIN)/zhongsu --home $(DEMO_HOME) serve --port $(PORT)
endif

test: $(VENV)/installed debian-packages
	$(BIN)/pytest --numprocesses $(TEST_PROCESSES) --dist loadscope

golden: $(VENV)/installed
	$(BIN)/python -m tests.golden

bench: $(VENV)/installed
	$(BIN)/python -m benchmarks $(SIZE)

eval: $(VENV)/installed
	$(BIN)/python -m tests.eval $(EVAL)

# How well events are found on a board without respondents; ten minutes. BERTopic is compared if installed.
topics: $(VENV)/installed
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.eval.topics

# How much each method of surveillance finds; about half an hour on two cores.
lab: $(VENV)/installed
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.lab $(LAB)

lint: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/zhongsu taxonomy check
	$(BIN)/zhongsu dictionary --check docs/data-dictionary.md

types: $(VENV)/installed
	$(BIN)/mypy

format: $(VENV)/installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

dictionary: $(VENV)/installed
	$(BIN)/zhongsu dictionary > docs/data-dictionary.md

# The pictures of docs/tour.md; needs Chromium and an office program.
tour: $(VENV)/installed debian-packages
	$(BIN)/python -m tests.browser.tour

# The browser tests need Chromium and a Chinese font, the tests of dossiers an office program; without
# the right to install them they skip.
debian-packages:
	@sh tests/install_debian_packages.sh
