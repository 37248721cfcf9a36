#!/bin/sh
# test-install.sh - what `meson install` puts where
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: test-install.sh BUILD_FOLDER PREFIX

set -u
build=$1
prefix=$2
cd -- "$(dirname -- "$0")/.." || exit 1
. tests/tap.sh

id=io.github.grokscope.Grokscope
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
top=$scratch$prefix

check 'meson install succeeds' meson install -C "$build" --no-rebuild --quiet --destdir "$scratch"
check 'the command-line tool runs from there' "$top/bin/grokscope-cli" --help
check 'the icon is found by its id' [ -s "$top/share/icons/hicolor/scalable/apps/$id.svg" ]
check 'and the symbolic one' [ -s "$top/share/icons/hicolor/symbolic/apps/$id-symbolic.svg" ]
for language in $(grep -v '^#' po/LINGUAS); do
  check "the translation $language can be read" \
    msgunfmt -o /dev/null "$top/share/locale/$language/LC_MESSAGES/grokscope.mo"
done
check 'a desktop entry if and only if there is an app' \
  [ "$([ -e "$top/bin/grokscope" ] && echo 1 || echo 0)" = \
    "$(find "$scratch" -name '*.desktop' | wc -l)" ]
check 'no library, header or stray file comes along' \
  empty "$(cd "$top" && find . -type f | grep -vE '^\./(bin|share)/')"

finish
