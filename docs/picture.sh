#!/usr/bin/env bash
# Makes docs/reading.png, the README's picture: the page that `saywho read --format html` writes for the example, as Chromium
# shows it. Needs Chromium and a release build.
set -euo pipefail
cd "$(dirname "$0")/.."
page=$(mktemp -d)
trap 'rm -rf "$page"' EXIT
"${CARGO_TARGET_DIR:-target}/release/saywho" read examples/call/report.txt --format html --output "$page/report.html"
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
  --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$page/profile" \
  --window-size=1280,1150 --screenshot="$PWD/docs/reading.png" "file://$page/report.html"
