#!/bin/sh
# test-metainfo.sh - what desktops and software centres are told of the app
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: test-metainfo.sh BUILD_FOLDER

set -u
build=$1
cd -- "$(dirname -- "$0")/.." || exit 1
. tests/tap.sh

id=io.github.grokscope.Grokscope
type=application/x-grokscope-run
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

for program in appstreamcli desktop-file-validate update-mime-database glib-compile-schemas; do
  command -v "$program" >/dev/null 2>&1 || {
    echo "Bail out! $program is missing (Debian packages appstream, desktop-file-utils," \
      "shared-mime-info, libglib2.0-bin)"
    exit 1
  }
done

# values FILE PATH [ATTRIBUTE]: of each element at the path (ElementTree's), its text or attribute,
# one a line.
values ()
{
  python3 - "$@" <<'PYTHON'
import sys
import xml.etree.ElementTree as tree
for element in tree.parse(sys.argv[1]).getroot().findall(sys.argv[2]):
    text = element.get(sys.argv[3]) if len(sys.argv) > 3 else "".join(element.itertext())
    if text is not None:
        print(" ".join(text.split()))
PYTHON
}

# key FILE GROUP KEY: a value in a key file.
key ()
{
  sed -n "/^\[$2\]\$/,/^\[/s/^$3=//p" "$1"
}

metainfo=data/$id.metainfo.xml.in
desktop=data/$id.desktop.in
mime=data/$id.mime.xml.in

# Metainfo: both as it is kept and as it is installed, with its translations. Two notes cannot be
# helped: an id has to be that of the program, and <developer> is newer than some validators.
valid ()
{
  notes=$(appstreamcli validate --no-net --pedantic --no-color "$1") || { echo "$notes"; return 1; }
  empty "$(printf '%s\n' "$notes" | grep '^[EWIP]:' | grep -v \
    -e 'cid-contains-uppercase-letter' -e 'unknown-tag developer')"
}
cp "$metainfo" "$scratch/$id.metainfo.xml"
check 'the metainfo is valid, to the letter' valid "$scratch/$id.metainfo.xml"
check 'also with its translations' valid "$build/data/$id.metainfo.xml"

within () { [ "$1" -ge "$2" ] && [ "$1" -le "$3" ]; }
summary=$(values "$metainfo" summary)
check 'the summary has 10 to 35 characters' within "$(printf %s "$summary" | wc -m)" 10 35
check 'and no full stop' sh -c 'case $1 in *.) exit 1 ;; esac' - "$summary"
check 'the name has at most 15' within "$(values "$metainfo" name | tr -d '\n' | wc -m)" 1 15

check 'the newest release is the version that is built' \
  [ "$(values "$metainfo" releases/release version | head -n 1)" = \
    "$(sed -n "s/^ *version: '\(.*\)',/\1/p" meson.build | head -n 1)" ]
releases ()
{
  today=$(date -u +%Y%m%d)
  before=99999999
  for date in $(values "$metainfo" releases/release date); do
    number=$(printf %s "$date" | tr -d -)
    [ "$number" -le "$today" ] || echo "$date is in the future"
    [ "$number" -le "$before" ] || echo "$date is not older than the one before"
    before=$number
  done
}
check 'no release is in the future, the newest is first' empty "$(releases)"
check 'each release says what is new' \
  [ "$(values "$metainfo" releases/release | grep -c .)" = \
    "$(values "$metainfo" releases/release version | wc -l)" ]

# Screenshots: their files are in the tree, as large as it says.
screenshots ()
{
  python3 - "$metainfo" <<'PYTHON'
import struct
import sys
import xml.etree.ElementTree as tree
shots = tree.parse(sys.argv[1]).getroot().findall("screenshots/screenshot")
if len(shots) < 2 or [shot.get("type") for shot in shots].count("default") != 1:
    print("there must be several screenshots, one of them the default")
for shot in shots:
    image, caption = shot.find("image"), shot.find("caption")
    base, _, path = image.text.partition("/grokscope/main/")
    if base != "https://raw.githubusercontent.com/grokscope" or not path:
        print(image.text, "is not in the project's repository")
        continue
    with open(path, "rb") as file:
        head = file.read(24)
    if head[:8] != b"\x89PNG\r\n\x1a\n":
        print(path, "is no PNG picture")
    if struct.unpack(">II", head[16:]) != (int(image.get("width")), int(image.get("height"))):
        print(path, "has another size than it says")
    if caption is None or caption.text.endswith("."):
        print(path, "needs a caption without a full stop")
PYTHON
}
check 'the screenshots are there' empty "$(screenshots 2>&1)"
check 'there are colours for light and dark' \
  [ "$(values "$metainfo" branding/color scheme_preference | sort | tr '\n' ' ')" = 'dark light ' ]
check 'every binary that it names is built' empty "$(for binary in \
  $(values "$metainfo" provides/binary); do
    [ -n "$(find "$build/src" -name "$binary" -type f)" ] || echo "$binary"
  done)"

# Desktop entry
cp "$desktop" "$scratch/$id.desktop"
check 'the desktop entry is valid' empty "$(desktop-file-validate "$scratch/$id.desktop" 2>&1)"
check 'also with its translations' empty "$(desktop-file-validate "$build/data/$id.desktop" 2>&1)"
actions ()
{
  for action in $(key "$desktop" 'Desktop Entry' Actions | tr ';' ' '); do
    option=$(key "$desktop" "Desktop Action $action" Exec | sed 's/^grokscope --//')
    [ -n "$(key "$desktop" "Desktop Action $action" Name)" ] || echo "$action has no name"
    grep -q "\"$option\"" src/app/gsc-application.c || echo "there is no option --$option"
    # The bus activates the action of the program that has the entry's name.
    grep -q "\.name = \"$action\"" src/app/gsc-application.c || echo "there is no action $action"
  done
}
check 'its actions are those of the program' empty "$(actions)"
check 'it has three of them' [ "$(key "$desktop" 'Desktop Entry' Actions | tr -d -c ';' | wc -c)" = 3 ]
check 'the bus starts the program' [ "$(key "$desktop" 'Desktop Entry' DBusActivatable)" = true ]
check 'by its service file' sh -c 'case $1 in */grokscope\ --gapplication-service) ;; *) exit 1 ;; esac' \
  - "$(key "$build/data/$id.service" 'D-BUS Service' Exec)"

# File types
file_types ()
{
  mkdir -p "$scratch/mime/packages"
  cp "$build/data/$id.xml" "$scratch/mime/packages" && update-mime-database "$scratch/mime"
}
check 'the file types can be read' file_types
check 'a run'\''s archive is known by its name' grep -q "^[0-9]*:$type:\*\.grokrun\$" \
  "$scratch/mime/globs2"
check 'and by its first bytes' grep -qa "$type" "$scratch/mime/magic"
check 'and has its icon' grep -q "^$type:$id-run\$" "$scratch/mime/icons"
check 'the engine calls it the same' grep -qF "\"$type\"" src/train/gsc-run-archive.h
check 'so does the desktop entry' [ "$(key "$desktop" 'Desktop Entry' MimeType)" = "$type;" ]
check 'and the metainfo' [ "$(values "$metainfo" provides/mediatype)" = "$type" ]

# Schema
mkdir "$scratch/schemas"
cp data/$id.gschema.xml "$scratch/schemas"
check 'the schema is valid' glib-compile-schemas --strict --dry-run "$scratch/schemas"

# One id everywhere
ids ()
{
  [ "$(values "$metainfo" id)" = "$id" ] || echo 'metainfo'
  [ "$(values "$metainfo" launchable)" = "$id.desktop" ] || echo 'launchable'
  [ "$(key "$desktop" 'Desktop Entry' Icon)" = "$id" ] || echo 'icon of the desktop entry'
  [ "$(key "$build/data/$id.service" 'D-BUS Service' Name)" = "$id" ] || echo 'service'
  [ "$(values data/$id.gschema.xml schema id)" = "$id" ] || echo 'schema'
  grep -q "^app_id = '$id'\$" meson.build || echo 'meson.build'
  grep -q "APPLICATION_ID \"$id\"" src/app/gsc-application.c || echo 'program'
  grep -q "\"\(app-\)\{0,1\}id\": \"$id\"" flatpak/$id.json || echo 'flatpak'
  for icon in scalable/apps/$id scalable/mimetypes/$id-run symbolic/apps/$id-symbolic; do
    [ -s "icons/hicolor/$icon.svg" ] || echo "icon $icon"
  done
}
check 'the id is the same everywhere' empty "$(ids)"

# Icons: what the program shows has to be in Adwaita's theme of GNOME 43, or its own. Later themes
# have dropped names that GTK and libadwaita bring themselves.
used_icons ()
{
  files src/app | xargs grep -ohE '"[a-z0-9.A-Z]+(-[a-z0-9]+)*-symbolic"' -- \
    | tr -d '"' | sort -u
}
known_icons ()
{
  for folder in $(printf '%s' "${XDG_DATA_DIRS:-/usr/local/share:/usr/share}" | tr ':' ' '); do
    [ ! -d "$folder/icons/Adwaita" ] || find -L "$folder/icons/Adwaita" -name '*-symbolic.svg'
  done
  find icons -name '*.svg'
}
known_icons | sed 's|.*/||;s|\.svg$||' | sort -u >"$scratch/icons"
check 'the program uses icons' [ -n "$(used_icons)" ]
check 'every icon that it shows exists' empty "$(used_icons | grep -vxF -f "$scratch/icons")"

finish
