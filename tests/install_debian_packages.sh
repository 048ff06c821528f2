#!/bin/sh
# Installs what the tests of pages and dossiers need of Debian, where that is allowed; otherwise says what is missing.
set -u
missing=""
for package in chromium fonts-noto-cjk libreoffice-writer poppler-utils; do
    dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null; then
    echo "No apt-get here; tests that need$missing will skip." >&2
    exit 0
fi
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif sudo --non-interactive true 2>/dev/null; then
    as_root="sudo"
else
    echo "Not root and no sudo; tests that need$missing will skip. Install them with: apt-get install$missing" >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update --quiet --quiet
# shellcheck disable=SC2086
$as_root apt-get install --quiet --quiet --yes --no-install-recommends $missing >/dev/null ||
    echo "apt-get could not install$missing; tests that need them will skip." >&2
exit 0
