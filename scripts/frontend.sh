#!/bin/sh
# Bundles frontend/ into the application's static assets, and only when something in it has changed.
#   scripts/frontend.sh BUILD_DIRECTORY      e.g. target; the assets go to target/classes/static/assets
set -eu

cd "$(dirname "$0")/.."
build=$1
assets=$build/classes/static/assets
stamp=$build/frontend.stamp

[ -f frontend/package.json ] || exit 0

sources=$(find frontend -path frontend/node_modules -prune -o -type f -print | sort | tr '\n' '\0' | xargs -0 cksum | cksum)
if [ "$(cat "$stamp" 2>/dev/null)" = "$sources" ] && [ -n "$(ls "$assets" 2>/dev/null)" ]; then
  exit 0
fi

if ! command -v npm >/dev/null; then
  echo "The frontend needs Node.js 20.19 or newer with npm: install it, or build with -Dfrontend.skip if you need no pages." >&2
  exit 1
fi

cd frontend
installed=node_modules/.upshift-stamp
locked=$(cksum package.json package-lock.json)
if [ "$(cat "$installed" 2>/dev/null)" != "$locked" ]; then
  npm ci --no-audit --no-fund --loglevel=error
  echo "$locked" >"$installed"
fi
npm run --silent build
cd ..

mkdir -p "$build"
echo "$sources" >"$stamp"
