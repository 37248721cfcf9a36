#!/bin/sh
# with-display.sh - runs a test of widgets in an X server and on a bus of its own
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: with-display.sh PROGRAM [ARGUMENT...]
#
# Nothing of the user's desktop is seen or changed: settings, data and runtime folders are private.

set -u

# A test that cannot run is a failure, not a pass.
for program in Xvfb dbus-run-session; do
  command -v "$program" >/dev/null 2>&1 || {
    echo "Bail out! $program is missing (Debian packages xvfb and dbus): no test of widgets can run"
    exit 1
  }
done

folder=$(mktemp -d "${TMPDIR:-/tmp}/grokscope-display-XXXXXX") || exit 1
server=
stop ()
{
  [ -z "$server" ] || { kill "$server"; wait "$server"; } 2>/dev/null
  rm -rf -- "$folder"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

# The server chooses a free number itself and says it when it is ready.
mkfifo "$folder/number"
Xvfb -displayfd 3 -screen 0 2560x1600x24 -nolisten tcp -noreset \
  3>"$folder/number" >"$folder/log" 2>&1 &
server=$!
read -r number <"$folder/number" || {
  echo "Bail out! Xvfb did not start"
  sed 's/^/# /' "$folder/log"
  exit 1
}

mkdir -m 700 "$folder/home" "$folder/runtime"
export DISPLAY=":$number" HOME="$folder/home" XDG_RUNTIME_DIR="$folder/runtime"
export XDG_DATA_HOME="$folder/home/data" XDG_CONFIG_HOME="$folder/home/config"
export XDG_CACHE_HOME="$folder/home/cache" XDG_STATE_HOME="$folder/home/state"
export GDK_BACKEND=x11 GSK_RENDERER=cairo GTK_A11Y=test GSETTINGS_BACKEND=memory
export ADW_DISABLE_PORTAL=1 LC_ALL=C.UTF-8
unset WAYLAND_DISPLAY XAUTHORITY GTK_THEME GTK_DEBUG
# What services that the bus starts print is no part of the test's output.
dbus-run-session -- sh -c 'exec "$@" >&3 3>&-' sh "$@" 3>&1 >&2
