#!/usr/bin/env bash
# Learns the weights of the layers of names again: data/models/names.tsv.
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
for set in crossner gum btc templates; do
  python3 data/models/names/marked.py --train "$train" --set "$set" > "$work/$set.jsonl"
  "$FEATURES" "$work/$set.jsonl" > "$work/$set.tsv"
done
"$venv/bin/python" data/models/names/learn.py \
  "$work/crossner.tsv" "$work/gum.tsv:2" "$work/btc.tsv:0.5" "$work/templates.tsv:0.3" > "$work/names.tsv"
if cmp --silent "$work/names.tsv" data/models/names.tsv; then
  echo "weights: data/models/names.tsv is what the sets give"
else
  cp "$work/names.tsv" data/models/names.tsv
  echo "weights: data/models/names.tsv has changed; build again, measure, and commit it if it is better"
fi
