#!/usr/bin/env bash
# Sees that there is a Chromium for the tests of pages in a browser; on Debian, as root, it installs the one without windows.
set -euo pipefail

say() { printf 'chromium.sh: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

if [[ -n ${CHROMIUM_PATH:-} ]] || command -v chromium-headless-shell chromium >/dev/null; then exit 0; fi

[[ $(id -u) == 0 ]] || fail 'no Chromium on PATH, and only root can install it; or name one by CHROMIUM_PATH'
command -v apt-get >/dev/null || fail 'no Chromium on PATH, and no apt-get to install it with; or name one by CHROMIUM_PATH'
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
package=chromium
# Newer Debian releases have one without windows, a third as large.
if apt-cache show chromium-headless-shell >/dev/null 2>&1; then package=chromium-headless-shell; fi
say "installing $package"
# Any font will do; without one no text is drawn.
apt-get install -y -qq --no-install-recommends "$package" fonts-dejavu-core >/dev/null
