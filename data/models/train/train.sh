#!/bin/sh
# Trains the names model: TRAIN_DATA and BENCH_DATA are folders, CACHE is where everything made lies.
# A run that was stopped goes on where its last checkpoint was written.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=$(cd "$TRAIN_DATA" && pwd)
bench=$(cd "$BENCH_DATA" && pwd)
home="$CACHE/encoder"
mkdir -p "$home"
if [ ! -x "$home/venv/bin/python" ]; then
    python3 -m venv "$home/venv"
    "$home/venv/bin/pip" install --quiet -r "$here/requirements.txt"
fi
export XDG_CACHE_HOME="${CACHE%/isnad}" PYTHONPATH="$here" PYTHONHASHSEED=0
# Beside other programs, threads that wait by spinning cost three quarters of the speed.
export OMP_WAIT_POLICY=PASSIVE
cd "$here"
python="nice -n 19 $home/venv/bin/python"

$python train.py final --data "$data" --bench "$bench" --seed 1 --fall 1.36e6:1 2.09e6:0.642 2.7e6:0 --every 1.3e6
# The mean of the checkpoints before the rate falls and at the end.
kept="$home/runs/final/at1.3M.pt,$home/runs/final/best.pt"
$python evaluate.py "$kept" "$bench"
$python export.py "$kept" "$home/export"
