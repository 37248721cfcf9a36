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
for file in bash-completion/completions/grokscope-cli zsh/site-functions/_grokscope-cli \
  fish/vendor_completions.d/grokscope-cli.fish; do
  check "the completions $file" grep -q all-analyses "$top/share/$file"
done
for language in $(grep -v '^#' po/LINGUAS); do
  check "the translation $language can be read" \
    msgunfmt -o /dev/null "$top/share/locale/$language/LC_MESSAGES/grokscope.mo"
done
# The tree has been moved: it was built for $prefix and is below a scratch folder now.
here () { env -u LANG LC_ALL=C.UTF-8 LANGUAGE="$1" "$top/bin/grokscope-cli" --help; }
for language in $(grep -v '^#' po/LINGUAS); do
  check "a moved tree speaks $language" [ "$(here "$language")" != "$(here en)" ]
done
check 'a moved tree knows the sweeps that come with it' \
  "$top/bin/grokscope-cli" sweep list phase-tiny "$scratch/sweep"
rm -rf "$scratch/sweep"
check 'the example run comes along, and can be read' \
  "$top/bin/grokscope-cli" unarchive "$top/share/grokscope/examples/quick.grokrun" "$scratch/example"
rm -rf "$scratch/example"
if [ -e "$top/bin/grokscope" ]; then
  for file in applications/$id.desktop dbus-1/services/$id.service metainfo/$id.metainfo.xml \
    mime/packages/$id.xml glib-2.0/schemas/$id.gschema.xml man/man1/grokscope.1 \
    icons/hicolor/scalable/mimetypes/$id-run.svg; do
    check "$file is installed" [ -s "$top/share/$file" ]
  done
  check 'the bus is told where the program will be' \
    grep -qx "Exec=$prefix/bin/grokscope --gapplication-service" \
    "$top/share/dbus-1/services/$id.service"
  glib-compile-schemas "$top/share/glib-2.0/schemas"
  own_schema ()
  {
    empty "$(env -u GSETTINGS_SCHEMA_DIR XDG_DATA_DIRS=/nonexistent XDG_DATA_HOME=/nonexistent \
      "$top/bin/grokscope" --version 2>&1 | grep -v '^grokscope [0-9]')"
  }
  check 'a moved app finds its settings' own_schema
  rm "$top/share/glib-2.0/schemas/gschemas.compiled"
fi
check 'a desktop entry if and only if there is an app' \
  [ "$([ -e "$top/bin/grokscope" ] && echo 1 || echo 0)" = \
    "$(find "$scratch" -name '*.desktop' | wc -l)" ]
check 'no library, header or stray file comes along' \
  empty "$(cd "$top" && find . -type f | grep -vE '^\./(bin|share)/')"

check 'it can be uninstalled' sh -c 'cd "$1" && meson --internal uninstall' - "$build"
check 'which leaves nothing' empty "$(find "$scratch" -type f)"

finish
