#!/bin/sh
# test-program.sh - the program grokscope from its command line
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: test-program.sh GROKSCOPE, on a display

set -u
case $1 in /*) program=$1 ;; *) program=$PWD/$1 ;; esac
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

finish
