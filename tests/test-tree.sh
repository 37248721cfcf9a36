#!/bin/sh
# test-tree.sh - the agreed layout and the habits that every file keeps
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -u
cd -- "$(dirname -- "$0")/.." || exit 1
. tests/tap.sh

all=$(files)
code=$(files src tests po data icons flatpak dev .ci meson.build meson_options.txt \
  | grep -v '^tests/data/')

top_level ()
{
  empty "$(printf '%s\n' "$all" | sed 's|/.*||' | sort -u | grep -vx \
    -e '\..*' -e meson.build -e meson_options.txt -e README.md -e LICENSE -e dev \
    -e src -e data -e po -e tests -e flatpak -e icons)"
}
check 'the top level holds only what was agreed' top_level

top_level_complete ()
{
  for entry in meson.build README.md LICENSE meson_options.txt dev src data po tests flatpak icons \
    .ci/run .clang-format; do
    [ -e "$entry" ] || echo "$entry is missing"
  done
}
check 'and all of it' empty "$(top_level_complete)"

executables ()
{
  for file in dev .ci/run; do [ -x "$file" ] || echo "$file"; done
}
check 'the commands are executable' empty "$(executables)"

# found PATTERN FILE...: lines of the files that match, as NAME:LINE:TEXT. The brackets in the
# patterns below keep this file from finding itself.
found () { pattern=$1; shift; grep -nIE -e "$pattern" -- "$@"; }

marks='[T]ODO|[F]IXME|\b[X]XX\b|not [i]mplemented|[u]nimplemented|g_test_[s]kip'
# File names hold no spaces, as checked below.
# shellcheck disable=SC2086
{
  check 'no mark of unfinished work' empty "$(found "$marks" $code README.md)"
  check 'no path of a developer'\''s machine' \
    empty "$(found '(^|[^[:alnum:]./_~-])/([h]ome|[r]oot|[w]ork)/' $code README.md)"
  check 'no package registry is named' \
    empty "$(found '[d]eb\.debian\.org|[p]ypi\.|[p]ythonhosted|[c]rates\.io|[n]pmjs' $code README.md)"
}
check 'no space or control character in a file name' \
  empty "$(printf '%s\n' "$all" | grep '[^[:graph:]]')"

headers ()
{
  for file in $(printf '%s\n' "$code" | grep -E '\.([ch]|sh|py|svg)$|^(dev|\.ci/run)$'); do
    head -n 8 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' \
      || echo "$file has no licence line"
    head -n 4 "$file" | grep -qF "$(basename "$file") - " || echo "$file does not say what it is for"
    case $file in
      *.h) grep -qx '#pragma once' "$file" || echo "$file lacks #pragma once" ;;
    esac
  done
}
check 'every source file has its header' empty "$(headers)"

# A test may be listed by the name of its unit alone.
listed ()
{
  for file in $(printf '%s\n' "$code" | grep -E '^(src|tests)/.*\.c$'); do
    unit=$(basename "$file" .c)
    grep -qE "'($unit|$unit\.c|${unit#test-})'" "$(dirname "$file")/meson.build" \
      || echo "$file is in no meson.build"
  done
}
check 'every C file is built' empty "$(listed)"

finish
