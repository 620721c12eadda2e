#!/usr/bin/env bash
# Sees that there is a Chromium for the test of the API reference page, on a Debian machine where this script runs as root.
#
#   tools/ci/chromium.sh   installs the package chromium when there is none, and prints where it is
set -euo pipefail

say() { printf 'chromium.sh: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

install_chromium() {
  [[ $(id -u) == 0 ]] || fail 'no chromium on PATH, and only root can install it'
  command -v apt-get >/dev/null || fail 'no chromium on PATH, and no apt-get to install it with'
  say 'installing chromium'
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends chromium >/dev/null
}

command -v chromium >/dev/null || install_chromium
command -v chromium
