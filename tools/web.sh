#!/usr/bin/env bash
# Builds the pages of `isnad serve` into web/built, which build.rs makes part of the program.
set -euo pipefail
cd "$(dirname "$0")/../web"

# The pages need no browser to be built, and the tests use the one of the system.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

# Only what the lock file names, and only where it has changed.
if ! cmp -s package-lock.json node_modules/.locked 2>/dev/null; then
  npm ci --no-progress
  cp package-lock.json node_modules/.locked
fi
# Everything that the pages are made of; where none of it is newer than what was built, there is nothing to do.
if [ built/index.html -nt node_modules/.locked ] &&
  [ -z "$(find src index.html package-lock.json tsconfig.json vite.config.ts -newer built/index.html -print -quit)" ]; then
  exit 0
fi
find built -mindepth 1 ! -name README.md -delete
npm run --silent build
