#!/usr/bin/env bash
# Learns the weights of the layers of names again: data/models/names-fast.tsv and names-accurate.tsv.
#   TRAIN   folder of the licence-clean sets (default ../shared/train)
# Needs python3 with venv; numpy and scipy go into an environment in the cache.
set -euo pipefail
cd "$(dirname "$0")/.."
train=${TRAIN:-../shared/train}
[ -d "$train" ] || { echo "weights: $train is no folder; set TRAIN to the one with the archives" >&2; exit 2; }
cache=${XDG_CACHE_HOME:-$HOME/.cache}/isnad
venv=$cache/weights-venv
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --requirement data/models/names/requirements.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The features of every set for a reading; further arguments go to marked.py.
features() {
  reading=$1
  shift
  for set in crossner gum btc templates; do
    python3 data/models/names/marked.py --train "$train" --set "$set" "$@" > "$work/$set.jsonl"
    "$FEATURES" "$reading" "$work/$set.jsonl" > "$work/$reading-$set.tsv"
  done
}

learn() {
  reading=$1
  shift
  "$venv/bin/python" data/models/names/learn.py "$@" "$work/$reading-crossner.tsv" "$work/$reading-gum.tsv:2" \
    "$work/$reading-btc.tsv:0.5" "$work/$reading-templates.tsv:0.3" > "$work/names-$reading.tsv"
  if cmp --silent "$work/names-$reading.tsv" "data/models/names-$reading.tsv"; then
    echo "weights: data/models/names-$reading.tsv is what the sets give"
  else
    cp "$work/names-$reading.tsv" "data/models/names-$reading.tsv"
    echo "weights: data/models/names-$reading.tsv has changed; build again, measure, and commit it if it is better"
  fi
}

features fast
learn fast
# The encoder knows by heart what it was trained on: only what was held out of that tells how far to trust it.
features accurate --held-out
learn accurate --prior "$work/names-fast.tsv"
