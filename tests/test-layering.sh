#!/bin/sh
# test-layering.sh - dependencies point only downward
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: test-layering.sh GROKSCOPE_CLI

set -u
cli=$1
cd -- "$(dirname -- "$0")/.." || exit 1
. tests/tap.sh

standard='assert|complex|ctype|errno|float|inttypes|limits|locale|math|setjmp|signal|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|string|time'
posix='fcntl|libintl|pthread|sched|unistd|sys/[a-z]+'
glib='glib|glib-object|glib/gi18n|glib/gstdio|glib-unix|gio/gio|json-glib/json-glib'

# layers FOLDER: the folders of src whose headers it may include.
# systems FOLDER: the library headers it may include (a regular expression, without .h).
# A new folder has to be entered here before it passes.
layers ()
{
  case $1 in
    nn) echo nn ;;
    model) echo nn model ;;
    task) echo nn task ;;
    train) echo nn model task train ;;
    analysis) echo nn model task train analysis ;;
    draw) echo draw ;;
    figure) echo nn model task train analysis draw figure ;;
    film) echo nn model task train analysis draw figure film ;;
    report) echo nn model task train analysis draw figure report ;;
    cli) echo nn model task train analysis draw figure film report cli ;;
    app) echo nn model task train analysis draw figure film report app ;;
  esac
}
systems ()
{
  case $1 in
    nn) echo "$standard|cblas" ;;
    task) echo "$standard|glib|glib/gi18n" ;;
    model) echo "$standard|$posix|$glib|archive|archive_entry" ;;
    draw) echo "$standard|glib|glib/gi18n|cairo|cairo-pdf|cairo-svg|pango/pangocairo" ;;
    figure) echo "$standard|$glib|cairo" ;;
    report) echo "$standard|$glib|pango/pangocairo" ;;
    film) echo "$standard|$posix|$glib|cairo|gst/gst|gst/app/gstappsrc|gst/app/gstappsink|gst/video/video" ;;
    analysis) echo "$standard|$glib|cblas|lapack|lapacke" ;;
    app) echo "$standard|$posix|$glib|cairo|gtk/gtk|adwaita|sys/resource|sys/syscall" ;;
    train | cli) echo "$standard|$posix|$glib|cblas" ;;
  esac
}

# includes_of LAYER FILE SYSTEMS: the includes of a file that its layer does not allow.
includes_of ()
{
  sed -nE 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*([<"][^>"]*[>"]).*/\1/p' "$2" \
    | while read -r include; do
      name=${include#?}
      name=${name%?}
      case $include in
        '<'*) printf '%s\n' "$name" | grep -qxE "($3)\.h" && continue ;;
        *)
          [ -f "$(dirname "$2")/$name" ] && continue
          for folder in $(layers "$1"); do
            [ ! -f "src/$folder/$name" ] || continue 2
            # Fixtures of lower layers, for tests alone.
            case $2 in tests/*) [ ! -f "tests/$folder/$name" ] || continue 2 ;; esac
          done
          ;;
      esac
      echo "$2 includes $include"
    done
}

includes ()
{
  for file in $(files "src/$1" | grep '\.[ch]$'); do includes_of "$1" "$file" "$(systems "$1")"; done
  # Tests of every layer are written with GLib's test framework.
  for file in $(files "tests/$1" | grep '\.[ch]$'); do
    includes_of "$1" "$file" "$(systems "$1")|$posix|$glib"
  done
}

unknown ()
{
  for folder in src/*/; do
    folder=$(basename "$folder")
    [ -n "$(layers "$folder")" ] || echo "src/$folder has no rule in this test"
  done
}

check 'every folder of src has a rule' empty "$(unknown)"
for folder in src/*/; do
  folder=$(basename "$folder")
  check "src/$folder includes only what lies below it" empty "$(includes "$folder")"
done

# The check itself: a file that breaks the rules is found.
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
printf '#include <math.h>\n#include <glib.h>\n# include "gsc-config.h"\n' >"$scratch/bad.c"
check 'a header from above is noticed' \
  [ "$(includes_of nn "$scratch/bad.c" "$(systems nn)" | wc -l)" = 2 ]

linked=$(ldd "$cli" 2>&1)
check 'the command-line tool runs without missing libraries' \
  empty "$(printf '%s\n' "$linked" | grep 'not found\|not a dynamic\|No such')"
check 'the command-line tool links the engine'\''s libraries' \
  sh -c 'printf "%s\n" "$1" | grep -q libglib-2' - "$linked"
check 'and the drawing library'\''s' \
  sh -c 'printf "%s\n" "$1" | grep -q libpangocairo-1' - "$linked"
# Not libX11: cairo itself is linked with it on most systems.
check 'the command-line tool links no toolkit' \
  empty "$(printf '%s\n' "$linked" | grep -E 'libg[td]k|libadwaita|libwayland|libGL\.|libEGL|libvulkan')"

finish
