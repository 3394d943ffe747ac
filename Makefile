# Two commands for everybody: `make lab` and `make test`. The rest is for those who edit the course.
PYTHON  ?= python3
EDITION ?= en
VENV    := .venv
PY      := $(VENV)/bin/python
PIP     := $(PY) -m pip --disable-pip-version-check -q

.PHONY: lab test test-full build check bench lock clean
# The instructor's edition is made from the sources, which takes one tool more.
lab: $(if $(filter instructor-%,$(EDITION)),$(VENV)/.tools,$(VENV)/.lab)
	@$(VENV)/bin/custlib lab --edition $(EDITION)

test: $(VENV)/.tools
	$(PY) -m pytest

test-full: $(VENV)/.tools
	$(PY) -m pytest --full

build: $(VENV)/.tools
	$(VENV)/bin/custlib build

check: $(VENV)/.tools
	$(VENV)/bin/custlib build --check
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy custlib

bench: $(VENV)/.tools build/bench-venv/.done
	$(PY) -m benchmarks
	build/bench-venv/bin/python -m benchmarks.clv_peers

# The rivals live in an environment of their own: a participant's stays small.
build/bench-venv/.done: benchmarks/requirements.txt
	$(PYTHON) -m venv build/bench-venv
	build/bench-venv/bin/python -m pip --disable-pip-version-check -q install -r benchmarks/requirements.txt
	@touch $@

$(VENV)/.lab: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.tools: $(VENV)/.lab requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# Names, versions and hashes only: no address of any registry may stand in a lock.
lock:
	$(PY) -m uv pip compile pyproject.toml --extra report --group setup --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 -o requirements.lock
	$(PY) -m uv pip compile pyproject.toml --extra test -c requirements.lock --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 -o requirements-dev.lock

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
