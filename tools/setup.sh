#!/usr/bin/env bash
# Checks what the build needs beyond Rust, and installs it where it can.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

if ! command -v cargo >/dev/null; then
  say "cargo is missing: install Rust 1.95 or newer with rustup (see rust-lang.org)"
  exit 2
fi
for tool in cc c++; do
  if ! command -v "$tool" >/dev/null; then
    say "$tool is missing: install a C and C++ compiler (Debian: apt-get install build-essential)"
    exit 2
  fi
done

has_libclang() {
  [ -n "${LIBCLANG_PATH:-}" ] && compgen -G "$LIBCLANG_PATH/libclang*.so*" >/dev/null && return 0
  # bindgen wants the library itself, not libclang-cpp.
  ldconfig -p 2>/dev/null | grep -q 'libclang[-.0-9]*\.so' && return 0
  compgen -G '/usr/lib/llvm-*/lib/libclang*.so*' 2>/dev/null | grep -qv 'libclang-cpp' && return 0
  command -v llvm-config >/dev/null && compgen -G "$(llvm-config --libdir)/libclang.so*" >/dev/null && return 0
  [ "$(uname)" = Darwin ] && xcrun --find clang >/dev/null 2>&1 && return 0
  return 1
}

# Installs packages of Debian where that can be done without asking.
install() {
  command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; } || return 0
  local sudo=""; [ "$(id -u)" = 0 ] || sudo=sudo
  say "installing $*"
  local log; log=$(mktemp)
  if ! { $sudo apt-get update && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y "$@"; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
  fi
  rm -f "$log"
}

if ! has_libclang; then
  say "libclang is missing; RocksDB's bindings need it"
  install libclang-dev
  if ! has_libclang; then
    say "install it: apt-get install libclang-dev (Debian, Ubuntu), dnf install clang-devel (Fedora), or set LIBCLANG_PATH"
    exit 2
  fi
fi

# The pages are built with Vite and TypeScript; what Debian 12 has is new enough.
has_node() {
  command -v npm >/dev/null && node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' 2>/dev/null
}

if ! has_node; then
  say "Node 18 or newer, or npm, is missing; the pages of the server are built with them"
  install nodejs npm
  if ! has_node; then
    say "install them: apt-get install nodejs npm (Debian, Ubuntu), dnf install nodejs npm (Fedora)"
    say "without pages: cargo build --release --locked"
    exit 2
  fi
fi

# Only the tests of the pages need a browser.
has_chromium() {
  [ -n "${CHROMIUM:-}" ] && return 0
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null && return 0
  done
  return 1
}

if [ "${1:-}" = browser ] && ! has_chromium; then
  say "Chromium is missing; the tests of the pages need it"
  install chromium
  if ! has_chromium; then
    say "install it: apt-get install chromium (Debian, Ubuntu), dnf install chromium (Fedora), or set CHROMIUM to its path"
    exit 2
  fi
fi
