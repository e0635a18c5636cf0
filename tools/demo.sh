#!/usr/bin/env bash
# Builds the graph of the sample corpus and asks it three questions.
set -euo pipefail
cd "$(dirname "$0")/.."
export ISNAD_STORE="$STORE"

run() {
  printf '\n$ isnad'
  printf ' %q' "$@"
  printf '\n'
  "$ISNAD" "$@"
}

run build data/corpus
run ask held-at person="Ragheed al-Tatari"
run ask captured-cities
run ask figures unit=person

cat <<EOT

The graph lies in $STORE. Next, for instance:
  $ISNAD ask                                          the other saved questions
  $ISNAD show Seidnaya                                one entity, with the words that speak of it
  $ISNAD serve                                        the pages, in your browser
  $ISNAD export --format html -o demo.html            a page to pan, zoom and click
  $ISNAD build FOLDER                                 your own reports (pdf, docx, html, mail, archives, …)
EOT
