#!/bin/sh
# try.sh - builds the Flatpak, installs it and uses it, on a machine without GNOME's runtime
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: try.sh PACKAGE...
#
# The PACKAGEs are those that a build needs. The runtime that stands in for GNOME's is made once and
# kept in the user's cache; everything else is removed again, and no other Flatpak is touched. The
# last line is "N passed, N failed"; where no sandbox can be made, one test is skipped.

set -u
cd -- "$(dirname -- "$0")/.." || exit 1
manifest=flatpak/io.github.grokscope.Grokscope.json
cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/grokscope/flatpak
mkdir -p -- "$cache" || exit 1

# One at a time: they share the runtime.
if [ -z "${GROKSCOPE_FLATPAK_LOCKED:-}" ]; then
  GROKSCOPE_FLATPAK_LOCKED=1 exec flock --close "$cache/lock" sh flatpak/try.sh "$@"
fi
unset GROKSCOPE_FLATPAK_LOCKED

# With the lock held, what a killed one left behind is nobody's.
rm -rf -- "$cache"/try-*
scratch=$(mktemp -d "$cache/try-XXXXXX") || exit 1
own_runtime_dir=
clean_up ()
{
  # The document portal may not have gone yet.
  [ -z "$own_runtime_dir" ] || umount -l "$own_runtime_dir/doc" 2>/dev/null
  rm -rf --one-file-system -- "$scratch" ${own_runtime_dir:+"$own_runtime_dir"}
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

# --- the runtime ------------------------------------------------------------------------------

fact ()
{
  python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$manifest" "$1"
}

# runtime RUNTIME SDK BRANCH PACKAGE...: makes it, unless the one that is there was made like this.
runtime ()
{
  wanted=$({ cat flatpak/stand-in-runtime.sh; echo "$*"; } | sha256sum)
  [ "$(cat "$cache/runtime/stamp" 2>/dev/null)" != "$wanted" ] || return 0
  echo "Making a runtime of Debian packages in $cache/runtime (minutes; the next time it is there)"
  if sh flatpak/stand-in-runtime.sh "$cache/runtime" "$@" >"$scratch/runtime.log" 2>&1; then
    echo "$wanted" >"$cache/runtime/stamp"
  else
    tail -n 40 "$scratch/runtime.log" | sed 's/^/# /'
    rm -rf -- "$cache/runtime"
    return 1
  fi
}

# --- everything else --------------------------------------------------------------------------

run_tests ()
{
  if ! reason=$(bwrap --unshare-pid --unshare-net --ro-bind / / --proc /proc --dev /dev true 2>&1); then
    echo "1..0 # SKIP bubblewrap cannot make a sandbox here: $reason"
    return
  fi
  if ! runtime "$(fact runtime)" "$(fact sdk)" "$(fact runtime-version)" "$@"; then
    echo 'not ok 1 - a runtime is made'
    echo '1..1'
    return
  fi

  # The document portal's files are in the sandbox only if this is the runtime folder. A desktop that
  # runs here already has it: its portals are left alone.
  XDG_RUNTIME_DIR=/run/user/$(id -u)
  export XDG_RUNTIME_DIR
  if mkdir -m 700 "$XDG_RUNTIME_DIR" 2>/dev/null; then
    own_runtime_dir=$XDG_RUNTIME_DIR
  else
    XDG_RUNTIME_DIR=$scratch/run
    mkdir -m 700 "$XDG_RUNTIME_DIR"
  fi
  unset DBUS_SESSION_BUS_ADDRESS WAYLAND_DISPLAY DISPLAY XAUTHORITY
  unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME
  export HOME="$scratch/home" FLATPAK_SYSTEM_DIR="$cache/runtime" FLATPAK_USER_DIR="$scratch/installed"
  # The stand-in has no OpenGL driver.
  export GSK_RENDERER=cairo
  mkdir "$HOME"
  # The bus inside the display: what the bus starts has to find it.
  xvfb-run -a -s '-screen 0 1280x800x24 -nolisten tcp' \
    dbus-run-session -- sh flatpak/try-app.sh "$manifest" "$scratch"
}

mkfifo "$scratch/pipe"
tee "$scratch/tap" <"$scratch/pipe" &
run_tests "$@" >"$scratch/pipe"
wait $!
python3 tests/count-results.py --tap "$scratch/tap"
