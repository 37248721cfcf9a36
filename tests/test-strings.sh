#!/bin/sh
# test-strings.sh - translators get every text that people read
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -u
cd -- "$(dirname -- "$0")/.." || exit 1
. tests/tap.sh

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

find_strings () { PYTHONDONTWRITEBYTECODE=1 python3 tests/find-strings.py "$@" 2>&1; }

# found LINES: what is found in a source of which the standard input is all.
found ()
{
  cat > "$scratch/sample.c"
  [ "$(find_strings "$scratch/sample.c" | sed 's/^[^:]*:\([0-9]*\):.*/\1/' | tr '\n' ' ')" = "$1" ]
}

check 'no text of the sources escapes gettext' \
  empty "$(find_strings $(files src | grep -E '\.(c|h|ui)$'))"

check 'texts that escape would be found' found '2 3 5 6 ' <<'SOURCE'
label = _ ("Not this one");
g_set_error (error, domain, code, "The file %s has " "a fault.", name);
static const char *const names[] = { "Loss", N_ ("Accuracy") };
g_warning ("Nor this one");
plot.x_title = "shots";
gsc_figure_page_add_note (page, "empty", &area);
SOURCE

check 'names, formats and comments are no such texts' found '' <<'SOURCE'
/* "Not in a comment" */
g_string_append_printf (text, "%s: %u, %.2f\n", "k-shot-grid", n, x);
#include "a file.h"
{ "win.open", "id_train", "layer" }, ngettext ("%u head", "%u heads", n)
SOURCE

finish
