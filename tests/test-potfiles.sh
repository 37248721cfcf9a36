#!/bin/sh
# test-potfiles.sh - translators see every string
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -u
cd -- "$(dirname -- "$0")/.." || exit 1
. tests/tap.sh

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

entries=$(grep -v '^[[:space:]]*#' po/POTFILES)
languages=$(grep -v '^[[:space:]]*#' po/LINGUAS)

# Files that mark a string: _("..."), N_("..."), C_("..."), ngettext (...), a ui file's translatable
# attribute, a desktop entry or metainfo.
marking=$(files src data | grep -vE '\.(png|grokrun)$' | xargs grep -lE \
  '(^|[^[:alnum:]_])(_|N_|C_|NC_|ngettext|g_dngettext|Q_)[[:space:]]*\(|translatable="(yes|true)"' -- 2>/dev/null
  files data | grep -E '\.(desktop|metainfo\.xml|mime\.xml)(\.in)?$')

check 'POTFILES lists every file with strings for translators' \
  empty "$(printf '%s\n' "$marking" | sort -u | while read -r file; do
    printf '%s\n' "$entries" | grep -qxF -- "$file" || echo "$file"; done)"
check 'POTFILES lists no other file' \
  empty "$(printf '%s\n' "$entries" | while read -r file; do
    [ -z "$file" ] || printf '%s\n' "$marking" | grep -qxF -- "$file" || echo "$file"; done)"
check 'POTFILES lists each file once' empty "$(printf '%s\n' "$entries" | sort | uniq -d)"

check 'LINGUAS names the translations that are there' \
  [ "$(printf '%s\n' "$languages" | sort)" = "$(files po | sed -n 's|^po/\(.*\)\.po$|\1|p')" ]

# Leaves out what needs no file: an empty list is an error to xgettext.
template ()
{
  printf '%s\n' "$entries" | GETTEXTDATADIRS=data xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=C_:1c,2 \
    --keyword=NC_:1c,2 --keyword=ngettext:1,2 --add-comments -f - -o "$scratch/grokscope.pot"
}
[ -z "$entries" ] || check 'the template is made without complaint' template

for language in $languages; do
  check "$language: msgfmt finds no fault" \
    empty "$(msgfmt --check -o "$scratch/$language.mo" "po/$language.po" 2>&1)"
  check "$language: the header says that a native speaker has yet to read it" \
    grep -q 'awaiting review' "po/$language.po"
  # As the sources are now, whatever the file was made from.
  msgmerge -q --no-fuzzy-matching -o "$scratch/$language.po" "po/$language.po" \
    "$scratch/grokscope.pot"
  check "$language: everything is translated" empty "$(msgattrib --untranslated --no-obsolete \
    "$scratch/$language.po" | grep '^msgid' | head -20)"
  check "$language: nothing is marked as doubtful" \
    empty "$(msgattrib --only-fuzzy "po/$language.po" | grep '^msgid' | head -20)"
done

finish
