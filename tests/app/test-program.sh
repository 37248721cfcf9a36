#!/bin/sh
# test-program.sh - the program grokscope from its command line
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: test-program.sh GROKSCOPE GROKSCOPE_CLI, on a display

set -u
case $1 in /*) program=$1 ;; *) program=$PWD/$1 ;; esac
case $2 in /*) trainer=$2 ;; *) trainer=$PWD/$2 ;; esac
cd -- "$(dirname -- "$0")/../.." || exit 1
. tests/tap.sh

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
export TMPDIR="$scratch"

check '--version says it' sh -c '"$1" --version | grep -qx "grokscope [0-9.]*"' - "$program"
check '--help names the options' sh -c '"$1" --help | grep -q -e --measure' - "$program"
check '--measure takes a number above 0' sh -c '! "$1" --measure=0 2>"$2"' - "$program" "$scratch/err"
check 'and says so' grep -q -e --measure "$scratch/err"

check 'without a temporary folder it fails' \
  sh -c '! TMPDIR=/nonexistent "$1" --measure=1 2>"$2"' - "$program" "$scratch/err"
check 'and names it' grep -q /nonexistent "$scratch/err"

# The bus starts it, and does what the desktop entry's actions say.
bus ()
{
  timeout 20 gdbus call --session --dest io.github.grokscope.Grokscope \
    --object-path /io/github/grokscope/Grokscope --method "org.freedesktop.Application.$@"
}
until_there ()
{
  tries=0
  until [ -n "$(find "$1" -path '*/quick-*/config.json' 2>/dev/null)" ] || [ $tries = 200 ]; do
    tries=$((tries + 1)); sleep 0.1
  done
  [ $tries != 200 ]
}
runs=$XDG_DATA_HOME/grokscope/runs
"$program" --gapplication-service >"$scratch/out" 2>&1 &
server=$!
timeout 20 gdbus wait --session --timeout 20 io.github.grokscope.Grokscope
check 'the bus can activate the action New Run' bus ActivateAction new-run '[]' '{}'
check 'which trains a run' until_there "$runs"
check 'another start only asks the one that runs' timeout 20 "$program" --open
for action in open-run present quit; do
  check "and the action $action" bus ActivateAction "$action" '[]' '{}'
done
wait "$server"
status=$?
check 'and it ends well' [ "$status" = 0 ]
check 'without a complaint' empty "$(grep -E 'CRITICAL|WARNING' "$scratch/out")"
rm -rf "$runs"

# It trains, shows and hides, and leaves nothing behind.
"$program" --measure=4 >"$scratch/out" 2>"$scratch/err"
status=$?
check '--measure succeeds' [ "$status" = 0 ]
# Settings that are kept on the disk hold the window a little longer than those in memory.
check 'also with settings on the disk' env GSETTINGS_BACKEND=keyfile "$program" --measure=3
for name in first_frame_ms main_loop_busy_percent stall_ms_median stall_ms_p99 stall_ms_max \
  frames_per_second steps_per_second_shown steps_per_second_hidden pairs display_costs_percent; do
  check "--measure prints $name" grep -qE "^$name -?[0-9.]+\$" "$scratch/out"
done
check 'and shown and hidden phases' grep -qx 'pairs 2' "$scratch/out"
check 'in which the model was trained' \
  [ "$(grep -cE '^steps_per_second_(shown|hidden) 0\.0$' "$scratch/out")" = 0 ]
check 'and removes its folder' [ -z "$(find "$scratch" -name 'grokscope-measure-*')" ]

# It moves through a run's time.
check 'a run to move through is trained' "$trainer" train --set p=5 --set width=16 --set heads=2 \
  --set depth=1 --set tasks=4 --set shots=4 --set batch=8 --set eval_sequences=8 --set steps=40 \
  --set warmup_steps=5 --set record_every=5 "$scratch/run"
"$program" --measure-scrub="$scratch/run" >"$scratch/out" 2>"$scratch/err"
status=$?
check '--measure-scrub succeeds' [ "$status" = 0 ]
for kind in forward back jump scrub; do
  for name in median p99 max; do
    check "--measure-scrub prints ${kind}_ms_$name" \
      grep -qE "^${kind}_ms_$name [0-9.]+\$" "$scratch/out"
  done
done
check 'and no move took forever' grep -qx 'moves_failed 0' "$scratch/out"
check 'and leaves the run alone' [ ! -e "$scratch/run/notes.json" ]
"$program" --measure-scrub="$scratch/nothing" >"$scratch/out" 2>"$scratch/err"
check 'a run that is not there is said' grep -q "$scratch/nothing" "$scratch/err"
check 'and it removes its folders' [ -z "$(find "$scratch" -name 'grokscope-measure-*')" ]

finish
