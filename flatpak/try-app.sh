#!/bin/sh
# try-app.sh - the Flatpak from its manifest to its use, as tests
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: try-app.sh MANIFEST FOLDER
#
# Called by try.sh in an X server and on a bus of its own, with folders of its own for everything.
# All that is made is put in FOLDER. The runtime is installed already.

set -u
manifest=$1
folder=$2
. tests/tap.sh

id=$(basename "$manifest" .json)
repository=$folder/repository
data=$HOME/.var/app/$id/data/grokscope
run=$data/runs/tried

# kept SECONDS COMMAND...: runs it; what it printed is kept for the tests that follow.
kept ()
{
  seconds=$1
  shift
  status=0
  timeout "$seconds" "$@" >"$folder/kept" 2>&1 || status=$?
  [ "$status" = 0 ] || { cat "$folder/kept"; echo "exit status $status"; return 1; }
}
holds () { grep -qE -- "$1" "$folder/kept" || { cat "$folder/kept"; return 1; }; }
inside () { timeout 120 flatpak run --command="$1" "$id" "$2" "$3"; }
is () { [ "$1" = "$2" ] || { printf 'expected: %s\nfound:    %s\n' "$1" "$2"; return 1; }; }

# --- building ---------------------------------------------------------------------------------

# The project's files alone, and the manifest among them with one module replaced.
source_tree ()
{
  mkdir "$folder/source"
  files >"$folder/files"
  tar -c -T "$folder/files" | tar -x -C "$folder/source"
  python3 flatpak/stand-in-manifest.py "$manifest" flatpak/stand-in-openblas.json \
    >"$folder/source/$manifest"
}
check 'the manifest is adapted to the stand-in runtime' source_tree

build ()
{
  set -- --disable-download --force-clean --repo="$repository" --state-dir="$folder/state"
  # Without FUSE nothing guards the build's cache, which is not kept.
  [ -w /dev/fuse ] || set -- "$@" --disable-rofiles-fuse
  kept 1500 flatpak-builder "$@" "$folder/build" "$folder/source/$manifest"
}
check 'flatpak-builder builds it' build
[ -e "$repository" ] || { finish; exit 1; }
check 'and ran its tests in the sandbox' holds '^Ok: +[1-9]'
check 'none of which failed' holds '^Fail: +0'

install_from_repository ()
{
  flatpak --user remote-add --no-gpg-verify tried "file://$repository"
  flatpak --user install -y --noninteractive tried "$id"
}
check 'it is installed' install_from_repository
check 'with the permissions of the manifest and no others' is \
  'devices=dri; shared=ipc; sockets=x11;wayland;fallback-x11; ' \
  "$(flatpak info --show-permissions "$id" | sed -n '/^\[/!{/./p}' | sort | tr '\n' ' ')"

exported=$FLATPAK_USER_DIR/exports/share
check 'the desktop finds its entry' [ -f "$exported/applications/$id.desktop" ]
check 'its icon' [ -f "$exported/icons/hicolor/scalable/apps/$id.svg" ]
check 'and software centres its description' \
  [ -f "$(flatpak info --show-location "$id")/files/share/app-info/xmls/$id.xml.gz" ]
for module in grokscope openblas; do
  check "the licence of $module comes with it" inside test -s "/app/share/licenses/$id/$module/LICENSE"
done

# --- the sandbox ------------------------------------------------------------------------------

echo secret >"$HOME/private"
check 'the user'\''s files are out of reach' inside sh -c "[ ! -e '$HOME/private' ]"
# A header line, and no route.
check 'and so is the network' inside sh -c '[ "$(wc -l </proc/net/route)" -le 1 ]'
check 'OpenBLAS is the one it brings' \
  inside sh -c 'ldd /app/bin/grokscope-cli | grep "/app/lib/libopenblas"'

# --- the command line -------------------------------------------------------------------------

cli () { kept 300 flatpak run --command=grokscope-cli "$id" "$@"; }
check 'it trains 50 steps in the sandbox' \
  cli train --preset quick --set steps=50 --set record_every=25 "$run"
check 'and records the last of them' is 50 "$(sed -n '$s/,.*//p' "$run/metrics.csv")"
check 'it evaluates what it has trained' cli eval "$run"
check 'it draws figures into its own folder' cli figures "$run" --out "$data/figures"
is_pdf () { for file in "$data"/figures/*.pdf; do is '%PDF' "$(head -c 4 "$file")" || return 1; done; }
check 'which are PDF' is_pdf
# What it writes elsewhere is gone with the sandbox.
flatpak run --command=grokscope-cli "$id" figures "$run" --out "$HOME/figures" >/dev/null 2>&1
check 'and none anywhere else' [ ! -e "$HOME/figures" ]

# --- the window -------------------------------------------------------------------------------

check 'the window shows a training for four seconds' kept 120 flatpak run "$id" --measure=4
check 'and says how fluid it was' holds '^[0-9a-z ].*[0-9]'

# There is no window manager: whatever comes up is given the focus here. The file dialog is the
# portal's, outside the sandbox, which alone makes a file of the user's writable in it.

# await COMMAND...: until it succeeds, half a minute at most.
await ()
{
  tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || { echo "waited in vain: $*"; return 1; }
    sleep 0.5
  done
}
# keys CLASS KEY...: presses keys in the newest window of a program.
keys ()
{
  await xdotool search --onlyvisible --class "$1" || return 1
  xdotool windowfocus --sync "$(xdotool search --onlyvisible --class "$1" | tail -n 1)"
  shift
  sleep 1
  xdotool key --delay 100 "$@"
}
flatpak run "$id" "$run" >"$folder/window.log" 2>&1 &
window=$!
check 'the window opens' await xdotool search --onlyvisible --class grokscope
if [ -w /dev/fuse ] && [ "$XDG_RUNTIME_DIR" = "/run/user/$(id -u)" ]; then
  saved=$HOME/saved.pdf
  # The dialog, its button, and the name in the portal's dialog.
  export_by_portal ()
  {
    keys grokscope ctrl+e && sleep 2 && keys grokscope alt+e || return 1
    await xdotool search --onlyvisible --class xdg-desktop-portal-gtk || return 1
    sleep 1
    keys xdg-desktop-portal-gtk ctrl+a || return 1
    xdotool type --delay 50 "$saved"
    keys xdg-desktop-portal-gtk Return
    await test -s "$saved"
  }
  check 'a figure is exported by the file dialog of the desktop' export_by_portal
  check 'and is PDF' is '%PDF' "$(head -c 4 "$saved")"
else
  count=$((count + 1))
  echo "ok $count - a figure is exported by the file dialog of the desktop" \
    "# SKIP there is no FUSE here, or a desktop session whose portals are left alone"
fi
check 'it closes by its key' keys grokscope ctrl+q
# Not in check, which is another shell's.
status=0
wait "$window" || status=$?
check 'without a fault' is 0 "$status"

# --- a bundle ---------------------------------------------------------------------------------

bundle=$folder/grokscope.flatpak
check 'a bundle in a single file is made' flatpak build-bundle "$repository" "$bundle" "$id"
install_bundle ()
{
  flatpak --user uninstall -y --noninteractive "$id" || return 1
  [ ! -e "$exported/applications/$id.desktop" ] || return 1
  flatpak --user install -y --noninteractive "$bundle"
}
check 'which can be installed' install_bundle
check 'and used' cli eval "$run"
echo "# the bundle: $(($(wc -c <"$bundle") / 1024)) KiB"

finish
