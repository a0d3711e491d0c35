# make setup   .venv with everything
# make demo    the main job on real data
# make test    all set-up, all checks, all tests
# make check   lint, types, layers
# make bench   benchmarks
# make fuzz    readers on bytes nobody wrote (TARGET=…, SECONDS=…)
# make clean   removes what the above made

BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench fuzz clean

help:
	@sed -n 's/^# //p' Makefile

setup:
	@tools/setup.sh

demo: setup
	@$(BIN)/tidewaiter demo

test: check
	$(BIN)/python -m pytest -n auto --dist loadfile

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: setup
	@$(BIN)/python tools/bench.py

fuzz: setup
	@$(BIN)/python tools/fuzz.py $(TARGET) $(SECONDS)

clean:
	rm -rf .venv out build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
