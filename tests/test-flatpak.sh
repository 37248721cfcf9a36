#!/bin/sh
# test-flatpak.sh - the Flatpak's manifest, as far as it can be checked without building it
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ./dev flatpak builds and uses it.

set -u
cd -- "$(dirname -- "$0")/.." || exit 1
. tests/tap.sh

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
manifest=flatpak/io.github.grokscope.Grokscope.json
id=$(basename "$manifest" .json)

# query FILE EXPRESSION: the value of a Python expression over m, what FILE holds.
query ()
{
  python3 -c 'import json, sys; m = json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$@"
}
holds () { printf '%s\n' "$2" | grep -qE -- "$1" || { echo "not so: $2"; return 1; }; }
is () { [ "$1" = "$2" ] || { printf 'expected: %s\nfound:    %s\n' "$1" "$2"; return 1; }; }
fact () { query "$manifest" "$1" 2>&1; }
# Of the modules by name: b is OpenBLAS, g is Grokscope.
fact_of_modules () { fact "[($1) for b, g in [m['modules']]][0]"; }

for file in flatpak/*.json; do
  check "$file is JSON" python3 -m json.tool "$file" /dev/null
done

# --- identity ---------------------------------------------------------------------------------

check 'the manifest is named after its id' is "$id" "$(fact 'm["id"]')"
check 'which is that of the program' grep -qx "app_id = '$id'" meson.build
check 'of its settings' grep -q "<schema id=\"$id\"" "data/$id.gschema.xml"
check 'of its icon' [ -f "icons/hicolor/scalable/apps/$id.svg" ]
check 'and of its desktop entry' grep -qx "Icon=$id" "data/$id.desktop.in"
check 'the runtime is that of GNOME 51' is 'org.gnome.Platform org.gnome.Sdk 51' \
  "$(fact '" ".join(m[key] for key in ("runtime", "sdk", "runtime-version"))')"
check 'the app is what starts' is grokscope "$(fact 'm["command"]')"

# --- permissions ------------------------------------------------------------------------------

check 'it gets a window and the graphics card, and nothing else' \
  is '--device=dri --share=ipc --socket=fallback-x11 --socket=wayland' \
  "$(fact '" ".join(sorted(m["finish-args"]))')"

# --- modules ----------------------------------------------------------------------------------

check 'OpenBLAS is built, then Grokscope' is 'openblas grokscope' \
  "$(fact '" ".join(module["name"] for module in m["modules"])')"
check 'OpenBLAS is an archive that cannot change' is 'archive 64' \
  "$(fact_of_modules 'b["sources"][0]["type"] + " " + str(len(b["sources"][0]["sha256"]))')"
options=$(fact_of_modules 'b["build-options"]["env"]["OPENBLAS_OPTIONS"]')
for option in TARGET=GENERIC DYNAMIC_ARCH=1 DYNAMIC_OLDER=1 NUM_THREADS=64 USE_OPENMP=0 NO_AFFINITY=1 \
  C_LAPACK=1; do
  check "OpenBLAS is built with $option" [ -z "${options##*"$option"*}" ]
done
check 'and installed with the same options' is 'True True' \
  "$(fact_of_modules '" ".join(str("${OPENBLAS_OPTIONS}" in line) for line in b["build-commands"][:2])')"
for command in 'b["build-commands"][-1]' 'g["post-install"][-1]'; do
  check "a licence is installed: $command" \
    holds '^install .*/share/licenses/\${FLATPAK_ID}/(openblas|grokscope) .*LICENSE$' \
    "$(fact_of_modules "$command")"
done
check 'Grokscope is built from this tree' is 'dir ..' \
  "$(fact_of_modules '"{type} {path}".format(**g["sources"][0])')"
check 'and tested' is True "$(fact_of_modules 'g["run-tests"]')"
suites=$(fact_of_modules '" ".join(g["test-commands"])' | grep -o -e '--suite [a-z]*' | cut -d ' ' -f 2)
check 'by suites of this tree' [ -n "$suites" ]
for suite in $suites; do
  check "such as $suite" grep -q "suite: '$suite'" "tests/$suite/meson.build"
done
case $(command -v flatpak-builder) in
  '') ;;
  *) check 'flatpak-builder understands it' flatpak-builder --show-manifest "$manifest" ;;
esac

# --- the stand-ins of ./dev flatpak -----------------------------------------------------------

derived=$scratch/$id.json
adapt () { python3 flatpak/stand-in-manifest.py "$manifest" "$1" >"$derived"; }
check 'the manifest can be adapted' adapt flatpak/stand-in-openblas.json
query "$manifest" '[module for module in m.pop("modules") if module["name"] != "openblas"], m' \
  >"$scratch/ours"
query "$derived" '[module for module in m.pop("modules") if module["name"] != "openblas"], m' \
  >"$scratch/theirs"
check 'which changes nothing but OpenBLAS' cmp "$scratch/ours" "$scratch/theirs"
check 'and that' is True "$(query "$derived" '"sources" not in m["modules"][0]')"
echo '{ "name": "nothing" }' >"$scratch/nothing.json"
adapt "$scratch/nothing.json" 2>/dev/null
check 'a module that is not there is a failure' is 1 $?

finish
