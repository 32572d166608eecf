# Numo SSO. `make run` is the whole product on this machine, `make test` is every test.
# Both need Python 3.11 or later and fetch all else into .venv, at the versions in requirements/.

.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= $(shell for each in python3.13 python3.12 python3.14 python3.11 python3; do \
    $$each -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
    && echo $$each && break; done)
VENV := .venv
MINISTACK := .venv-ministack
CHECKOV := .venv-checkov
BIN := $(VENV)/bin
UV := $(BIN)/uv
# A user's machine compiles what it installs: every later start is twice as fast.
export UV_COMPILE_BYTECODE := 1

PORT ?= 8600
ENV ?= dev
ARCH ?= arm64
REGION ?= eu-west-1
FUZZ_SECONDS ?= 120

.PHONY: help
help: ## Say what there is to do
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: run
run: install ## Start the whole product here, and say where to click
	@$(BIN)/numo-sso local --port $(PORT)

.PHONY: install
install: $(VENV)/.run ## Set up .venv with the command numo-sso, without starting anything

.PHONY: test
test: check unit-and-integration ## Every check and every test

.PHONY: check
check: $(VENV)/.dev ## Formatting, lint and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

.PHONY: unit-and-integration
unit-and-integration: $(VENV)/.dev $(MINISTACK)/.ready $(CHECKOV)/.ready
	@$(BIN)/pytest -n 2 --dist loadfile --durations 10

.PHONY: prove
prove: $(VENV)/.prove $(MINISTACK)/.ready ## Mutate, fuzz and race the trust boundary (half an hour; FUZZ_SECONDS=120)
	@FUZZ_SECONDS=$(FUZZ_SECONDS) BIN=$(BIN) bash tests/prove/run

.PHONY: pictures
pictures: $(VENV)/.dev ## Photograph every page into docs/pictures, needs Chromium (ONLY="framed": only this one)
	@PYTHONPATH=tests:infra $(BIN)/python -m pictures docs/pictures $(ONLY)

.PHONY: bench
bench: $(VENV)/.dev $(MINISTACK)/.ready ## Measure it beside its peers (twenty minutes; RECORD=1 writes docs/performance.md)
	@PYTHONPATH=tests:infra $(BIN)/python -m bench $(if $(RECORD),--record)

.PHONY: bell
bell: $(VENV)/.dev ## Simulate the morning at 08:30 (some eight minutes; RECORD=1 writes docs/bell.md; ARRIVALS=file.csv)
	@PYTHONPATH=tests:infra $(BIN)/python -m bell $(if $(ARRIVALS),--arrivals $(ARRIVALS)) $(if $(RECORD),--record)

.PHONY: profile
profile: $(VENV)/.dev $(MINISTACK)/.ready ## Show where each microsecond of a start and a login goes (RECORD=1 writes docs/profile.md)
	@PYTHONPATH=tests:infra $(BIN)/python -m bench.profile $(if $(RECORD),--record)

.PHONY: build
build: $(VENV)/.run ## Build the functions' packages below build/ (ENV=dev; ARCH=arm64 or x86_64)
	@$(BIN)/python infra/build.py --arch $(ARCH) --python 3.13 --out build --for $(ENV)

.PHONY: validate
validate: $(VENV)/.dev $(CHECKOV)/.ready ## Examine the templates as AWS would
	@$(BIN)/pytest -q tests/deployment -k "lint or validate"

.PHONY: monitoring
monitoring: $(VENV)/.run ## Write infra/monitoring.yaml from the rows in infra/boards/
	@$(BIN)/python infra/make_monitoring.py

.PHONY: dashboards
dashboards: $(VENV)/.dev ## Draw both dashboards, of a day on the local stack, into docs/pictures/ (some minutes)
	@PYTHONPATH=tests:infra $(BIN)/python -m pictures.dashboards

.PHONY: deploy
deploy: build ## Build and deploy (ENV=dev, staging or production)
	@$(BIN)/python infra/parameters.py --for $(ENV) --out build/parameters.yaml
	@$(UV) tool run --from aws-sam-cli==$(SAM_VERSION) sam deploy --config-env $(ENV) \
	    --parameter-overrides file://build/parameters.yaml

.PHONY: deploy-edge
deploy-edge: $(VENV)/.run ## Put CloudFront in front (ENV=staging DOMAIN=… ORIGIN=… CERTIFICATE=… OPTIONS="…")
	@test -n "$(DOMAIN)" -a -n "$(ORIGIN)" -a -n "$(CERTIFICATE)" || { \
	    echo "DOMAIN, ORIGIN and CERTIFICATE are needed: see docs/deployment.md."; exit 1; }
	@$(UV) tool run --from aws-sam-cli==$(SAM_VERSION) sam deploy --template-file infra/edge.yaml \
	    --stack-name numo-sso-$(ENV)-edge --region us-east-1 --resolve-s3 --confirm-changeset \
	    --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND \
	    --tags project=numo-sso environment=$(ENV) --parameter-overrides DomainName=$(DOMAIN) \
	    OriginDomain=$(ORIGIN) CertificateArn=$(CERTIFICATE) $(OPTIONS)

.PHONY: rollback
rollback: $(VENV)/.run ## Put the versions before these back in traffic, in seconds (ENV=production)
	@$(BIN)/python infra/rollback.py --stack numo-sso-$(ENV) --region $(REGION)

SAM_VERSION := 1.170.0

.PHONY: lock
lock: $(VENV)/.uv ## Make the lock files again from pyproject.toml (UPGRADE=1: at the newest versions)
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash requirements/lock.sh

.PHONY: texts
texts: $(VENV)/.dev ## Find what support says, and compile the Dutch of it
	@$(BIN)/python infra/texts.py

.PHONY: clean
clean: ## Remove what was made here
	@rm -rf $(VENV) $(MINISTACK) $(CHECKOV) build .bench .local .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.uv: requirements/uv.txt
	@test -n "$(PYTHON)" || { echo "Numo SSO needs Python 3.11 or later, with venv."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	    -r requirements/uv.txt
	@touch $@

$(VENV)/.run: $(VENV)/.uv requirements/run.txt pyproject.toml
	@echo "Setting up (once, about half a minute) ..."
	@$(UV) pip install --quiet --python $(VENV) --require-hashes -r requirements/run.txt
	@$(UV) pip install --quiet --python $(VENV) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@$(UV) pip install --quiet --python $(VENV) --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.prove: $(VENV)/.dev requirements/prove.txt
	@$(UV) pip install --quiet --python $(VENV) --require-hashes --only-binary atheris \
	    -r requirements/prove.txt || { echo "make prove needs atheris, which comes for" \
	    "CPython 3.11 to 3.14 on Linux x86-64 only."; exit 1; }
	@touch $@

$(MINISTACK)/.ready: $(VENV)/.uv requirements/ministack.txt
	@$(UV) venv --quiet --clear --python $(BIN)/python $(MINISTACK)
	@$(UV) pip install --quiet --python $(MINISTACK) --require-hashes -r requirements/ministack.txt
	@touch $@

$(CHECKOV)/.ready: $(VENV)/.uv requirements/checkov.txt
	@$(UV) venv --quiet --clear --python $(BIN)/python $(CHECKOV)
	@$(UV) pip install --quiet --python $(CHECKOV) --require-hashes -r requirements/checkov.txt
	@touch $@
