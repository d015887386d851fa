#!/bin/sh
# Sees to it that the programs which the tests start are on this machine, and writes down where:
# PgBouncer, PostgreSQL's client programs and, with --browser, Chromium with its driver.
#   scripts/native-tools.sh [--browser] PROPERTIES_FILE
# What is missing is installed: by apt-get as root or through a sudo that asks nothing, else unpacked
# into a folder of the user's own; by Homebrew on a Mac. See docs/adr/0006-native-tools.md
set -eu

# pg_dump must be at least as new as the server it reads: the tests upgrade from up to this major.
needed_client=15
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/upshift/tools

browser=no
if [ "${1:-}" = --browser ]; then
  browser=yes
  shift
fi
properties=$1

say() {
  echo "native-tools: $*" >&2
}

# --- finding ---------------------------------------------------------------------------------------

# The first of the given names on the PATH or in the usual folders outside it.
find_program() {
  for name in "$@"; do
    if command -v "$name"; then
      return
    fi
    for folder in /usr/sbin /usr/local/sbin /usr/local/bin /opt/homebrew/bin /opt/homebrew/sbin "$cache/bin"; do
      if [ -x "$folder/$name" ]; then
        echo "$folder/$name"
        return
      fi
    done
  done
}

client_major() {
  "$1" --version 2>/dev/null | sed -n 's/.* \([0-9][0-9]*\)[.a-z].*/\1/p'
}

# The newest pg_dump that stands beside a pg_restore and a psql. Versioned folders come before the PATH, whose
# pg_dump may be a script that picks a version by itself.
find_client() {
  newest=0
  for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/libpq/bin /usr/local/opt/libpq/bin \
    /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin "$(dirname "$(command -v pg_dump || echo /)")" "$cache/bin"; do
    major=$(client_major "$folder/pg_dump")
    if [ "${major:-0}" -gt "$newest" ] && [ -x "$folder/pg_restore" ] && [ -x "$folder/psql" ]; then
      newest=$major
      client=$folder
    fi
  done
  [ "$newest" -ge "$needed_client" ] || client=
}

find_all() {
  client=
  find_client
  pgbouncer=$(find_program pgbouncer)
  chromedriver=$(find_program chromedriver)
  chromium=$(find_program chromium chromium-browser google-chrome google-chrome-stable)
  mac_chrome="/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
  if [ -z "$chromium" ] && [ -x "$mac_chrome" ]; then
    chromium=$mac_chrome
  fi
}

is_complete() {
  [ -n "$pgbouncer" ] && [ -n "$client" ] || return 1
  [ "$browser" = no ] || { [ -n "$chromium" ] && [ -n "$chromedriver" ]; }
}

write_properties() {
  mkdir -p "$(dirname "$properties")"
  {
    echo "pgbouncer=$pgbouncer"
    echo "pg_dump=${client:+$client/pg_dump}"
    echo "pg_restore=${client:+$client/pg_restore}"
    echo "psql=${client:+$client/psql}"
    echo "chromium=$chromium"
    echo "chromedriver=$chromedriver"
  } | sed '/=$/d' >"$properties.$$"
  mv "$properties.$$" "$properties"
}

# --- installing ------------------------------------------------------------------------------------

missing_packages() {
  [ -n "$pgbouncer" ] || echo pgbouncer
  [ -n "$client" ] || echo postgresql-client
  [ "$browser" = no ] || [ -n "$chromium" ] || echo chromium
  [ "$browser" = no ] || [ -n "$chromedriver" ] || echo chromium-driver
}

# Runs a command as root, by sudo where that is needed.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

system_apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 -qq "$@" >"$log" 2>&1
}

# Installed for the whole machine. PgBouncer's package would start a service, now and at every boot: neither is wanted,
# so Debian's own switch for that is set meanwhile, unless the machine has set it already.
install_as_root() {
  say "installing $*"
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$log"; as_root rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod +x "$policy"
  fi
  status=0
  system_apt_get install -y --no-install-recommends "$@" ||
    { system_apt_get update && system_apt_get install -y --no-install-recommends "$@"; } ||
    status=1
  if [ -z "$pgbouncer" ] && [ -d /run/systemd/system ]; then
    as_root systemctl disable --quiet pgbouncer 2>/dev/null || true
  fi
  return $status
}

# apt-get with lists and archives of the user's own, which needs no root.
own_apt_get() {
  apt-get -o Dir::State::lists="$cache/apt/lists" -o Dir::Cache="$cache/apt/cache" -o Debug::NoLocking=true -qq "$@"
}

# Unpacked for this user: the packages and what they depend on that the machine does not have.
install_for_user() {
  say "unpacking $* into $cache"
  rm -rf "$cache/apt"
  mkdir -p "$cache/apt/lists/partial" "$cache/apt/cache/archives/partial" "$cache/apt/debs" "$cache/root" "$cache/bin"
  own_apt_get update >"$log" 2>&1 || return 1
  new=$(own_apt_get install -s --no-install-recommends "$@" 2>"$log" | sed -n 's/^Inst \([^ ]*\) (.*/\1/p')
  [ -n "$new" ] || return 1
  # shellcheck disable=SC2086
  (cd "$cache/apt/debs" && own_apt_get download $new) >"$log" 2>&1 || return 1
  for deb in "$cache"/apt/debs/*.deb; do
    dpkg -x "$deb" "$cache/root" || return 1
  done
  rm -rf "$cache/apt"
  libraries=$(find "$cache/root" -name 'lib*.so*' -exec dirname {} + | sort -u | paste -sd : -)
  for program in "$cache"/root/usr/sbin/pgbouncer "$cache"/root/usr/lib/postgresql/*/bin/* "$cache"/root/usr/lib/chromium/chromium "$cache"/root/usr/bin/chromedriver; do
    [ -x "$program" ] || continue
    launcher=$cache/bin/${program##*/}
    # shellcheck disable=SC2016
    printf '#!/bin/sh\nLD_LIBRARY_PATH="%s${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" exec "%s" "$@"\n' "$libraries" "$program" >"$launcher"
    chmod +x "$launcher"
  done
}

install_by_homebrew() {
  for package in "$@"; do
    case $package in
      postgresql-client) formula=libpq ;;
      chromium) formula='--cask google-chrome' ;;
      chromium-driver) formula='--cask chromedriver' ;;
      *) formula=$package ;;
    esac
    say "installing $formula"
    # shellcheck disable=SC2086
    brew install --quiet $formula >"$log" 2>&1 || return 1
  done
}

install() {
  if command -v apt-get >/dev/null; then
    if [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then
      install_as_root "$@"
    else
      install_for_user "$@"
    fi
  elif command -v brew >/dev/null; then
    install_by_homebrew "$@"
  fi
}

find_all
if ! is_complete; then
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  trap 'exit 1' HUP INT TERM
  # Two builds at once on one machine: the second waits and finds what the first has brought.
  mkdir -p "$cache"
  exec 9>"$cache/lock"
  ! command -v flock >/dev/null || flock 9
  find_all
fi
if ! is_complete; then
  # shellcheck disable=SC2046
  install $(missing_packages) || tail -n 5 "$log" >&2
  find_all
fi
write_properties
if ! is_complete; then
  say "please install $(missing_packages | tr '\n' ' ' | sed -e 's/ $//' -e 's/ /, /g' -e "s/postgresql-client/PostgreSQL's client programs, version $needed_client or newer/") and build again; the tests start them."
  exit 1
fi
