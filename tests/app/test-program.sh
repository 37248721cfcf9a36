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

# It trains, shows and hides, and leaves nothing behind.
"$program" --measure=4 >"$scratch/out" 2>"$scratch/err"
status=$?
check '--measure succeeds' [ "$status" = 0 ]
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
