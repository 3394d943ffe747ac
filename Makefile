# Two commands for everybody: `make lab` and `make test`. The rest is for those who edit the course.
PYTHON  ?= python3
EDITION ?= en
VENV    := .venv
PY      := $(VENV)/bin/python
PIP     := $(PY) -m pip --disable-pip-version-check -q

.PHONY: lab test test-full build check bench lock clean
lab: $(VENV)/.lab
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

bench: $(VENV)/.tools
	$(PY) -m benchmarks

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
